// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import dev.tollgate.terms.Conduct;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RuleId;

/// What a refusal is in the words of MCP. A refusal that a model can do something about is a tool result with
/// `isError`, because clients show only those to the model; one of the connection itself is a protocol error
/// with its HTTP status.
final class Refusals {
    /// The category of a denial for want of a scope.
    private static final String SCOPE = "scope";

    private Refusals() {}

    /// How a refusal is said.
    sealed interface Said {
        /// As a tool result with `isError`.
        record Result(Refusal why) implements Said {}

        /// As a JSON-RPC error.
        record Failure(int status, int code, String message, Refusal why) implements Said {}
    }

    static Said of(Refusal refusal) {
        return switch (refusal) {
            case Refusal.Unauthenticated why -> error(401, Protocol.UNAUTHENTICATED, why);
            // The name is not repeated: it is the caller's, and hidden tools must read the same as absent ones.
            case Refusal.UnknownTool why -> new Said.Failure(200, Protocol.INVALID_PARAMS, "unknown tool", why);
            case Refusal.Denied(RuleId _, String reason, var _)
            when reason.equals(SCOPE) -> error(403, Protocol.INSUFFICIENT_SCOPE, refusal);
            case Refusal.Unrecorded why -> error(503, Protocol.UNAVAILABLE, why);
            case Refusal.Busy why -> error(503, Protocol.UNAVAILABLE, why);
            case Conduct why -> new Said.Result(why);
            case Refusal.Malformed why -> new Said.Result(why);
            case Refusal.OverBudget why -> new Said.Result(why);
            case Refusal.Denied why -> new Said.Result(why);
            case Refusal.Undecidable why -> new Said.Result(why);
            case Refusal.EvidenceNeeded why -> new Said.Result(why);
            case Refusal.ApprovalPending why -> new Said.Result(why);
            case Refusal.ApprovalRefused why -> new Said.Result(why);
            case Refusal.Halted why -> new Said.Result(why);
            case Refusal.StaleRecord why -> new Said.Result(why);
            case Refusal.HumanOnly why -> new Said.Result(why);
            case Refusal.TokenRefused why -> new Said.Result(why);
            case Refusal.NotFound why -> new Said.Result(why);
            case Refusal.UpstreamFailed why -> new Said.Result(why);
            case Refusal.ObligationUnmet why -> new Said.Result(why);
            case Refusal.Withheld why -> new Said.Result(why);
        };
    }

    private static Said error(int status, int code, Refusal why) {
        return new Said.Failure(status, code, why.explain(), why);
    }
}
