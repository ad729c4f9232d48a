// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Require;
import dev.tollgate.terms.SessionId;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.WorkflowId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/// Units that a call is about to use of a budget.
///
/// @param subject whose budget: 1 to 600 characters
/// @param budget  which
/// @param amount  units, at least 1
/// @param name    the budget in refusals and logs
public record Charge(String subject, Budget budget, long amount, String name) {
    private static final int SUBJECT_CHARS_MAX = 600;

    public Charge {
        Require.require(
                !subject.isBlank() && subject.length() <= SUBJECT_CHARS_MAX,
                "a subject has 1 to " + SUBJECT_CHARS_MAX + " characters");
        Require.require(amount >= 1, "a charge is at least 1 unit");
    }

    /// A charge whose budget's own name says enough.
    public Charge(String subject, Budget budget, long amount) {
        this(subject, budget, amount, budget.name());
    }

    /// One call, or one change, of an agent.
    public static Charge call(AgentId agent, Budget budget) {
        return new Charge(of(agent), budget, 1);
    }

    /// One call of an agent in a workflow, whose budget is its own (requirement S0-30).
    public static Charge call(AgentId agent, WorkflowId workflow, Budget budget) {
        return new Charge(of(agent, "workflow", workflow.value()), budget, 1);
    }

    /// One call of an agent's session on one proof of who asks (requirement S1-31).
    public static Charge proof(AgentId agent, SessionId session, Instant proven, Budget budget) {
        return new Charge(of(agent, "proof", proven.getEpochSecond() + ":" + session.value()), budget, 1);
    }

    /// One call of an agent about a case (requirement S2-18).
    ///
    /// @param about the customer that the task is about, or the task
    public static Charge call(AgentId agent, String about, Budget budget) {
        return new Charge(of(agent, "case", about), budget, 1);
    }

    /// One change of a record, whichever agent makes it (requirement S4-30).
    public static Charge change(TenantId tenant, Operation.Target target, RecordId record, Budget budget) {
        return new Charge("record:" + digest(tenant.value(), item(target, record)), budget, 1);
    }

    /// One try of a verification, whichever agent makes it.
    ///
    /// @param kind  `record` or `case`: what is tried at
    /// @param about its id
    public static Charge attempt(TenantId tenant, Operation.Target target, String kind, RecordId about, Budget budget) {
        String what = digest(tenant.value(), target.tool().value(), kind, item(target, about));
        return new Charge("attempt:" + what, budget, 1);
    }

    /// One mail of a tenant to a domain, whichever agent sends it (requirement S4-30).
    public static Charge mail(TenantId tenant, String domain, Budget budget) {
        String same = domain.strip().toLowerCase(Locale.ROOT);
        return new Charge("mail:" + digest(tenant.value(), same), budget, 1, budget.name() + " to " + same);
    }

    /// Bytes of a data class that an agent is about to be shown (requirement B-17).
    public static Charge shown(AgentId agent, DataClass name, Budget budget, long bytes) {
        return new Charge(of(agent, "class", name.name()), budget, bytes, budget.name() + " of " + name.name());
    }

    /// One record as a budget of different records knows it. Ids of customers stay out of the store.
    public static String item(Operation.Target target, RecordId record) {
        return digest(target.system().value(), target.object(), record.value());
    }

    /// One customer as a budget of different customers knows it.
    public static String customer(Operation.Target target, String id) {
        return digest(target.system().value(), id);
    }

    static String of(AgentId agent) {
        return "agent:" + agent.value();
    }

    private static String of(AgentId agent, String kind, String name) {
        // The length keeps two pairs of names from reading alike.
        return "agent:" + agent.value().length() + ":" + agent.value() + ":" + kind + ":" + name;
    }

    private static String digest(String... names) {
        StringBuilder all = new StringBuilder();
        for (String name : names) {
            all.append(name.length()).append(':').append(name);
        }
        return Digest.of(all.toString().getBytes(StandardCharsets.UTF_8)).text();
    }
}
