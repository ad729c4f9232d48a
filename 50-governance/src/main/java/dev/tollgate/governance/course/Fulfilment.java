// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.course;

import dev.tollgate.terms.Operation;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Require;
import dev.tollgate.terms.SystemId;
import java.time.Duration;
import java.util.Optional;

/// Something that was fulfilled in a task: a step, or what a step found out.
///
/// @param name  for example `identity-verified`, or the step's name
/// @param about the record that it was found out of; nothing when it is about none
/// @param holds how long it counts, at most a day
public record Fulfilment(String name, Optional<About> about, Duration holds) {
    /// Who was verified yesterday is verified again.
    static final Duration HOLDS_MAX = Duration.ofDays(1);

    /// A record of a system.
    public record About(SystemId system, String object, RecordId record) {
        /// Whether what was found out of this record counts for an operation: one on records of the same kind must be
        /// on this very record.
        boolean counts(Operation operation) {
            boolean same = operation.target().system().equals(system)
                    && operation.target().object().equals(object);
            return !same || operation.recordId().filter(record::equals).isPresent();
        }
    }

    public Fulfilment {
        Require.id("fulfilment", name);
        Require.require(holds.isPositive() && holds.compareTo(HOLDS_MAX) <= 0, "a fulfilment counts for at most a day");
    }
}
