// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.connectors.Row;
import dev.tollgate.gateway.state.Assessed;
import dev.tollgate.gateway.state.Examined;
import dev.tollgate.policy.Examinations;
import dev.tollgate.policy.Outgoing;
import dev.tollgate.policy.Prior;
import dev.tollgate.policy.Situation;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Write;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Stage 5: what does the record hold that a change would replace? Policy decides changes by what is
/// there: who owns the record, how far a value moves, in which state it was read. The reading has an
/// entry in the log and a token of its own, and nothing of it is shown. So has the tier of the task's
/// customer, where a policy asks for it. A change that policy permits in no state of any record reads
/// nothing. Of a message it finds out who receives it.
public record Examine(
        Readings readings,
        Shared shared,
        Replied replied,
        Enclosed enclosed,
        Addressees addressees,
        Messages messages) {
    /// Refuses with `Denied`, `NotFound`, `UpstreamFailed`, `Malformed`, `OverBudget`, `Undecidable` or
    /// `Unrecorded`.
    public Step<Examined> apply(Assessed assessed) {
        return switch (assessed.validated().asked()) {
            case Write.Send asked -> outgoing(assessed, asked);
            case Write asked -> tier(assessed, asked).then(situation -> prior(assessed, asked, situation));
            case Operation asked ->
                applying(assessed, asked).then(situation -> Step.pass(new Examined(assessed, asked, situation)));
        };
    }

    /// What the case of the task is about is read from the case, and nobody says it. A case that is not
    /// there applies to nothing.
    private Step<Situation> applying(Assessed assessed, Operation asked) {
        Situation situation = assessed.situation();
        return new Examinations(assessed.who().policy())
                .about(assessed.who().principal(), asked, situation)
                .map(permission -> readings.of(assessed, permission)
                        .then(rows -> rows.rows().size() == 1
                                ? Step.pass(situation.with(
                                        situation.task().about(facts(rows.rows().getFirst()))))
                                : Step.<Situation>refuse(new Refusal.NotFound())))
                .orElseGet(() -> Step.pass(situation));
    }

    private static Map<Fact, Value> facts(Row row) {
        Map<Fact, Value> about = new EnumMap<>(Fact.class);
        row.facts().forEach((fact, value) -> {
            if (Fact.OF_CASES.contains(fact)) {
                about.put(fact, value);
            }
        });
        return about;
    }

    /// Who receives a message and what is in it is found out before it is decided.
    private Step<Examined> outgoing(Assessed assessed, Write.Send asked) {
        return shared.of(assessed, asked)
                .then(filled -> replied.of(assessed, filled))
                .then(filled -> enclosed.filled(assessed, filled))
                .then(filled -> addressees
                        .of(assessed, filled.send())
                        .then(addressed -> messages.looked(
                                        assessed, addressed.send(), Outgoing.UNKNOWN.with(addressed.recipients()))
                                .then(outgoing -> Step.pass(new Examined(
                                        assessed,
                                        addressed.send(),
                                        carrying(assessed, filled).with(outgoing))))));
    }

    /// A message that encloses a document carries what that is made of, also where its agent never saw it.
    private static Situation carrying(Assessed assessed, Enclosed.Filled filled) {
        Situation situation = assessed.situation();
        return situation.with(situation.carried().with(filled.carried()));
    }

    private Step<Examined> prior(Assessed assessed, Write asked, Situation situation) {
        if (!asked.replaces()
                || !assessed.who().policy().mayChange(assessed.who().principal(), asked, situation)) {
            Needs needs = Needs.of(assessed.validated().object(), asked.given());
            return Step.pass(new Examined(assessed, asked, situation, needs.missing(Map.of())));
        }
        return switch (asked) {
            case Write.Create _, Write.Send _ -> Step.pass(new Examined(assessed, asked, situation));
            case Write.Update update -> updated(assessed, update, situation);
            case Write.Delete delete ->
                prior(assessed, delete.record(), all(assessed))
                        .then(prior -> examined(assessed, situation, delete.at(prior.version()), prior));
            case Write.Merge merge ->
                prior(assessed, merge.record(), List.of())
                        .then(kept -> prior(assessed, merge.duplicate(), all(assessed))
                                .then(gone -> examined(
                                        assessed, situation, merge.at(kept.version(), gone.version()), kept, gone)));
        };
    }

    /// What the record must hold for its new values is read with what they replace, and is no part of the change.
    private Step<Examined> updated(Assessed assessed, Write.Update update, Situation situation) {
        Needs needs = Needs.of(assessed.validated().object(), update.values());
        List<String> changed = List.copyOf(update.values().keySet());
        List<String> read = new ArrayList<>(changed);
        read.addAll(needs.unsaid());
        return row(assessed, update.record(), read).then(row -> {
            Prior prior = prior(row, changed);
            return Step.pass(new Examined(
                    assessed, update.at(prior.version()), situation.with(List.of(prior)), needs.missing(row.fields())));
        });
    }

    /// A customer that is not there has no tier. One that cannot be read is no reason to decide without it.
    private Step<Situation> tier(Assessed assessed, Write asked) {
        Situation situation = assessed.situation();
        return new Examinations(assessed.who().policy())
                .tier(assessed.who().principal(), asked, situation)
                .map(permission -> readings.of(assessed, permission)
                        .then(rows -> Step.pass(situation.withTier(
                                rows.rows().stream().findFirst().flatMap(row -> tier(row, permission.reading()))))))
                .orElseGet(() -> Step.pass(situation));
    }

    private static Optional<String> tier(Row row, Operation reading) {
        return row.fields().get(reading.fields().getLast()) instanceof Value.Text(String text)
                ? Optional.of(text)
                : Optional.empty();
    }

    private static Step<Examined> examined(Assessed assessed, Situation situation, Operation asked, Prior... priors) {
        return Step.pass(new Examined(assessed, asked, situation.with(List.of(priors))));
    }

    /// The whole record: what ends can be put back only if it was read.
    private static List<String> all(Assessed assessed) {
        return assessed.validated().object().fields().stream()
                .map(field -> field.name())
                .toList();
    }

    private Step<Prior> prior(Assessed assessed, RecordId record, List<String> fields) {
        return row(assessed, record, fields).then(row -> Step.pass(prior(row, fields)));
    }

    private Step<Row> row(Assessed assessed, RecordId record, List<String> fields) {
        Operation.Target target = assessed.validated().asked().target();
        List<String> read = new ArrayList<>(fields.stream().sorted().toList());
        String id = assessed.validated().object().idField();
        if (!read.contains(id)) {
            read.add(id);
        }
        Operation.Get asked = new Operation.Get(target, record, read, List.of());
        return readings.of(
                        assessed,
                        new Examinations(assessed.who().policy())
                                .before(assessed.who().principal(), asked, assessed.situation()))
                .then(rows -> rows.rows().size() == 1
                        ? Step.pass(rows.rows().getFirst())
                        : Step.<Row>refuse(new Refusal.NotFound()));
    }

    private static Prior prior(Row row, List<String> fields) {
        Map<String, Value> before = new TreeMap<>();
        fields.forEach(field -> before.put(field, row.fields().getOrDefault(field, Value.NULL)));
        return new Prior(before, row.facts(), row.version());
    }
}
