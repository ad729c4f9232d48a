// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Require;
import dev.tollgate.terms.WorkflowId;

/// Units that a call is about to use of a budget.
///
/// @param subject whose budget: 1 to 600 characters
/// @param budget  which
/// @param amount  units, at least 1
public record Charge(String subject, Budget budget, long amount) {
    private static final int SUBJECT_CHARS_MAX = 600;

    public Charge {
        Require.require(
                !subject.isBlank() && subject.length() <= SUBJECT_CHARS_MAX,
                "a subject has 1 to " + SUBJECT_CHARS_MAX + " characters");
        Require.require(amount >= 1, "a charge is at least 1 unit");
    }

    /// One call of an agent.
    public static Charge call(AgentId agent, Budget budget) {
        return new Charge("agent:" + agent.value(), budget, 1);
    }

    /// One call of an agent in a workflow, whose budget is its own (requirement S0-30).
    public static Charge call(AgentId agent, WorkflowId workflow, Budget budget) {
        // The length keeps two pairs of names from reading alike.
        return new Charge(
                "agent:" + agent.value().length() + ":" + agent.value() + ":workflow:" + workflow.value(), budget, 1);
    }
}
