// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.review;

import static dev.tollgate.terms.Require.require;

import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.PolicyVersion;
import dev.tollgate.terms.Require;
import dev.tollgate.terms.WorkflowId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// One review of what an agent may do in a workflow (requirement S0-42).
///
/// @param agent    whose access
/// @param workflow in which workflow
/// @param reviewer who looked
/// @param verdict  what they decided
/// @param dropped  classes that the proposed change takes away; none when everything stays
/// @param policy   the bundle that they looked at
/// @param at       when
/// @param next     when somebody looks again, at most a year later
public record Reviewed(
        AgentId agent,
        WorkflowId workflow,
        String reviewer,
        Verdict verdict,
        List<String> dropped,
        PolicyVersion policy,
        Instant at,
        Instant next) {
    /// When nobody says: a quarter.
    public static final Duration USUAL = Duration.ofDays(90);

    private static final Duration LONGEST = Duration.ofDays(366);

    /// What was decided. Closed.
    public enum Verdict {
        /// Everything is needed.
        KEPT,
        /// A change was proposed that takes something away.
        NARROWED;

        /// The word in pages and in the store, for example `kept`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Reviewed {
        dropped = List.copyOf(dropped);
        Require.id("reviewer", reviewer);
        require((verdict == Verdict.NARROWED) != dropped.isEmpty(), "a change that narrows takes some class away");
        Duration until = Duration.between(at, next);
        require(until.isPositive() && until.compareTo(LONGEST) <= 0, "the next review is within a year");
    }
}
