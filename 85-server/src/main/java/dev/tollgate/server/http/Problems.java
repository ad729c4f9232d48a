// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.http;

import dev.tollgate.server.wire.JsonWriter;
import java.util.Map;

/// Replies that say what went wrong, as problem details (RFC 9457). A problem has a code from a closed list, one
/// fixed sentence and the request id; it never repeats anything of the request (requirement S2-22).
public final class Problems {
    /// The media type of RFC 9457 §3.
    public static final String TYPE = "application/problem+json";

    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(406, "Not Acceptable"),
            Map.entry(408, "Request Timeout"),
            Map.entry(409, "Conflict"),
            Map.entry(413, "Content Too Large"),
            Map.entry(414, "URI Too Long"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(421, "Misdirected Request"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(501, "Not Implemented"),
            Map.entry(502, "Bad Gateway"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Gateway Timeout"),
            Map.entry(505, "HTTP Version Not Supported"));

    private Problems() {}

    /// Replies with a problem.
    ///
    /// @param code   a stable word, for example `not_found`
    /// @param detail one fixed sentence
    public static void reply(Turn turn, int status, String code, String detail) {
        turn.reply(status, TYPE, body(status, code, detail, turn.id().value()).buffer());
    }

    /// The reply to a method that a path does not know.
    public static void methodNotAllowed(Turn turn, String allowed) {
        turn.with("Allow", allowed);
        reply(turn, 405, "method_not_allowed", "this path does not take this method");
    }

    static JsonWriter body(int status, String code, String detail, String requestId) {
        return new JsonWriter()
                .raw("{\"type\":\"urn:tollgate:problem:")
                .raw(code)
                .raw("\",\"title\":")
                .text(TITLES.getOrDefault(status, "Error"))
                .raw(",\"status\":" + status + ",\"code\":")
                .text(code)
                .raw(",\"detail\":")
                .text(detail)
                .raw(",\"requestId\":")
                .text(requestId)
                .raw("}");
    }
}
