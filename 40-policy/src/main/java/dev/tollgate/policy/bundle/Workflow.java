// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.Require;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.WorkflowId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a kind of task is for, and what it may need at most. Read from `workflows/*.yaml`. Policy narrows further; it
/// never reaches beyond these classes, tools and destinations.
///
/// @param id              named by delegations
/// @param intent          the class of purpose that policies compare (requirement S0-13)
/// @param purpose         one sentence for people and records
/// @param classes         data classes it may see; a class includes the classes below it
/// @param tools           tools it may call; empty means every tool
/// @param destinations    where its answers may end
/// @param lookback        how far back it reads where a contract sets a window; nothing means the contract's window
/// @param customerBound   it reads only what is about the customer of the task
/// @param unboundObjects  objects that it reads without that bound, because they are about no customer
/// @param caseBound       it reads only what applies to the case of the task, where objects say what they apply to
/// @param steps           the workflow as it is in each of its steps; empty when it has none
/// @param step            the step that this is the workflow of
public record Workflow(
        WorkflowId id,
        String intent,
        String purpose,
        Set<DataClass> classes,
        Set<ToolName> tools,
        Set<String> destinations,
        Optional<Duration> lookback,
        boolean customerBound,
        Set<String> unboundObjects,
        boolean caseBound,
        Map<String, Workflow> steps,
        Optional<WorkflowStep> step) {
    public Workflow {
        Require.id("intent", intent);
        classes = Set.copyOf(classes);
        tools = Set.copyOf(tools);
        destinations = Set.copyOf(destinations);
        unboundObjects = Set.copyOf(unboundObjects);
        steps = Map.copyOf(steps);
        Require.require(
                lookback.map(time -> !time.isNegative() && !time.isZero()).orElse(true),
                "a lookback is at least a day");
    }

    /// The same with these steps.
    Workflow with(Map<String, Workflow> all) {
        return new Workflow(
                id,
                intent,
                purpose,
                classes,
                tools,
                destinations,
                lookback,
                customerBound,
                unboundObjects,
                caseBound,
                all,
                step);
    }

    /// The workflow of a delegation that names this step, or none. A workflow with steps is run one step at a time: a
    /// delegation that names none of them runs nothing.
    public Optional<Workflow> at(Optional<String> name) {
        if (steps.isEmpty() && name.isEmpty()) {
            return Optional.of(this);
        }
        return name.map(steps::get);
    }

    /// Whether a tool may set a field, as far as the step says.
    public boolean sets(ToolName tool, String field) {
        return step.map(now -> now.sets(tool, field)).orElse(true);
    }

    /// Whether the workflow includes a tool.
    public boolean includes(ToolName tool) {
        return tools.isEmpty() || tools.contains(tool);
    }

    /// Whether rows of an object must be about the task's customer.
    public boolean binds(String object) {
        return customerBound && !unboundObjects.contains(object);
    }
}
