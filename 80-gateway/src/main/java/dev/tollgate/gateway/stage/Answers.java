// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.catalog.Verification;
import dev.tollgate.gateway.state.Noticed;
import dev.tollgate.gateway.state.Redacted;
import dev.tollgate.gateway.state.Redacted.ShownRow;
import dev.tollgate.gateway.state.Spotlit;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.FieldVerdict;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The shape of a structured answer: records, each with its values and a policy tag for every field,
/// shown or not, so that the gaps can be explained (requirements S0-20, S0-37).
public final class Answers {
    /// What a text that gives orders to a model is marked with: it is data, whatever it says.
    private static final String CAUTION = "instructions";

    private Answers() {}

    /// The structured answer of what may be shown.
    public static Value.Fields of(Redacted redacted, Noticed noticed, Spotlit spotlit) {
        Operation operation = redacted.decided().operation();
        Map<String, Value> answer = new TreeMap<>();
        answer.put("system", Value.of(operation.target().system().value()));
        answer.put("object", Value.of(operation.target().object()));
        Optional<Verification> verified = redacted.validated().tool().verification();
        if (verified.isPresent()) {
            // The same shape for a yes and a no, and nothing of the record.
            answer.put("verified", Value.of(Steps.holds(redacted)));
            answer.put("method", Value.of(verified.get().method()));
            answer.put("level", Value.of(verified.get().level()));
        } else {
            redacted.count().ifPresent(count -> answer.put("count", Value.of(count)));
        }
        if (!(operation instanceof Operation.Count)) {
            List<Value> records = new ArrayList<>();
            redacted.rows().forEach(row -> records.add(row(row, noticed, spotlit)));
            answer.put("records", new Value.Items(records));
        }
        if (!redacted.cursor().isEmpty()) {
            answer.put("cursor", Value.of(redacted.cursor()));
        }
        if (!spotlit.fields().isEmpty()) {
            answer.put(
                    "spotlight",
                    new Value.Fields(Map.of("mode", Value.of(spotlit.mode()), "note", Value.of(spotlit.note()))));
        }
        Need.of(redacted).ifPresent(need -> answer.put("need", need.form()));
        answer.put("decision", decision(redacted));
        return new Value.Fields(answer);
    }

    private static Value row(ShownRow row, Noticed noticed, Spotlit spotlit) {
        Map<String, Value> tags = new TreeMap<>();
        row.verdicts().forEach((name, verdict) -> tags.put(name, tag(row, name, verdict, noticed, spotlit)));
        return new Value.Fields(Map.of("values", new Value.Fields(row.values()), "tags", new Value.Fields(tags)));
    }

    private static Value tag(ShownRow row, String field, FieldVerdict verdict, Noticed noticed, Spotlit spotlit) {
        Map<String, Value> tag = new TreeMap<>();
        tag.put("view", Value.of(verdict.view().word()));
        tag.put("class", Value.of(verdict.dataClass().name()));
        tag.put("rule", Value.of(verdict.rules().getFirst().value()));
        if (verdict.view() == View.WITHHELD) {
            tag.put("reason", Value.of(verdict.reason().word()));
        }
        List<String> removed = noticed.removed(row.record().value(), field);
        if (!removed.isEmpty()) {
            tag.put("removed", Value.texts(removed));
        }
        if (noticed.suspect(row.record().value(), field)) {
            tag.put("caution", Value.of(CAUTION));
        }
        if (spotlit.has(row.record().value(), field)) {
            tag.put("spotlight", Value.of(spotlit.mode()));
        }
        return new Value.Fields(tag);
    }

    private static Value decision(Redacted redacted) {
        Decision decision = redacted.decided().decision();
        return new Value.Fields(Map.of(
                "id", Value.of(decision.id().value()),
                "policy", Value.of(decision.version().value()),
                "log_index", Value.of(redacted.decided().logIndex())));
    }
}
