// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import dev.tollgate.terms.Value;
import java.util.List;

/// How risky a call looked.
///
/// @param level   `low`, `medium`, `high`
/// @param score   0 to 100
/// @param signals what made it so
public record Risk(String level, int score, List<Signal> signals) {
    /// One reason for a score.
    ///
    /// @param name   which
    /// @param weight how much it counts
    /// @param reason one sentence without values
    public record Signal(String name, int weight, String reason) {
        Value.Fields form() {
            return new Members()
                    .put("name", name)
                    .put("weight", Value.of(weight))
                    .put("reason", reason)
                    .fields();
        }
    }

    public Risk {
        signals = List.copyOf(signals);
    }

    Value.Fields form() {
        return new Members()
                .put("level", level)
                .put("score", Value.of(score))
                .put(
                        "signals",
                        new Value.Items(
                                List.copyOf(signals.stream().map(Signal::form).toList())))
                .fields();
    }
}
