// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.gateway.state.Inspected;
import dev.tollgate.gateway.state.Recorded;
import dev.tollgate.terms.Step;

/// Stage 11: the outcome is durable in the log, and in the journal of changes, before the answer is
/// released. An outcome that cannot be written releases nothing.
@SuppressWarnings("AvoidCommonTypeNames")
public record Record(Journal journal) {
    /// Refuses with `Unrecorded`.
    public Step<Recorded> apply(Inspected inspected) {
        return journal.released(inspected).then(index -> {
            inspected.from().from().awaitKept();
            return Step.pass(new Recorded(inspected, index));
        });
    }
}
