// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import dev.tollgate.terms.Digest;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Value;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What makes two calls the same, or alike. Holds digests: arguments are customer data.
///
/// @param tool  what is called
/// @param exact digest of the tool and its arguments
/// @param alike digest of the same without what changes when a model says the same thing again
public record CallShape(ToolName tool, String exact, String alike) {
    /// Arguments that say nothing of what is asked for.
    private static final Set<String> NOTES = Set.of("idempotency_key", "reason");

    /// Arguments that say how much of it is wanted.
    private static final Set<String> SIZES = Set.of("limit", "fields", "order");

    /// The shape of a call.
    public static CallShape of(ToolName tool, Value.Fields arguments) {
        Map<String, Value> exact = new TreeMap<>(arguments.values());
        exact.keySet().removeAll(NOTES);
        Map<String, Value> alike = new TreeMap<>(exact);
        alike.keySet().removeAll(SIZES);
        return new CallShape(
                tool, digest(tool, new Value.Fields(exact)), digest(tool, folded(new Value.Fields(alike))));
    }

    private static String digest(ToolName tool, Value arguments) {
        return Digest.of(new Value.Items(List.of(Value.of(tool.value()), arguments)))
                .text();
    }

    private static Value folded(Value value) {
        return switch (value) {
            case Value.Text text -> Value.of(folded(text.text()));
            case Value.Num num -> new Value.Num(num.number().stripTrailingZeros());
            case Value.Items items ->
                new Value.Items(items.values().stream()
                        .map(CallShape::folded)
                        .sorted(Comparator.comparing(one -> Digest.of(one).text()))
                        .toList());
            case Value.Fields fields -> {
                Map<String, Value> each = new TreeMap<>();
                fields.values().forEach((name, one) -> each.put(name, folded(one)));
                yield new Value.Fields(each);
            }
            case Value.Bool _, Value.Day _, Value.Moment _, Value.Null _ -> value;
        };
    }

    private static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip();
    }
}
