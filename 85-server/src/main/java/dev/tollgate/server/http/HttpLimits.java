// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.http;

import static dev.tollgate.terms.Require.require;

import java.time.Duration;

/// How much one client may take of the server. Read from `server.http`.
///
/// @param bodyBytesMax        bytes of one request body; more is answered with 413
/// @param headerBytesMax      bytes of one request's headers; more is answered with 431
/// @param connectionsMax      open connections; more wait in the listen queue
/// @param callsMax            calls under way at once; more are refused as busy
/// @param streamsMax          long-lived event streams at once; each holds a connection and nothing else
/// @param idleMax             longest silence on a connection
/// @param requestWithin       longest time for a whole request to arrive, headers included; then it is cut off
/// @param bodyWithin          longest time for a whole body to arrive; then the client is told so
/// @param bytesPerSecondMin   slowest a body may arrive, on average, once it has been arriving for two seconds
/// @param stopWithin          how long a stop waits for calls under way
public record HttpLimits(
        int bodyBytesMax,
        int headerBytesMax,
        int connectionsMax,
        int callsMax,
        int streamsMax,
        Duration idleMax,
        Duration requestWithin,
        Duration bodyWithin,
        long bytesPerSecondMin,
        Duration stopWithin) {
    /// Arguments of a few kilobytes from a few hundred agents.
    public static final HttpLimits DEFAULT = new HttpLimits(
            1024 * 1024,
            16 * 1024,
            2_048,
            256,
            512,
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            64,
            Duration.ofSeconds(10));

    public HttpLimits {
        require(bodyBytesMax >= 1024, "server.http.bodyBytesMax must be at least 1024, got " + bodyBytesMax);
        require(headerBytesMax >= 4096, "server.http.headerBytesMax must be at least 4096, got " + headerBytesMax);
        require(connectionsMax >= 1, "server.http.connectionsMax must be at least 1, got " + connectionsMax);
        require(callsMax >= 1, "server.http.callsMax must be at least 1, got " + callsMax);
        require(streamsMax >= 0, "server.http.streamsMax must not be negative, got " + streamsMax);
        require(
                idleMax.isPositive() && requestWithin.isPositive() && bodyWithin.isPositive(),
                "server.http times must be positive");
        require(bytesPerSecondMin >= 0, "server.http.bytesPerSecondMin must not be negative");
        require(!stopWithin.isNegative(), "server.http.stopWithin must not be negative");
    }
}
