// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.connectors.Connector;
import dev.tollgate.connectors.Row;
import dev.tollgate.connectors.Rows;
import dev.tollgate.gateway.state.Assessed;
import dev.tollgate.gateway.state.Examined;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.DecisionPoint;
import dev.tollgate.policy.Prior;
import dev.tollgate.policy.token.DecisionToken;
import dev.tollgate.policy.token.TokenMint;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Stage 5: what does the record hold that a change would replace? Policy decides changes by what is there:
/// who owns the
/// record, how far a value moves, in which state it was read. The reading has an entry in the log and a
/// token of its own,
/// and nothing of it is shown. A change that policy permits in no state of any record reads nothing.
public record Examine(Journal journal, TokenMint mint, Connectors connectors) {
    /// Refuses with `NotFound`, `UpstreamFailed`, `Malformed` or `Unrecorded`.
    public Step<Examined> apply(Assessed assessed) {
        Operation asked = assessed.validated().asked();
        boolean there = asked instanceof Write && !(asked instanceof Write.Create);
        if (!there
                || !assessed.who()
                        .policy()
                        .mayChange(assessed.who().principal(), (Write) asked, assessed.situation())) {
            return Step.pass(new Examined(assessed, asked, assessed.situation()));
        }
        return switch ((Write) asked) {
            case Write.Create create -> Step.pass(new Examined(assessed, create, assessed.situation()));
            case Write.Update update ->
                prior(assessed, update.record(), List.copyOf(update.values().keySet()))
                        .then(prior -> examined(assessed, update.at(prior.version()), prior));
            case Write.Delete delete ->
                prior(assessed, delete.record(), all(assessed))
                        .then(prior -> examined(assessed, delete.at(prior.version()), prior));
            case Write.Merge merge ->
                prior(assessed, merge.record(), List.of())
                        .then(kept -> prior(assessed, merge.duplicate(), all(assessed))
                                .then(gone ->
                                        examined(assessed, merge.at(kept.version(), gone.version()), kept, gone)));
        };
    }

    private static Step<Examined> examined(Assessed assessed, Operation asked, Prior... priors) {
        return Step.pass(new Examined(assessed, asked, assessed.situation().with(List.of(priors))));
    }

    /// The whole record: what ends can be put back only if it was read.
    private static List<String> all(Assessed assessed) {
        return assessed.validated().object().fields().stream()
                .map(field -> field.name())
                .toList();
    }

    private Step<Prior> prior(Assessed assessed, RecordId record, List<String> fields) {
        Operation.Target target = assessed.validated().asked().target();
        DecisionPoint policy = assessed.who().policy();
        List<String> read = new ArrayList<>(fields.stream().sorted().toList());
        String id = assessed.validated().object().idField();
        if (!read.contains(id)) {
            read.add(id);
        }
        Operation.Get asked = new Operation.Get(target, record, read, List.of());
        Decision decision = policy.examination(assessed.who().principal(), asked, assessed.situation());
        Operation.Get reading = asked.narrowed(read, decision.rules());
        TokenMint.Minted minted =
                mint.mint(assessed.who().principal(), decision, reading, Journal.NOT_DECIDED, DecisionToken.LIFE_MAX);
        return journal.examined(assessed, reading, minted.token())
                .then(_ -> read(assessed, reading, minted))
                .then(rows -> rows.rows().size() == 1
                        ? Step.pass(prior(rows.rows().getFirst(), fields))
                        : Step.refuse(new Refusal.NotFound()));
    }

    private Step<Rows> read(Assessed assessed, Operation.Get reading, TokenMint.Minted minted) {
        SystemId system = reading.target().system();
        Optional<Connector> connector =
                assessed.who().policy().bundle().catalog().contract(system).flatMap(connectors::of);
        return connector
                .map(found -> found.execute(minted.jws(), reading))
                .orElseGet(() -> Step.refuse(new Refusal.UpstreamFailed(system, "unreachable")));
    }

    private static Prior prior(Row row, List<String> fields) {
        Map<String, Value> before = new TreeMap<>();
        fields.forEach(field -> before.put(field, row.fields().getOrDefault(field, Value.NULL)));
        return new Prior(before, row.facts(), row.version());
    }
}
