// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.approval;

import dev.tollgate.terms.Require;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.UserId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// What policy demands of an approval.
///
/// @param rule          what asks for it
/// @param approvers     1, or 2 for four eyes
/// @param stepUp        each approver signs the change's digest with a passkey
/// @param roles         who may approve: anybody who has one of these roles; empty means nobody
/// @param agentOwner    who answers for the agent, and so may not approve what it does
/// @param lasts         how long it waits for people, 1 minute to 30 days
/// @param justification why the agent wants it, in its own words, up to 2,000 characters; shown as outside
///     text
public record Demand(
        RuleId rule,
        int approvers,
        boolean stepUp,
        Set<String> roles,
        Optional<UserId> agentOwner,
        Duration lasts,
        String justification) {
    private static final Duration LASTS_MIN = Duration.ofMinutes(1);
    private static final Duration LASTS_MAX = Duration.ofDays(30);

    /// Characters of a justification: an explanation, not a document.
    public static final int JUSTIFICATION_CHARS_MAX = 2_000;

    public Demand {
        roles = Set.copyOf(roles);
        Require.require(approvers == 1 || approvers == 2, "an approval needs 1 or 2 approvers");
        Require.require(
                lasts.compareTo(LASTS_MIN) >= 0 && lasts.compareTo(LASTS_MAX) <= 0,
                "an approval waits between 1 minute and 30 days");
        Require.require(
                justification.length() <= JUSTIFICATION_CHARS_MAX, "a justification has at most 2,000 characters");
    }
}
