// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.state;

import dev.tollgate.containment.Held;
import dev.tollgate.containment.RiskScore;
import dev.tollgate.gateway.ToolCall;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.token.DecisionToken;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.PolicyVersion;
import dev.tollgate.terms.Principal;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// What is known of a request so far. Grows along the way and never shrinks.
///
/// @param call          what was asked
/// @param received      when it came
/// @param policy        the policy version that the whole request is decided under
/// @param principal     who asks
/// @param operation     what it means
/// @param held          the part of the agent's budgets that it holds
/// @param risk          how risky it looks
/// @param decision      what policy said
/// @param decisionIndex where the decision stands in the log
/// @param token         the decision token's claims
/// @param presented     the agent brought the token
public record Known(
        ToolCall call,
        Instant received,
        Optional<PolicyVersion> policy,
        Optional<Principal> principal,
        Optional<Operation> operation,
        Optional<Held> held,
        Optional<RiskScore> risk,
        Optional<Decision> decision,
        OptionalLong decisionIndex,
        Optional<DecisionToken> token,
        boolean presented) {
    static Known of(ToolCall call, Instant received) {
        return new Known(
                call,
                received,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                false);
    }

    Known with(PolicyVersion version, Principal who) {
        return new Known(
                call,
                received,
                Optional.of(version),
                Optional.of(who),
                operation,
                held,
                risk,
                decision,
                decisionIndex,
                token,
                presented);
    }

    Known with(Operation asked) {
        return new Known(
                call,
                received,
                policy,
                principal,
                Optional.of(asked),
                held,
                risk,
                decision,
                decisionIndex,
                token,
                presented);
    }

    Known with(Held part) {
        return new Known(
                call,
                received,
                policy,
                principal,
                operation,
                Optional.of(part),
                risk,
                decision,
                decisionIndex,
                token,
                presented);
    }

    Known with(RiskScore score) {
        return new Known(
                call,
                received,
                policy,
                principal,
                operation,
                held,
                Optional.of(score),
                decision,
                decisionIndex,
                token,
                presented);
    }

    Known with(Decision decided, OptionalLong index, Operation narrowed) {
        return new Known(
                call,
                received,
                policy,
                principal,
                Optional.of(narrowed),
                held,
                risk,
                Optional.of(decided),
                index,
                token,
                presented);
    }

    Known with(DecisionToken minted, boolean brought) {
        return new Known(
                call,
                received,
                policy,
                principal,
                operation,
                held,
                risk,
                decision,
                decisionIndex,
                Optional.of(minted),
                brought);
    }
}
