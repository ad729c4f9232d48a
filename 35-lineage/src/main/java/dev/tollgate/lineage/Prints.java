// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.lineage;

import dev.tollgate.terms.DataClass;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Fingerprints of what an answer withholds and of what it shows, of which customers. The numbers mean nothing here:
/// whoever has the key makes and compares them. For one thread.
public final class Prints {
    /// What was shown.
    static final String SHOWN = "shown";

    /// More was to be kept than has a place.
    static final String FULL = "full";

    /// What was withheld begins so; its data class follows.
    static final String WITHHELD = "withheld:";

    /// Fingerprints of one answer and word: 200 rows with 40 each. More, and the memory says that it is full.
    static final int EACH_MAX = 8_192;

    /// Customers of one answer that are told apart: a list of more is a list, and what it shows belongs to every case.
    private static final int CUSTOMERS_MAX = 4;

    private final Map<Optional<String>, Map<String, Set<Long>>> kept = new HashMap<>();
    private boolean full;

    /// A value that the agent was not shown as it is.
    ///
    /// @param customer whose record it stands in, when the record names one
    /// @param prints   how it is recognised
    public void withheld(Optional<String> customer, DataClass name, long[] prints) {
        add(customer, WITHHELD + name.name(), prints);
    }

    /// A value, or a part of one, that the agent was shown.
    public void shown(Optional<String> customer, long[] prints) {
        add(customer, SHOWN, prints);
    }

    private void add(Optional<String> customer, String word, long[] prints) {
        if (prints.length == 0) {
            return;
        }
        Set<Long> there =
                kept.computeIfAbsent(customer, _ -> new HashMap<>()).computeIfAbsent(word, _ -> new HashSet<>());
        for (long print : prints) {
            if (there.size() >= EACH_MAX) {
                full = true;
                return;
            }
            there.add(print);
        }
    }

    boolean full() {
        return full;
    }

    /// One row of the store.
    ///
    /// @param prints in order: two answers that say the same are the same bytes
    record Kept(String about, String word, SortedSet<Long> prints) {
        byte[] bytes() {
            ByteBuffer bytes = ByteBuffer.allocate(prints.size() * Long.BYTES);
            prints.forEach(bytes::putLong);
            return bytes.array();
        }
    }

    /// What belongs to each part of a memory: to its customer, to the case of the task and to the session.
    Set<Kept> of(FlowKey key) {
        Map<String, Map<String, Set<Long>>> parts = new HashMap<>();
        boolean many =
                kept.keySet().stream().flatMap(Optional::stream).distinct().count() > CUSTOMERS_MAX;
        kept.forEach((customer, words) -> {
            add(parts, key.session(), words);
            key.about().ifPresent(about -> add(parts, about, words));
            if (many) {
                add(parts, FlowKey.EVERY, words);
            } else {
                customer.ifPresent(id -> add(parts, FlowKey.customer(id), words));
            }
        });
        Set<Kept> rows = new HashSet<>();
        parts.forEach((about, words) ->
                words.forEach((word, prints) -> rows.add(new Kept(about, word, new TreeSet<>(prints)))));
        return rows;
    }

    private static void add(Map<String, Map<String, Set<Long>>> parts, String about, Map<String, Set<Long>> words) {
        Map<String, Set<Long>> there = parts.computeIfAbsent(about, _ -> new HashMap<>());
        words.forEach((word, prints) ->
                there.computeIfAbsent(word, _ -> new HashSet<>()).addAll(prints));
    }

    @Override
    public String toString() {
        return "Prints[" + kept.size() + " customers]";
    }
}
