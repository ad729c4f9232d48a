// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import dev.tollgate.server.wire.Members;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Seals what a feature wants to be told again into a `requestState`, bound to the principal, to the request
/// with its arguments and to a time, and accepts it once (2026-07-28, "Multi Round-Trip Requests", server
/// requirements 4 and 5).
final class RequestStates {
    /// A person needs time to read and decide; a stolen state should not outlive the call it belongs to.
    private static final Duration TTL = Duration.ofMinutes(15);

    private final Seal seal;
    private final Once once;
    private final InstantSource clock;
    private final RandomGenerator random;

    RequestStates(SealingKey key, Once once, InstantSource clock, RandomGenerator random) {
        this.seal = new Seal(key, "request-state");
        this.once = once;
        this.clock = clock;
        this.random = random;
    }

    String close(String principal, String method, String name, Value.Fields arguments, Value.Fields state) {
        String nonce = Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
        return seal.close(new Value.Fields(Map.of(
                "for", Value.of(binding(principal, method, name, arguments)),
                "until", Value.of(clock.instant().plus(TTL).getEpochSecond()),
                "nonce", Value.of(nonce),
                "state", state)));
    }

    /// The state, when it is ours, for this very request, of this principal, in time, and not presented before.
    Optional<Value.Fields> open(
            String principal, String method, String name, Value.Fields arguments, String requestState) {
        return seal.open(requestState)
                .filter(content -> {
                    Instant until = Instant.ofEpochSecond(Sessions.seconds(content, "until"));
                    return Members.text(content, "for").equals(Optional.of(binding(principal, method, name, arguments)))
                            && clock.instant().isBefore(until)
                            && once.first(Members.text(content, "nonce").orElseThrow(), until);
                })
                .flatMap(content -> Members.fields(content, "state"));
    }

    private static String binding(String principal, String method, String name, Value.Fields arguments) {
        return Digest.of(new Value.Fields(Map.of(
                        "principal", Value.of(principal),
                        "method", Value.of(method),
                        "name", Value.of(name),
                        "arguments", arguments)))
                .text();
    }
}
