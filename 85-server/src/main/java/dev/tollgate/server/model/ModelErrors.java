// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.model;

import dev.tollgate.gateway.ModelFront.Format;
import dev.tollgate.server.http.Turn;
import dev.tollgate.server.wire.JsonWriter;
import dev.tollgate.terms.Conduct;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Value;
import java.time.Duration;
import java.util.Map;

/// What a refusal is in the words of a provider, so that its clients understand it.
final class ModelErrors {
    private ModelErrors() {}

    /// Replies with a refusal.
    static void reply(Turn turn, Format format, Refusal why) {
        if (why instanceof Refusal.OverBudget over) {
            wait(turn, over.retryAfter());
        }
        if (why instanceof Refusal.Busy busy) {
            wait(turn, busy.retryAfter());
        }
        if (why instanceof Refusal.Unauthenticated) {
            turn.with("WWW-Authenticate", "Bearer");
        }
        reply(turn, format, status(why), why.code(), why.explain());
    }

    /// Replies with an error.
    ///
    /// @param code    a stable word
    /// @param message one fixed sentence
    static void reply(Turn turn, Format format, int status, String code, String message) {
        Value error = error(format, status, code, message, turn.id().value());
        turn.reply(status, "application/json", new JsonWriter().value(error).buffer());
    }

    /// The same within a stream that has begun.
    static Value within(Format format, Refusal why, String requestId) {
        return error(format, status(why), why.code(), why.explain(), requestId);
    }

    private static Value error(Format format, int status, String code, String message, String requestId) {
        return switch (format) {
            case CHAT_COMPLETIONS ->
                new Value.Fields(Map.of(
                        "error",
                        new Value.Fields(Map.of(
                                "message", Value.of(message),
                                "type", Value.of(chatType(status)),
                                "param", Value.NULL,
                                "code", Value.of(code)))));
            case MESSAGES ->
                new Value.Fields(Map.of(
                        "type",
                        Value.of("error"),
                        "error",
                        new Value.Fields(Map.of("type", Value.of(messagesType(status)), "message", Value.of(message))),
                        "request_id",
                        Value.of(requestId)));
        };
    }

    private static String chatType(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            case 500, 502, 503, 504 -> "server_error";
            default -> "invalid_request_error";
        };
    }

    private static String messagesType(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 503 -> "overloaded_error";
            case 500, 502, 504 -> "api_error";
            default -> "invalid_request_error";
        };
    }

    private static void wait(Turn turn, Duration retryAfter) {
        turn.with("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
    }

    private static int status(Refusal why) {
        return switch (why) {
            case Refusal.Unauthenticated _ -> 401;
            case Refusal.Malformed _ -> 400;
            case Refusal.OverBudget _, Conduct.Looping _ -> 429;
            case Refusal.UpstreamFailed failed -> failed.why().equals("timeout") ? 504 : 502;
            case Refusal.Unrecorded _, Refusal.Busy _ -> 503;
            case Refusal.Denied _,
                    Refusal.Undecidable _,
                    Refusal.UnknownTool _,
                    Refusal.EvidenceNeeded _,
                    Refusal.ApprovalPending _,
                    Refusal.ApprovalRefused _,
                    Refusal.Halted _,
                    Refusal.StaleRecord _,
                    Refusal.HumanOnly _,
                    Refusal.TokenRefused _,
                    Refusal.NotFound _,
                    Refusal.ObligationUnmet _,
                    Refusal.Withheld _,
                    Conduct.Stopped _,
                    Conduct.ProofNeeded _,
                    Conduct.ShutDown _,
                    Conduct.KeyReused _,
                    Conduct.KeyUnderWay _,
                    Conduct.StepNeeded _,
                    Conduct.FieldsMissing _ -> 403;
        };
    }
}
