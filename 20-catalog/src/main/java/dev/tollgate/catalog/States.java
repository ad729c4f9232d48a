// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The states that a record goes through, as one of its fields tells, and the words in which people say so. What a
/// message claims is measured against them (requirement S2-15).
///
/// @param about what messages call the thing, for example `refund`
/// @param says  words for each state that a message can claim, by state
/// @param next  the states that may follow each state
public record States(List<String> about, Map<String, List<String>> says, Map<String, List<String>> next) {
    public States {
        about = List.copyOf(about);
        says = copy(says);
        next = copy(next);
    }

    private static Map<String, List<String>> copy(Map<String, List<String>> from) {
        Map<String, List<String>> copied = new LinkedHashMap<>();
        new TreeMap<>(from).forEach((state, words) -> copied.put(state, List.copyOf(words)));
        return java.util.Collections.unmodifiableMap(copied);
    }

    /// Whether a record that is in state `current` is in state `claimed`, or has certainly been: no way leads to
    /// `current` without it. A refund that is paid was approved; one that is refused never was.
    public boolean reached(String claimed, String current) {
        return claimed.equals(current) || (comesTo(current, "") && !comesTo(current, claimed));
    }

    /// Whether a record in state `current` can only go on to `coming`: one that is approved will be paid, one that is
    /// requested may be refused.
    public boolean certain(String current, String coming) {
        Set<String> seen = new HashSet<>();
        String at = current;
        while (seen.add(at)) {
            List<String> ways = next.getOrDefault(at, List.of());
            if (ways.size() != 1) {
                return false;
            }
            at = ways.getFirst();
            if (at.equals(coming)) {
                return true;
            }
        }
        return false;
    }

    /// Whether some way from a first state leads to `wanted` without passing `avoided`.
    private boolean comesTo(String wanted, String avoided) {
        Set<String> later = new HashSet<>();
        next.values().forEach(later::addAll);
        Deque<String> ways = new ArrayDeque<>(next.keySet());
        ways.removeIf(state -> later.contains(state) || state.equals(avoided));
        Set<String> seen = new HashSet<>(ways);
        while (!ways.isEmpty()) {
            String at = ways.remove();
            if (at.equals(wanted)) {
                return true;
            }
            for (String way : next.getOrDefault(at, List.of())) {
                if (!way.equals(avoided) && seen.add(way)) {
                    ways.add(way);
                }
            }
        }
        return false;
    }
}
