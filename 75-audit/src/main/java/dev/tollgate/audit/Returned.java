// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import dev.tollgate.terms.Value;
import dev.tollgate.terms.View;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What was released, counted; what each row showed is personal (requirements S0-24, S2-16).
///
/// @param rows      records in the answer
/// @param fields    for each field, in how many rows it was shown in which view
/// @param truncated values that were cut to a limit
/// @param dropped   rows that the system returned and that no rule lets through
/// @param findings  what its texts were found to hold
/// @param missing   declared fields that no row showed, and the category of why
/// @param fulfilled what the answer fulfilled for the steps of its task
public record Returned(
        long rows,
        SortedMap<String, Map<View, Long>> fields,
        long truncated,
        long dropped,
        Findings findings,
        SortedMap<String, String> missing,
        List<String> fulfilled) {
    /// Nothing was released.
    public static final Returned NOTHING =
            new Returned(0, Collections.emptySortedMap(), 0, 0, Findings.NONE, Collections.emptySortedMap(), List.of());

    /// What the texts of an answer were found to hold (requirement S2-8): what was done, never what stood there.
    ///
    /// @param removed  how many secrets of each kind were taken out
    /// @param suspects fields that give orders to a model
    public record Findings(SortedMap<String, Long> removed, long suspects) {
        /// Nothing.
        public static final Findings NONE = new Findings(Collections.emptySortedMap(), 0);

        public Findings {
            removed = Collections.unmodifiableSortedMap(new TreeMap<>(removed));
        }

        private Value form() {
            Map<String, Value> counts = new TreeMap<>();
            removed.forEach((kind, count) -> counts.put(kind, Value.of(count)));
            return new Value.Fields(Map.of("removed", new Value.Fields(counts), "suspects", Value.of(suspects)));
        }
    }

    public Returned {
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        missing = Collections.unmodifiableSortedMap(new TreeMap<>(missing));
        fulfilled = List.copyOf(fulfilled);
    }

    /// Values of all fields that were shown in a view.
    long shown(View view) {
        return fields.values().stream()
                .mapToLong(views -> views.getOrDefault(view, 0L))
                .sum();
    }

    Value.Fields form() {
        Map<String, Value> shown = new TreeMap<>();
        fields.forEach((field, views) -> {
            Map<String, Value> counts = new TreeMap<>();
            views.forEach((view, rowCount) -> counts.put(view.word(), Value.of(rowCount)));
            shown.put(field, new Value.Fields(counts));
        });
        Map<String, Value> transformed = new TreeMap<>();
        for (View view : View.values()) {
            if (view != View.CLEAR) {
                transformed.put(view.word(), Value.of(shown(view)));
            }
        }
        transformed.put("truncated", Value.of(truncated));
        transformed.put("dropped", Value.of(dropped));
        Members members = new Members()
                .put("rows", Value.of(rows))
                .put("fields", new Value.Fields(shown))
                .put("transformed", new Value.Fields(transformed));
        if (!findings.equals(Findings.NONE)) {
            members.put("findings", findings.form());
        }
        if (!missing.isEmpty()) {
            Map<String, Value> reasons = new TreeMap<>();
            missing.forEach((field, reason) -> reasons.put(field, Value.of(reason)));
            members.put("missing", new Value.Fields(reasons));
        }
        if (!fulfilled.isEmpty()) {
            members.put("fulfilled", Value.texts(fulfilled));
        }
        return members.fields();
    }

    /// Counts fields row by row.
    public static final class Counter {
        private final SortedMap<String, Map<View, Long>> fields = new TreeMap<>();
        private long rows;

        /// One more row.
        public void row(Map<String, View> views) {
            rows++;
            views.forEach((field, view) -> fields.computeIfAbsent(field, _ -> new EnumMap<>(View.class))
                    .merge(view, 1L, Long::sum));
        }

        /// What was counted.
        public Returned returned(
                long truncated,
                long dropped,
                Findings findings,
                SortedMap<String, String> missing,
                List<String> fulfilled) {
            return new Returned(rows, fields, truncated, dropped, findings, missing, fulfilled);
        }
    }
}
