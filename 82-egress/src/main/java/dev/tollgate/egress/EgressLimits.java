// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.egress;

import static dev.tollgate.terms.Require.require;

import java.time.Duration;

/// How much one runtime, and all together, may take of the proxy.
///
/// @param connectionsMax open connections; more are closed at once, before a byte of them is read
/// @param perAgentMax    open connections of one agent, so that one runtime cannot take all
/// @param headBytesMax   bytes of one head, requests' and answers'
/// @param headWithin     longest time until a client has said what it wants, the first words of TLS included
/// @param connectWithin  longest time until the place outside answers
/// @param idleMax        longest silence of both sides together
/// @param bytesMax       bytes through one connection, both ways together
public record EgressLimits(
        int connectionsMax,
        int perAgentMax,
        int headBytesMax,
        Duration headWithin,
        Duration connectWithin,
        Duration idleMax,
        long bytesMax) {
    /// A few hundred runtimes that wait for models: an answer may take a minute to begin, and a file that leaves has
    /// no business being larger than a gigabyte.
    public static final EgressLimits DEFAULT = new EgressLimits(
            1_024, 64, 16 * 1024, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(120), 1L << 30);

    public EgressLimits {
        require(connectionsMax >= 1 && perAgentMax >= 1, "at least one connection");
        require(headBytesMax >= 8 * 1024, "a head with a token in it has up to 8 KiB");
        require(
                headWithin.isPositive() && connectWithin.isPositive() && idleMax.isPositive(),
                "times of the proxy are positive");
        require(bytesMax >= 1, "at least one byte");
    }
}
