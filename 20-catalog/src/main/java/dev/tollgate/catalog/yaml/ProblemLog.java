// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.yaml;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Collects problems while files are read. For one thread.
public final class ProblemLog {
    /// Nobody reads further, and a hostile file must not fill the memory with complaints.
    private static final int PROBLEMS_MAX = 200;

    private final List<Problem> found = new ArrayList<>();

    /// Notes that something is wrong.
    public void add(Mark at, String message) {
        add(Problem.of(at, message));
    }

    /// Notes that something is wrong with `written`, where one of `known` may have been meant.
    public void add(Mark at, String message, String written, Collection<String> known) {
        add(new Problem(at, message, Nearest.of(written, known)));
    }

    /// Notes a problem; those beyond the limit are dropped, as the file is already refused.
    public void add(Problem problem) {
        if (found.size() < PROBLEMS_MAX) {
            found.add(problem);
        }
    }

    /// Whether nothing was wrong so far.
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /// How many things were wrong so far.
    public int size() {
        return found.size();
    }

    /// What was wrong, when anything was.
    public Optional<Problems> problems() {
        return found.isEmpty() ? Optional.empty() : Optional.of(new Problems(found));
    }
}
