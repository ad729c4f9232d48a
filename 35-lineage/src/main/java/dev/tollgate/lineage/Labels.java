// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.lineage;

import dev.tollgate.catalog.DataClasses;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.SystemId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Some labels, as the store keeps them: one text, which two answers of the same kind share.
///
/// @param words `class:billing`, `system:demo`, `integrity:third-party`
record Labels(SortedSet<String> words) {
    private static final String CLASS = "class:";
    private static final String SYSTEM = "system:";
    private static final String TAINT = "integrity:" + Integrity.THIRD_PARTY.word();
    private static final String BETWEEN = "\n";

    Labels {
        words = Collections.unmodifiableSortedSet(new TreeSet<>(words));
    }

    static Labels read(String text) {
        return new Labels(new TreeSet<>(Set.of(text.split(BETWEEN, -1))));
    }

    static String word(DataClass name) {
        return CLASS + name.name();
    }

    static String word(SystemId system) {
        return SYSTEM + system.value();
    }

    static String word(Integrity integrity) {
        return "integrity:" + integrity.word();
    }

    String text() {
        return String.join(BETWEEN, words);
    }

    String id() {
        return Digest.of(text().getBytes(StandardCharsets.UTF_8)).text();
    }

    /// Adds up what is not yet forgotten.
    static final class Sum {
        private final FlowDecay decay;
        private final DataClasses all;
        private final Set<DataClass> classes = new HashSet<>();
        private final Set<SystemId> systems = new HashSet<>();
        private Integrity integrity = Integrity.TRUSTED;

        Sum(FlowDecay decay, DataClasses all) {
            this.decay = decay;
            this.all = all;
        }

        /// @param age how long ago they were shown
        void add(Labels labels, Duration age) {
            for (String word : labels.words()) {
                if (word.startsWith(CLASS)) {
                    add(new DataClass(word.substring(CLASS.length())), age);
                } else if (word.startsWith(SYSTEM)) {
                    if (lasts(decay.usual(), age)) {
                        systems.add(new SystemId(word.substring(SYSTEM.length())));
                    }
                } else if (!word.equals(TAINT) || lasts(decay.integrity(), age)) {
                    // A word that this version does not know is no reason for trust.
                    integrity = Integrity.THIRD_PARTY;
                }
            }
        }

        private void add(DataClass name, Duration age) {
            if (lasts(decay.of(name, all), age)) {
                classes.add(name);
                classes.addAll(all.ancestors(name));
            }
        }

        private static boolean lasts(Duration decay, Duration age) {
            return age.compareTo(decay) < 0;
        }

        Carried carried() {
            return new Carried(classes, integrity, systems);
        }
    }
}
