// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.benchmarks.writes;

import dev.tollgate.containment.Budget;
import dev.tollgate.containment.Budgets;
import dev.tollgate.governance.approval.ApprovalLimits;
import dev.tollgate.governance.approval.Approvals;
import dev.tollgate.governance.change.Change;
import dev.tollgate.governance.journal.Cause;
import dev.tollgate.governance.journal.ChangeId;
import dev.tollgate.governance.journal.ChangeJournal;
import dev.tollgate.governance.journal.JournalEntry;
import dev.tollgate.store.Store;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.PolicyVersion;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.TaskId;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.WorkflowId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/// What governs a change, one part at a time, on a store.
public final class Parts {
    private static final String FIELD = "agent_suggested_next_step";
    private static final Budget CALLS = new Budget("bench", 900_000_000, Duration.ofMinutes(1));

    private final ChangeJournal journal;
    private final Approvals approvals;
    private final Budgets budgets;

    /// The parts of a gateway over `store`.
    public Parts(Store store) {
        InstantSource clock = InstantSource.system();
        this.journal = new ChangeJournal(store, clock);
        this.approvals = new Approvals(store, clock, new SecureRandom(), ApprovalLimits.DEFAULT, (_, _, _) -> {});
        this.budgets = new Budgets(store, clock);
    }

    /// The entry before a change and its completion after.
    public Rounds.Work journal(String deal) {
        return turn -> {
            ChangeId id = new ChangeId("bench-" + UUID.randomUUID());
            Change change = change(deal, turn);
            journal.before(
                    id,
                    change,
                    new Cause(new TaskId("bench"), new RuleId("bench"), "maintain-deals", 1, Optional.empty()));
            journal.after(
                    change.tenant(), id, change.record(), change.after(), Optional.of("2"), JournalEntry.Outcome.DONE);
        };
    }

    /// One call from a budget.
    public Rounds.Work budget() {
        AgentId agent = new AgentId("bench");
        return _ -> {
            if (!(budgets.reserve(agent, CALLS) instanceof Step.Passed)) {
                throw new IllegalStateException("the budget is spent");
            }
        };
    }

    /// Whether an approval stands for a change.
    public Rounds.Work approval(String deal) {
        return turn -> {
            if (approvals.evidence(change(deal, turn)).toString().isEmpty()) {
                throw new IllegalStateException("nothing came back");
            }
        };
    }

    private static Change change(String deal, int turn) {
        TreeMap<String, Value> before = new TreeMap<>();
        before.put(FIELD, Value.of("step " + (turn - 1)));
        TreeMap<String, Value> after = new TreeMap<>();
        after.put(FIELD, Value.of("step " + turn));
        return new Change(
                new Operation.Target(
                        new SystemId("demo"), "opportunity", new ToolName("opportunity_update"), Verb.WRITE, "agent"),
                Optional.of(new RecordId(deal)),
                before,
                after,
                Optional.of("1"),
                new AgentId("sales-copilot"),
                new UserId("alice"),
                new TenantId("acme"),
                new PolicyVersion(Digest.of(Value.of("bench")).text()),
                Optional.of(new WorkflowId("maintain-deals")),
                "reversible",
                new TreeSet<>());
    }
}
