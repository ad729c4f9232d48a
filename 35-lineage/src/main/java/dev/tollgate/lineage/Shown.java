// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.lineage;

import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.SystemId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// What an answer is about to show, label by label, and of which customers. For one thread.
public final class Shown {
    private final Map<Optional<String>, SortedSet<String>> labels = new HashMap<>();
    private final Set<Value> values = new HashSet<>();

    private record Value(Optional<String> customer, SystemId system, DataClass name) {}

    /// A value of a class.
    ///
    /// @param customer whose record it stands in, when the record names one
    public void value(Optional<String> customer, SystemId system, DataClass name) {
        // Rows are alike: a hundred of them have as many labels as one.
        if (values.add(new Value(customer, system, name))) {
            add(customer, Labels.word(system));
            add(customer, Labels.word(name));
        }
    }

    /// A text that strangers wrote, or that gives orders.
    public void tainted(Optional<String> customer) {
        add(customer, Labels.word(Integrity.THIRD_PARTY));
    }

    /// All labels, whoever's they are: what is made of the values carries them.
    public NavigableSet<String> words() {
        NavigableSet<String> all = new TreeSet<>();
        labels.values().forEach(all::addAll);
        return all;
    }

    private void add(Optional<String> customer, String word) {
        labels.computeIfAbsent(customer, _ -> new TreeSet<>()).add(word);
    }

    /// What belongs to each part of a memory. What is shown belongs to its customer, to the case of the task and to
    /// the session.
    Map<String, Labels> of(FlowKey key, int customersMax) {
        Map<String, Labels> parts = new HashMap<>();
        if (labels.isEmpty()) {
            return parts;
        }
        NavigableSet<String> all = new TreeSet<>();
        labels.values().forEach(all::addAll);
        boolean many = labels.keySet().stream().flatMap(Optional::stream).count() > customersMax;
        if (many) {
            parts.put(FlowKey.EVERY, new Labels(all));
        } else {
            labels.forEach(
                    (customer, words) -> customer.ifPresent(id -> parts.put(FlowKey.customer(id), new Labels(words))));
        }
        key.about().ifPresent(about -> parts.put(about, new Labels(all)));
        parts.put(key.session(), new Labels(all));
        return parts;
    }
}
