// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.model;

import dev.tollgate.inspection.Inspector;
import dev.tollgate.inspection.Redactor;
import dev.tollgate.inspection.finding.Kind;
import dev.tollgate.terms.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Takes secrets and one-time codes out of every text of a value, names of members included, and counts them
/// (requirement S1-35). For one request.
final class Sieve {
    private final Inspector inspector;
    private final SortedMap<String, Long> removed = new TreeMap<>();

    Sieve(Inspector inspector) {
        this.inspector = inspector;
    }

    /// What was taken out, by kind.
    SortedMap<String, Long> removed() {
        return Collections.unmodifiableSortedMap(removed);
    }

    String clean(String text) {
        Redactor.Redacted redacted = new Redactor(inspector).withoutSecrets(text);
        redacted.events().forEach(event -> count(event.kind()));
        return redacted.text();
    }

    Value clean(Value value) {
        return switch (value) {
            case Value.Text(String text) -> Value.of(clean(text));
            case Value.Items(List<Value> items) -> {
                List<Value> clean = new ArrayList<>(items.size());
                items.forEach(item -> clean.add(clean(item)));
                yield new Value.Items(clean);
            }
            case Value.Fields(Map<String, Value> fields) -> {
                Map<String, Value> clean = new TreeMap<>();
                fields.forEach((name, part) -> clean.put(clean(name), clean(part)));
                yield new Value.Fields(clean);
            }
            case Value.Num _, Value.Bool _, Value.Day _, Value.Moment _, Value.Null _ -> value;
        };
    }

    /// A text that comes in pieces.
    Trickle trickle() {
        return new Trickle(inspector, this);
    }

    void count(Kind kind) {
        removed.merge(kind.name().toLowerCase(Locale.ROOT).replace('_', '-'), 1L, Long::sum);
    }
}
