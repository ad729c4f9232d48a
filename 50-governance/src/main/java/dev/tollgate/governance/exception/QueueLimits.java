// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.exception;

import dev.tollgate.terms.Require;
import java.time.Duration;

/// The clocks and bounds of the exception queue.
///
/// @param review  until when somebody must have taken an exception
/// @param remedy  until when it must be resolved; not before `review`
/// @param flood   how long the same agent's exceptions of one kind, rule and tool count as one
/// @param openMax exceptions of one tenant that wait at once; what comes on top is counted, not listed
/// @param agentMax of these, of one agent: one agent cannot crowd out the others
public record QueueLimits(Duration review, Duration remedy, Duration flood, int openMax, int agentMax) {
    /// Requirement S4-20: 24 hours to review, 72 to remedy.
    public static final QueueLimits DEFAULT =
            new QueueLimits(Duration.ofHours(24), Duration.ofHours(72), Duration.ofHours(1), 5_000, 100);

    public QueueLimits {
        Require.require(review.isPositive() && remedy.compareTo(review) >= 0, "a remedy is due after the review");
        Require.require(
                flood.isPositive() && openMax >= 1 && agentMax >= 1,
                "a flood lasts some time and a queue has some room");
    }
}
