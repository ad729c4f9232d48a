// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.Require;
import dev.tollgate.terms.WorkflowId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// How much agents of one type may do. Read from the bundle's `budgets.yaml`.
///
/// @param most        units in the meter's window; a meter that is not here has no limit. `BYTES_PER_DAY` is
///     the limit of each data class that `bytesPerDay` does not name
/// @param bytesPerDay bytes of a data class, and of the classes below it together
/// @param inWorkflow  calls a minute in a workflow (requirement S0-30)
/// @param loops       when calls are a loop; nothing when nobody looks
public record BudgetLimits(
        Map<Meter, Long> most,
        Map<DataClass, Long> bytesPerDay,
        Map<WorkflowId, Long> inWorkflow,
        Optional<LoopLimits> loops) {
    private static final String IN_WORKFLOW = "workflow-calls-per-minute";

    /// The limits of agent types that no line of a bundle names.
    public static final BudgetLimits USUAL = usual();

    public BudgetLimits {
        most = Collections.unmodifiableMap(new EnumMap<>(most));
        bytesPerDay = Map.copyOf(bytesPerDay);
        most.forEach((meter, max) -> check(meter, max, meter.key()));
        inWorkflow = Map.copyOf(inWorkflow);
        inWorkflow.forEach((name, max) -> check(Meter.CALLS_PER_MINUTE, max, "workflow_calls_per_minute." + name));
        bytesPerDay.forEach((name, max) -> check(Meter.BYTES_PER_DAY, max, Meter.BYTES_PER_DAY.key() + "." + name));
    }

    private static void check(Meter meter, long max, String key) {
        Require.require(
                max >= 0 && max <= meter.largest(),
                "`" + key + "` is between 0 and " + meter.largest() + ", got " + max);
    }

    private static BudgetLimits usual() {
        Map<Meter, Long> most = new EnumMap<>(Meter.class);
        for (Meter meter : Meter.values()) {
            most.put(meter, meter.usual());
        }
        return new BudgetLimits(most, Map.of(), Map.of(), Optional.of(LoopLimits.USUAL));
    }

    /// The budget of a meter, or nothing when it has no limit.
    public Optional<Budget> budget(Meter meter) {
        return Optional.ofNullable(most.get(meter)).map(meter::budget);
    }

    /// The budget of the bytes of a data class by a line that names it, or nothing when none does.
    public Optional<Budget> bytes(DataClass name) {
        return Optional.ofNullable(bytesPerDay.get(name)).map(Meter.BYTES_PER_DAY::budget);
    }

    /// The budget of calls in a workflow, or nothing when no line names it.
    public Optional<Budget> calls(WorkflowId workflow) {
        return Optional.ofNullable(inWorkflow.get(workflow))
                .map(max -> new Budget(IN_WORKFLOW, max, Meter.CALLS_PER_MINUTE.window()));
    }
}
