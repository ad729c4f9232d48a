// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which data may be processed where (requirement S1-15). Read from `data_regions` of `zones.yaml`. It is processed in
/// two places: on this node, and by the agent in its zone; both have to be among those that the data's region names.
///
/// @param data regions of compute by region of data, in the order of the file; `*` stands for anywhere. Data of a
///             region that is not named is processed nowhere; without any there is no wall
/// @param node where this node stands; empty text when it does not say, nothing while a bundle is only checked
public record Residency(Map<String, List<String>> data, Optional<String> node) {
    /// No data is tied to a region.
    public static final Residency NONE = new Residency(Map.of(), Optional.empty());

    static final String ANYWHERE = "*";

    public Residency {
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }

    /// The same on a node that stands there.
    Residency on(Optional<String> region) {
        return new Residency(data, Optional.of(region.orElse("")));
    }

    /// Whether data is tied to regions at all.
    public boolean walls() {
        return !data.isEmpty();
    }

    /// Regions of data that an agent may reach here, in the order of the file.
    ///
    /// @param zone region of the agent's zone; nothing for what a node does by itself
    public List<String> reachable(Optional<String> zone) {
        return data.entrySet().stream()
                .filter(entry ->
                        node.map(place -> within(entry.getValue(), place)).orElse(true))
                .filter(entry ->
                        zone.map(place -> within(entry.getValue(), place)).orElse(true))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean within(List<String> compute, String place) {
        return compute.contains(ANYWHERE) || compute.contains(place);
    }
}
