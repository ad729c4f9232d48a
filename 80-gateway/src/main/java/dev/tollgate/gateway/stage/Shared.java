// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.catalog.Catalog;
import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.Origin;
import dev.tollgate.catalog.Outlet;
import dev.tollgate.catalog.Sharing;
import dev.tollgate.connectors.Row;
import dev.tollgate.gateway.state.Assessed;
import dev.tollgate.lineage.Shown;
import dev.tollgate.policy.Shareables;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Write;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Fills the payload of a message to a partner from the record that the agent names. Only what the
/// terms with the partner cover is read; the rest is not fetched, so it cannot be sent. The agent sees
/// none of it.
///
/// @param readings reads the record, inside the tenant and the task's customer
/// @param screen   finds texts that give orders
public record Shared(Readings readings, Screen screen) {
    private static final String PURPOSE = "purpose";

    /// Refuses with `Denied` when nothing was agreed for this purpose, `NotFound`, `UpstreamFailed`,
    /// `Malformed` or `Unrecorded`.
    Step<Write.Send> of(Assessed assessed, Write.Send asked) {
        Optional<Sharing> sharing = assessed.validated().tool().outlet().flatMap(Outlet::sharing);
        return sharing.map(found -> filled(assessed, asked, found)).orElseGet(() -> Step.pass(asked));
    }

    private Step<Write.Send> filled(Assessed assessed, Write.Send asked, Sharing sharing) {
        String intent = assessed.who()
                .policy()
                .bundle()
                .workflow(assessed.who().principal().delegation())
                .map(workflow -> workflow.intent())
                .orElse("");
        Optional<Sharing.Terms> terms = sharing.terms(intent);
        RuleId rule = new RuleId("partner:" + asked.target().destination());
        if (terms.isEmpty() || !(asked.values().get(sharing.record()) instanceof Value.Text(String record))) {
            return Step.refuse(new Refusal.Denied(rule, PURPOSE));
        }
        return new Shareables(assessed.who().policy())
                .reading(
                        assessed.who().principal(),
                        asked,
                        sharing,
                        terms.get(),
                        new RecordId(record),
                        assessed.situation())
                .map(permission -> readings.of(assessed, permission)
                        .then(rows -> rows.rows().isEmpty()
                                ? Step.<Write.Send>refuse(new Refusal.NotFound())
                                : Step.pass(asked.with(payload(
                                        assessed,
                                        asked,
                                        sharing,
                                        terms.get(),
                                        rows.rows().getFirst())))))
                .orElseGet(() -> Step.refuse(new Refusal.Denied(rule, PURPOSE)));
    }

    private Map<String, Value> payload(
            Assessed assessed, Write.Send asked, Sharing sharing, Sharing.Terms terms, Row row) {
        Map<String, Value> payload = new TreeMap<>(asked.values());
        sharing.fields().forEach((name, source) -> {
            Value held = row.fields().getOrDefault(source, Value.NULL);
            if (terms.fields().contains(name) && !(held instanceof Value.Null)) {
                payload.put(name, held);
            }
        });
        payload.put(sharing.purpose(), Value.of(terms.purpose()));
        payload.put(
                sharing.until(),
                new Value.Day(assessed.situation()
                        .now()
                        .plus(Duration.ofDays(terms.keepDays()))
                        .atZone(ZoneOffset.UTC)
                        .toLocalDate()));
        sharing.holder()
                .ifPresent(field -> payload.put(
                        field, Value.texts(Enclosed.held(assessed.who().principal()))));
        sharing.labels()
                .ifPresent(field -> payload.put(field, Value.texts(labels(assessed, sharing, payload.keySet(), row))));
        return payload;
    }

    /// What a document is made of, as flow memory would remember it of an answer: it is delivered by
    /// whoever never saw it (requirement S0-25).
    private Collection<String> labels(Assessed assessed, Sharing sharing, Set<String> filled, Row row) {
        Catalog catalog = assessed.who().policy().bundle().catalog();
        Shown shown = new Shown();
        sharing.fields().forEach((name, source) -> {
            if (filled.contains(name)) {
                FieldType field = catalog.field(sharing.system(), new FieldPath(sharing.object(), source));
                shown.value(Optional.empty(), sharing.system(), field.dataClass());
                if (field.origin() == Origin.THIRD_PARTY
                        || screen.orders(row.fields().getOrDefault(source, Value.NULL))) {
                    shown.tainted(Optional.empty());
                }
            }
        });
        return shown.words();
    }
}
