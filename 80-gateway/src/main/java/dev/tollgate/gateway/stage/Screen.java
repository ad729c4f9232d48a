// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.gateway.state.Noticed;
import dev.tollgate.gateway.state.Redacted.ShownRow;
import dev.tollgate.inspection.Inspector;
import dev.tollgate.inspection.Redactor;
import dev.tollgate.inspection.Redactor.Transformation;
import dev.tollgate.inspection.finding.Kind;
import dev.tollgate.inspection.outbound.CredentialRequests;
import dev.tollgate.policy.FieldVerdict;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/// Looks into the texts of an answer: takes secrets and one-time codes out, and notices texts that give orders to a
/// model. What is found is said of the field; nothing that is found widens anything. Safe for many threads.
public final class Screen {
    /// Texts within a value: deeper nesting than a contract can describe is withheld before.
    private static final int DEPTH_MAX = 16;

    private final CompletableFuture<Inspector> inspector;
    private final CompletableFuture<CredentialRequests> requests;

    /// @param inspector being made while the rest of the house is: it reads its models for a third of a second. A
    ///     call that comes before waits; when it cannot be made, no answer with a text is released
    public Screen(CompletableFuture<Inspector> inspector) {
        this.inspector = inspector;
        this.requests = inspector.thenApply(_ -> new CredentialRequests());
    }

    /// A value of a field as it may be told; what was noticed in it is added to `noticed`. Only a clear value is what
    /// the system sent.
    Value screened(ShownRow row, String field, Value value, Noticed.Counter noticed) {
        FieldVerdict verdict = row.verdicts().get(field);
        return verdict != null && verdict.view() == View.CLEAR
                ? screened(new Place(row.record().value(), field), value, noticed, 0)
                : value;
    }

    /// Where a text stands in the answer.
    private record Place(String record, String field) {}

    private Value screened(Place place, Value value, Noticed.Counter noticed, int depth) {
        if (depth > DEPTH_MAX) {
            return Value.NULL;
        }
        return switch (value) {
            case Value.Text(String text) -> screened(place, text, noticed);
            case Value.Items(List<Value> items) -> {
                List<Value> screened = new ArrayList<>(items.size());
                items.forEach(item -> screened.add(screened(place, item, noticed, depth + 1)));
                yield new Value.Items(screened);
            }
            case Value.Fields(Map<String, Value> fields) -> {
                Map<String, Value> screened = new TreeMap<>();
                fields.forEach((name, part) -> screened.put(name, screened(place, part, noticed, depth + 1)));
                yield new Value.Fields(screened);
            }
            case Value.Num _, Value.Bool _, Value.Day _, Value.Moment _, Value.Null _ -> value;
        };
    }

    /// Whether a value has a text that gives orders to a model.
    boolean orders(Value value) {
        return MessageTexts.texts(value).stream().anyMatch(inspector.join()::orders);
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Value screened(Place place, String text, Noticed.Counter noticed) {
        Inspector ready = inspector.join();
        Redactor.Redacted redacted = new Redactor(ready).withoutSecrets(text);
        for (Transformation event : redacted.events()) {
            noticed.removed(place.record(), place.field(), word(event.kind()));
        }
        redacted.removed().forEach(noticed::removed);
        if (requests.join().in(text)) {
            noticed.asks(place.record(), place.field());
        }
        if (ready.orders(text)) {
            noticed.suspect(place.record(), place.field());
        }
        return redacted.events().isEmpty() ? Value.of(text) : Value.of(redacted.text());
    }
}
