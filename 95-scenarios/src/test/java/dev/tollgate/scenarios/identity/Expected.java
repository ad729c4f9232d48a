// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.identity;

import dev.tollgate.scenarios.harness.RawHttp;
import java.util.List;

/// The exact refusals: status, challenges, body.
///
/// @param url of the gateway
record Expected(String url) {
    private static final String ALGORITHMS = "algs=\"ES256 EdDSA PS256 RS256\"";

    private static final String NOT_HTTP = "the request is not HTTP that this server takes";
    private static final String SESSION = "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-31404,"
            + "\"message\":\"`Mcp-Session-Id` is missing\"}}";

    /// What an answer says: its status, its challenges, its body without the request's id.
    static String said(RawHttp.Exchange exchange) {
        List<String> challenges = exchange.wire()
                .lines()
                .takeWhile(line -> !line.isBlank())
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("www-authenticate:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .toList();
        return exchange.status() == 200
                ? "200"
                : exchange.status() + "\n" + String.join("\n", challenges) + "\n" + plain(exchange.text());
    }

    /// Everything that an answer says, without what differs between any two answers.
    static String bytes(RawHttp.Exchange exchange) {
        return plain(exchange.wire()).replaceAll("(?m)^(X-Request-Id|Date):.*$", "");
    }

    private static String plain(String text) {
        return text.replaceAll("\"requestId\":\"[^\"]*\"", "\"requestId\":\"ID\"");
    }

    String of(String refusal, boolean problem, RawHttp.Exchange got) {
        return switch (refusal) {
            // At the older protocol's door the next thing is a session.
            case "passes" -> got.status() == 400 ? "400\n\n" + SESSION : "200";
            case "too_large" -> "431\n\n" + problem(431, "Request Header Fields Too Large", "bad_http", NOT_HTTP);
            case "bad_http" -> "400\n\n" + problem(400, "Bad Request", "bad_http", NOT_HTTP);
            case "unauthenticated" -> stranger(problem, "", "");
            case "invalid_token" -> stranger(problem, "error=\"invalid_token\", ", "");
            case "invalid_dpop_proof" -> stranger(problem, "", "error=\"invalid_dpop_proof\", ");
            case "invalid_dpop_proof_token" -> stranger(problem, "", "error=\"invalid_token\", ");
            case "token_in_address" ->
                "400\n\n"
                        + problem(
                                400,
                                "Bad Request",
                                "token_in_address",
                                "a token belongs in `Authorization`, never in the address");
            case "wrong_host" ->
                "421\n\n"
                        + problem(
                                421, "Misdirected Request", "wrong_host", "this server does not answer for this host");
            case "wrong_origin" ->
                "403\n\n"
                        + problem(403, "Forbidden", "wrong_origin", "pages of this origin may not talk to this server");
            default -> throw new IllegalArgumentException("no such refusal: " + refusal + " for " + got.status());
        };
    }

    private String stranger(boolean problem, String bearer, String dpop) {
        String metadata = "resource_metadata=\"" + url + "/.well-known/oauth-protected-resource/mcp\"";
        String why = "a valid bearer token of this gateway is required";
        String body = problem
                ? problem(401, "Unauthorized", "unauthenticated", why)
                : "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-31401,\"message\":\"" + why + "\"}}";
        return "401\nBearer " + bearer + metadata + "\nDPoP " + dpop + ALGORITHMS + ", " + metadata + "\n" + body;
    }

    private static String problem(int status, String title, String code, String detail) {
        return "{\"type\":\"urn:tollgate:problem:" + code + "\",\"title\":\"" + title + "\",\"status\":" + status
                + ",\"code\":\"" + code + "\",\"detail\":\"" + detail + "\",\"requestId\":\"ID\"}";
    }
}
