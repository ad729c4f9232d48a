// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.oversight;

import dev.tollgate.governance.approval.ApprovalId;
import dev.tollgate.governance.approval.ApprovalStatus;
import dev.tollgate.governance.approval.Approvals;
import dev.tollgate.governance.approval.Demand;
import dev.tollgate.governance.approval.Standing;
import dev.tollgate.governance.change.Change;
import dev.tollgate.governance.change.ChangeText;
import dev.tollgate.governance.exception.ExceptionReport;
import dev.tollgate.governance.exception.ReportDesk;
import dev.tollgate.governance.halt.HaltScope;
import dev.tollgate.governance.halt.HaltSubject;
import dev.tollgate.governance.halt.KillSwitch;
import dev.tollgate.governance.journal.Cause;
import dev.tollgate.governance.journal.ChangeId;
import dev.tollgate.governance.journal.ChangeJournal;
import dev.tollgate.governance.journal.ChangeKeys;
import dev.tollgate.governance.journal.JournalEntry;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreFailure;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.Value;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// What people say of a call, as the gateway asks it on the way. A store that cannot be reached is
/// a no.
///
/// @param store     where an approval is used up, once for all nodes
/// @param approvals what people approved
/// @param halts     what people stopped
/// @param journal   every change, written down before it is made
/// @param keys      names that agents gave to changes
/// @param desk      where what went wrong comes in
public record Oversight(
        Store store, Approvals approvals, KillSwitch halts, ChangeJournal journal, ChangeKeys keys, ReportDesk desk) {
    /// Passes a call that nobody stopped. Refuses with `Halted`.
    public Step<HaltSubject> check(HaltSubject subject) {
        return halts.check(subject);
    }

    /// Passes a decision token that was handed out at `issued`, unless its holder was stopped
    /// since. Refuses with `Halted`.
    public Step<HaltSubject> check(HaltSubject subject, Instant issued) {
        return halts.check(subject, issued);
    }

    /// Stops an agent on every node until a person lets it go on. Refuses as `stop` of a scope does.
    ///
    /// @param by  what stops it
    /// @param why for whoever looks at it
    public Step<HaltScope> stop(AgentId agent, String by, String why) {
        return stop(new HaltScope(HaltScope.Kind.AGENT, agent.value()), by, why);
    }

    /// Stops what a scope names on every node until a person lets it go on. Refuses with
    /// `Undecidable` when that cannot be kept: then the call must not pass either.
    ///
    /// @param by  what stops it
    /// @param why for whoever looks at it
    public Step<HaltScope> stop(HaltScope scope, String by, String why) {
        return stored(() -> {
            halts.set(scope, by, why);
            return Step.pass(scope);
        });
    }

    /// Whether people have approved exactly this change. Refuses with `Undecidable`.
    public Step<Standing> standing(Change change) {
        return stored(() -> Step.pass(approvals.evidence(change)));
    }

    /// Puts a change before people. Refuses as `Approvals.request` does, and with `Undecidable`.
    public Step<ApprovalId> ask(Change change, Demand demand) {
        return stored(() -> approvals.request(change, demand));
    }

    /// Uses an approval up, before what it approves is executed. Refuses with `ApprovalRefused` or
    /// `Undecidable`.
    public Step<ApprovalId> use(Standing.Granted granted, Change change) {
        return stored(() -> store.write(session -> approvals.consume(session, granted.id(), change)));
    }

    /// Writes a change down before it is made, and uses its approval up in the same step: neither
    /// is there without the other. A name that the agent gave to it is taken in the same step.
    /// Refuses as `ChangeKeys.claim` does, with `ApprovalRefused`, with `Malformed` when a person
    /// could not be shown the change whole, and with `Undecidable` when it cannot be written down:
    /// then it must not be made.
    public Step<ChangeId> begin(
            ChangeId id,
            Change change,
            Cause cause,
            Optional<Standing.Granted> granted,
            Optional<ChangeKeys.Named> named) {
        if (change.bytes() > Change.BYTES_MAX) {
            return Step.refuse(new Refusal.Malformed(
                    List.of("the change is larger than " + Change.BYTES_MAX + " bytes: make it in parts")));
        }
        // One thread makes all changes of an embedded store: texts are made before.
        String text = ChangeText.of(change);
        return stored(() -> store.write(session -> named.map(one -> keys.claim(session, one, id))
                .orElseGet(() -> Step.pass(id))
                .then(_ -> granted.map(one -> approvals.consume(session, one.id(), change))
                        .map(used -> used.then(_ -> written(session, id, change, text, cause)))
                        .orElseGet(() -> written(session, id, change, text, cause)))));
    }

    /// The change that a name stands for, once it is made. Refuses as `ChangeKeys.made` does, and
    /// with `Undecidable`.
    public Step<Optional<JournalEntry>> made(ChangeKeys.Named named) {
        return stored(() ->
                keys.made(named).then(id -> Step.pass(id.flatMap(one -> journal.find(named.tenant(), one)))));
    }

    private Step<ChangeId> written(Store.Session session, ChangeId id, Change change, String text, Cause cause) {
        journal.before(session, id, change, text, cause);
        return Step.pass(id);
    }

    /// Writes down what became of a change. A store that fails now leaves it as one of which nobody
    /// knows: people look at it, and no rollback touches it.
    ///
    /// @return completes once it is durable, with false when it could not be written down
    public CompletableFuture<Boolean> end(
            TenantId tenant,
            ChangeId id,
            Optional<RecordId> record,
            SortedMap<String, Value> after,
            Optional<String> version,
            JournalEntry.Outcome outcome) {
        try {
            return journal.afterAsync(tenant, id, record, after, version, outcome)
                    .exceptionally(_ -> false);
        } catch (StoreFailure _) {
            return CompletableFuture.completedFuture(false);
        }
    }

    /// Tells people of a call that failed a rule, a budget or a signal (requirement S4-19). The
    /// refusal stands whatever becomes of this, and is in the audit log already. Call it for each;
    /// repeats are one exception that counts.
    public void report(ExceptionReport report) {
        desk.report(report);
    }

    /// How an approval stands, for whom it was asked for. Refuses with `NotFound` or `Undecidable`.
    public Step<ApprovalStatus> status(ApprovalId id, Principal who) {
        return stored(() -> {
            Optional<ApprovalStatus> found = approvals.status(id, who.agent(), who.user(), who.tenant());
            return found.<Step<ApprovalStatus>>map(Step::pass).orElseGet(() -> Step.refuse(new Refusal.NotFound()));
        });
    }

    private static <T> Step<T> stored(Supplier<Step<T>> work) {
        try {
            return work.get();
        } catch (StoreFailure _) {
            return Step.refuse(new Refusal.Undecidable("approvals cannot be reached"));
        }
    }
}
