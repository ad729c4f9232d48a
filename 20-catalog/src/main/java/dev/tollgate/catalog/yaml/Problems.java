// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.yaml;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Everything that is wrong with a set of files, sorted by place, each thing once.
///
/// @param all at least one problem when it is part of an answer
public record Problems(List<Problem> all) {
    public Problems {
        all = List.copyOf(new TreeSet<>(all));
    }

    /// These and those.
    public Problems and(Problems more) {
        return new Problems(Stream.concat(all.stream(), more.all.stream()).toList());
    }

    /// One line a problem, as a compiler prints them.
    @Override
    public String toString() {
        return all.stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }
}
