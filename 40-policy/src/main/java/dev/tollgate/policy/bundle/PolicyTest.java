// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.catalog.yaml.Mark;
import dev.tollgate.lineage.Carried;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.View;
import dev.tollgate.terms.WorkflowId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One test that a bundle carries: a call that is decided and never made, and what policy must say to
/// it. Read from `tests/*.yaml`; a bundle whose tests fail does not come into force (requirement
/// S1-20).
///
/// @param name   a sentence
/// @param given  who asks, and how things stand
/// @param call   what is asked
/// @param row    facts of a row to decide exactly, when the test names them
/// @param expect what must come out
/// @param at     where it stands
public record PolicyTest(String name, Given given, Call call, Optional<Map<Fact, Value>> row, Expect expect, Mark at) {
    /// How things stand.
    ///
    /// @param risk         level of the risk: `low`, `medium` or `high`
    /// @param approvedBy   who approved the operation just now
    /// @param approvers    how many people approved it
    /// @param stepUp       the person proved presence just now
    /// @param task         which step of the workflow it is, what was fulfilled before, and what its case is about
    /// @param customerTier tier of the task's customer
    /// @param recipient    facts of who receives a message that hold: `on_file`, `internal`, `new_domain`
    /// @param findings     what inspection found in a message
    /// @param carried      what the agent was shown before
    public record Given(
            AgentId agent,
            UserId user,
            Optional<WorkflowId> workflow,
            Task task,
            Set<Scope> scopes,
            Optional<String> customer,
            Instant at,
            String risk,
            Optional<String> approvedBy,
            int approvers,
            boolean stepUp,
            Optional<String> customerTier,
            Set<String> recipient,
            Set<String> findings,
            Carried carried) {}

    /// Where the task stands.
    ///
    /// @param step      the step of the workflow that the token names
    /// @param completed what was fulfilled before
    /// @param applies   what the case of the task is about
    public record Task(Optional<String> step, Set<String> completed, Map<Fact, Value> applies) {
        public Task {
            completed = Set.copyOf(completed);
            applies = Map.copyOf(applies);
        }
    }

    /// What is asked.
    ///
    /// @param fields fields to be returned; empty means the tool's own
    /// @param where  fields that rows are chosen by
    /// @param values values of a new record, or those that change
    /// @param before what a change replaces
    public record Call(
            ToolName tool,
            List<String> fields,
            List<String> where,
            Map<String, Value> values,
            Map<String, Value> before) {}

    /// What must come out. What is empty is not looked at.
    ///
    /// @param outcome word of the outcome
    /// @param refusal code of the refusal
    /// @param rule    a rule that must have determined the outcome
    /// @param fields  view of each field, for the row when the test names one
    public record Expect(
            Optional<String> outcome, Optional<String> refusal, Optional<String> rule, Map<String, View> fields) {}
}
