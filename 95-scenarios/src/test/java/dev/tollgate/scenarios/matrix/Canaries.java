// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.matrix;

import dev.tollgate.scenarios.harness.Needles;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Records of one CRM in which every field holds a canary.
///
/// @param records by object
record Canaries(Map<String, List<Planted>> records) {
    /// One planted record.
    ///
    /// @param kind   for reports: whose it is
    /// @param bound  the customer that a task is about which asks for the record
    /// @param tokens field → the value as an answer would show it; booleans have none
    /// @param facts  what policy may know of it
    record Planted(String object, String kind, String id, String bound, Map<String, String> tokens, Oracle.Row facts) {}

    /// Planted records of an object.
    List<Planted> of(String object) {
        return records.getOrDefault(object, List.of());
    }

    /// What a leak of any planted value would show at least.
    Needles needles() {
        return new Needles(records.values().stream()
                .flatMap(List::stream)
                .flatMap(record -> record.tokens().values().stream())
                .map(CanaryValues::needle)
                .collect(Collectors.toSet()));
    }
}
