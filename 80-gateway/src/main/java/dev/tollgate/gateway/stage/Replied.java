// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.catalog.Outlet;
import dev.tollgate.connectors.Row;
import dev.tollgate.gateway.state.Assessed;
import dev.tollgate.policy.Repliables;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Write;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Finds out who receives an answer: the person who asked, as the record that is answered says, and nobody else
/// (requirement S1-24). The agent neither names nor learns them.
///
/// @param readings reads the record, inside the tenant and the task's customer
public record Replied(Readings readings) {
    /// The message with its recipient, named by a record. Refuses with `NotFound` when there is no such record for this
    /// task, or nobody asked on it, and as a reading does.
    Step<Write.Send> of(Assessed assessed, Write.Send asked) {
        Optional<Outlet> outlet = assessed.validated().tool().outlet();
        Optional<Outlet.Replies> replies = outlet.flatMap(Outlet::replies);
        Optional<Outlet.OnFile> file = outlet.flatMap(Outlet::onFile);
        if (replies.isEmpty() || file.isEmpty()) {
            return Step.pass(asked);
        }
        if (!(asked.values().get(replies.get().record()) instanceof Value.Text(String record)) || record.isEmpty()) {
            return Step.refuse(new Refusal.NotFound());
        }
        return new Repliables(assessed.who().policy())
                .reading(assessed.who().principal(), asked, replies.get(), new RecordId(record), assessed.situation())
                .map(permission -> readings.of(assessed, permission)
                        .then(rows -> asker(rows.rows(), replies.get().asker())
                                .map(person -> Step.pass(addressed(asked, replies.get(), file.get(), person)))
                                .orElseGet(() -> Step.refuse(new Refusal.NotFound()))))
                .orElseGet(() -> Step.refuse(new Refusal.NotFound()));
    }

    private static Optional<String> asker(List<Row> rows, String field) {
        return rows.size() == 1 && rows.getFirst().fields().get(field) instanceof Value.Text(String person)
                ? Optional.of(person)
                : Optional.empty();
    }

    private static Write.Send addressed(Write.Send asked, Outlet.Replies replies, Outlet.OnFile file, String person) {
        Map<String, Value> values = new TreeMap<>(asked.values());
        values.put(replies.person(), Value.of(person));
        values.put(replies.address(), Value.of(file.prefix() + person));
        return asked.with(values);
    }
}
