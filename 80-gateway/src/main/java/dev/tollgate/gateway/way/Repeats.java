// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.way;

import dev.tollgate.gateway.Answer;
import dev.tollgate.gateway.stage.Execute;
import dev.tollgate.gateway.stage.Journal;
import dev.tollgate.gateway.state.Contained;
import dev.tollgate.gateway.state.Validated;
import dev.tollgate.governance.journal.ChangeKeys;
import dev.tollgate.governance.journal.JournalEntry;
import dev.tollgate.governance.oversight.Oversight;
import dev.tollgate.policy.Situation;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Calls that repeat a change under its idempotency key: the agent hears what became of the change, and nothing is
/// made twice. The answer refers to the change and shows no values: what may be seen is decided when it is read.
///
/// @param journal writes that the agent was told
/// @param people  keep the names and the journal of changes
public record Repeats(Journal journal, Oversight people) {
    /// The answer of a change that was made before, or nothing for one that was not. Refuses with `KeyReused`,
    /// `KeyUnderWay`, `UpstreamFailed` when nobody knows what became of it, `Undecidable`, or `Unrecorded`.
    public Step<Optional<Answer>> before(Contained contained) {
        Optional<ChangeKeys.Named> named = Execute.named(contained.validated());
        if (named.isEmpty()) {
            return Step.pass(Optional.empty());
        }
        return people.made(named.get())
                .then(made -> made.isPresent() ? told(contained, made.get()) : Step.pass(Optional.empty()));
    }

    private Step<Optional<Answer>> told(Contained contained, JournalEntry made) {
        contained.held().effect().giveBack();
        return journal.repeated(contained.who(), made)
                .then(index -> Step.pass(Optional.of(new Answer(answer(contained.validated(), made), index))));
    }

    private static Value.Fields answer(Validated validated, JournalEntry made) {
        Operation.Target target = validated.asked().target();
        Map<String, Value> repeated = new TreeMap<>();
        repeated.put("request", Value.of(made.id().value()));
        // Who changes a record has named it; the id of a new one is told to whom ids are shown.
        boolean named = validated.asked().recordId().isPresent()
                || validated
                        .who()
                        .policy()
                        .visible(
                                validated.who().principal(),
                                validated.tool(),
                                validated.object(),
                                Situation.at(validated.who().from().at()))
                        .filter(visible -> visible.contains(validated.object().idField()))
                        .isPresent();
        made.record().filter(_ -> named).ifPresent(record -> repeated.put("record", Value.of(record.value())));
        return new Value.Fields(Map.of(
                "system", Value.of(target.system().value()),
                "object", Value.of(target.object()),
                "records", new Value.Items(List.of()),
                "repeated", new Value.Fields(repeated),
                "decision",
                        new Value.Fields(Map.of(
                                "id", Value.of(made.id().value()),
                                "policy", Value.of(made.change().policy().value()),
                                "log_index", Value.of(made.cause().decisionIndex())))));
    }
}
