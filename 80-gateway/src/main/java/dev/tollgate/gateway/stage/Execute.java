// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.catalog.ChangeNotes;
import dev.tollgate.connectors.Connector;
import dev.tollgate.connectors.Rows;
import dev.tollgate.gateway.state.Approved;
import dev.tollgate.gateway.state.Executed;
import dev.tollgate.gateway.state.Validated;
import dev.tollgate.gateway.state.Waiting;
import dev.tollgate.governance.approval.Standing;
import dev.tollgate.governance.change.Change;
import dev.tollgate.governance.halt.HaltSubject;
import dev.tollgate.governance.journal.Cause;
import dev.tollgate.governance.journal.ChangeId;
import dev.tollgate.governance.journal.ChangeKeys;
import dev.tollgate.governance.journal.JournalEntry;
import dev.tollgate.governance.oversight.Oversight;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RevealsSecret;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Write;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Stage 8: the connector checks the token itself, leases its own credential and executes. The
/// gateway holds no credential.
public record Execute(Connectors connectors, Oversight people, Enclosed enclosed) {
    /// Failures after which the system certainly did not make the change. After any other, nobody
    /// knows.
    private static final Set<String> NOT_MADE = Set.of("unreachable", "rejected", "unsupported", "quarantined");

    /// Of a reading the journal keeps nothing.
    private static final CompletableFuture<Boolean> KEPT = CompletableFuture.completedFuture(true);

    /// Refuses with `Halted` when it was stopped on the way, `KeyReused`, `KeyUnderWay`,
    /// `ApprovalRefused`, `Undecidable`, `TokenRefused`, `UpstreamFailed`, or `Malformed` when the
    /// contract does not know what is asked.
    public Step<Executed> apply(Approved approved) {
        SystemId system = approved.decided().operation().target().system();
        Optional<Connector> connector =
                approved.who().policy().bundle().catalog().contract(system).flatMap(connectors::of);
        if (connector.isEmpty()) {
            return Step.refuse(new Refusal.UpstreamFailed(system, "unreachable"));
        }
        return free(approved)
                .then(_ -> approved.decided().operation() instanceof Write
                        ? changed(approved, connector.get())
                        : read(approved, connector.get()).then(rows -> Step.pass(new Executed(approved, rows, KEPT))));
    }

    /// The last look at the kill switches.
    private Step<HaltSubject> free(Approved approved) {
        return people.check(
                Contain.subject(approved.who().principal(), approved.decided().operation()));
    }

    private Step<Rows> read(Approved approved, Connector connector) {
        Optional<Standing.Granted> granted = granted(approved);
        return granted.isEmpty()
                ? sent(approved, connector)
                : people.use(granted.get(), proposed(approved)).then(_ -> sent(approved, connector));
    }

    /// A change is written down, and its approval used up, before anything is sent; what became of
    /// it, after.
    private Step<Executed> changed(Approved approved, Connector connector) {
        Change change = proposed(approved);
        ChangeId id = new ChangeId(approved.who().from().call().request().value());
        return people.begin(id, change, cause(approved), granted(approved), named(approved.validated()))
                .then(_ -> {
                    Step<Rows> step = sent(approved, connector);
                    CompletableFuture<Boolean> kept = ended(id, change, step);
                    if (step instanceof Step.Passed<Rows>) {
                        enclosed.delivered(approved);
                    } else {
                        // What was refused is told at once, and so the journal must know before.
                        kept.join();
                    }
                    return step.then(rows -> Step.pass(new Executed(approved, rows, kept)));
                });
    }

    private static Change proposed(Approved approved) {
        return Proposed.of(approved.decided().from(), approved.decided().decision());
    }

    private CompletableFuture<Boolean> ended(ChangeId id, Change change, Step<Rows> step) {
        return switch (step) {
            case Step.Passed<Rows> passed -> {
                Made made = Made.of(change, passed.state());
                yield people.end(
                        change.tenant(), id, made.record(), made.after(), made.version(), JournalEntry.Outcome.DONE);
            }
            case Step.Refused<Rows> refused ->
                people.end(
                        change.tenant(),
                        id,
                        change.record(),
                        Collections.emptySortedMap(),
                        Optional.empty(),
                        unknown(refused.why()) ? JournalEntry.Outcome.UNKNOWN : JournalEntry.Outcome.FAILED);
        };
    }

    /// Whether a change may have been made although it was refused.
    public static boolean unknown(Refusal why) {
        return why instanceof Refusal.UpstreamFailed failed && !NOT_MADE.contains(failed.why());
    }

    /// Why it is made: the declared intent of the workflow, or the rule when no workflow is named,
    /// and what the agent says.
    private static Cause cause(Approved approved) {
        RuleId rule = approved.decided().decision().determining().getFirst();
        Delegation delegation = approved.who().principal().delegation();
        String reason = approved.who()
                .policy()
                .bundle()
                .workflow(delegation)
                .map(workflow -> workflow.intent())
                .orElse(rule.value());
        Optional<String> said =
                ChangeNotes.of(approved.who().from().call().arguments()).reason();
        return new Cause(delegation.task(), rule, reason, approved.decided().logIndex(), said);
    }

    private static Optional<Standing.Granted> granted(Approved approved) {
        return approved.decided()
                .waiting()
                .map(Waiting::standing)
                .flatMap(standing ->
                        standing instanceof Standing.Granted granted ? Optional.of(granted) : Optional.empty());
    }

    @RevealsSecret("the decision token goes to the connector, which trusts nobody")
    private static Step<Rows> sent(Approved approved, Connector connector) {
        return connector.execute(approved.jws().reveal(), approved.decided().operation());
    }

    /// The change of a call by the name that the agent gave to it. Everything that it asks for, and
    /// for whom, is part of what the name stands for.
    public static Optional<ChangeKeys.Named> named(Validated validated) {
        if (!(validated.asked() instanceof Write write)) {
            return Optional.empty();
        }
        Principal who = validated.who().principal();
        return ChangeNotes.of(validated.who().from().call().arguments())
                .key()
                .map(key -> new ChangeKeys.Named(
                        who.tenant(),
                        who.agent(),
                        key,
                        Digest.of(new Value.Items(List.of(Value.of(who.user().value()), write.canonical()))),
                        write.target().system()));
    }
}
