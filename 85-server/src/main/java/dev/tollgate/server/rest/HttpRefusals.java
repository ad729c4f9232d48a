// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.rest;

import dev.tollgate.server.http.Problems;
import dev.tollgate.server.http.Turn;
import dev.tollgate.server.mcp.Challenge;
import dev.tollgate.terms.Conduct;
import dev.tollgate.terms.Refusal;
import java.time.Duration;

/// What a refusal is in HTTP (RFC 9110 §15, RFC 6585 §4), as a problem (RFC 9457).
final class HttpRefusals {
    /// The category of a denial for want of a scope.
    private static final String SCOPE = "scope";

    private static final String STEP_UP = "step-up";

    private HttpRefusals() {}

    static void reply(Turn turn, Refusal refusal, Challenge challenge) {
        headers(turn, refusal, challenge);
        Problems.reply(turn, status(refusal), refusal.code(), sentence(refusal));
    }

    static int status(Refusal refusal) {
        return switch (refusal) {
            case Refusal.Unauthenticated _ -> 401;
            case Refusal.Malformed _ -> 400;
            case Refusal.UnknownTool _ -> 404;
            case Refusal.OverBudget _ -> 429;
            case Refusal.Denied _ -> 403;
            case Refusal.Undecidable _ -> 403;
            case Refusal.EvidenceNeeded _ -> 403;
            case Refusal.ApprovalPending _ -> 403;
            case Refusal.ApprovalRefused _ -> 403;
            case Refusal.Halted _ -> 403;
            case Refusal.StaleRecord _ -> 409;
            case Refusal.HumanOnly _ -> 403;
            case Refusal.TokenRefused _ -> 403;
            case Refusal.NotFound _ -> 404;
            case Refusal.UpstreamFailed why -> why.why().equals("timeout") ? 504 : 502;
            case Refusal.ObligationUnmet _ -> 403;
            case Refusal.Withheld _ -> 403;
            case Refusal.Unrecorded _ -> 503;
            case Refusal.Busy _ -> 503;
            case Conduct.Stopped _ -> 403;
            case Conduct.ProofNeeded _ -> 401;
            case Conduct.ShutDown _ -> 403;
            case Conduct.Looping _ -> 429;
            case Conduct.KeyReused _ -> 409;
            case Conduct.KeyUnderWay _ -> 409;
            case Conduct.StepNeeded _ -> 409;
            case Conduct.FieldsMissing _ -> 409;
        };
    }

    private static String sentence(Refusal refusal) {
        return switch (refusal) {
            // The name is the caller's own and is not repeated.
            case Refusal.UnknownTool _ -> "unknown tool";
            case Refusal.Unauthenticated _,
                    Refusal.Malformed _,
                    Refusal.OverBudget _,
                    Refusal.Denied _,
                    Refusal.Undecidable _,
                    Refusal.EvidenceNeeded _,
                    Refusal.ApprovalPending _,
                    Refusal.ApprovalRefused _,
                    Refusal.Halted _,
                    Refusal.StaleRecord _,
                    Refusal.HumanOnly _,
                    Refusal.TokenRefused _,
                    Refusal.NotFound _,
                    Refusal.UpstreamFailed _,
                    Refusal.ObligationUnmet _,
                    Refusal.Withheld _,
                    Refusal.Unrecorded _,
                    Refusal.Busy _,
                    Conduct _ -> refusal.explain();
        };
    }

    private static void headers(Turn turn, Refusal refusal, Challenge challenge) {
        switch (refusal) {
            case Refusal.Unauthenticated _, Conduct.ProofNeeded _ -> challenge.unauthenticated(turn);
            case Refusal.OverBudget why -> wait(turn, why.retryAfter());
            case Refusal.Busy why -> wait(turn, why.retryAfter());
            case Conduct.Looping why -> wait(turn, why.retryAfter());
            case Conduct.KeyUnderWay why -> wait(turn, why.retryAfter());
            case Refusal.Denied why -> {
                if (why.reason().equals(SCOPE)) {
                    challenge.insufficientScope(turn);
                }
            }
            case Refusal.EvidenceNeeded why -> {
                if (why.evidence().equals(STEP_UP)) {
                    challenge.stepUp(turn);
                }
            }
            case Refusal.Malformed _,
                    Refusal.UnknownTool _,
                    Refusal.Undecidable _,
                    Refusal.ApprovalPending _,
                    Refusal.ApprovalRefused _,
                    Refusal.Halted _,
                    Refusal.StaleRecord _,
                    Refusal.HumanOnly _,
                    Refusal.TokenRefused _,
                    Refusal.NotFound _,
                    Refusal.UpstreamFailed _,
                    Refusal.ObligationUnmet _,
                    Refusal.Withheld _,
                    Refusal.Unrecorded _,
                    Conduct.Stopped _,
                    Conduct.ShutDown _,
                    Conduct.KeyReused _,
                    Conduct.StepNeeded _,
                    Conduct.FieldsMissing _ -> {
                // These say nothing in headers.
            }
        }
    }

    private static void wait(Turn turn, Duration retryAfter) {
        turn.with("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
    }
}
