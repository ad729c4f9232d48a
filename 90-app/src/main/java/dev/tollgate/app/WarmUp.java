// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.cli.Rooms.Asked;
import dev.tollgate.cli.demo.Demo;
import dev.tollgate.cli.demo.Paint;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.SigningKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes the calls of a first agent against a gateway of its own, so that what they load, and which methods they run
/// how often, can be recorded.
final class WarmUp {
    /// As long as somebody waits without wondering: what is recorded in it halves the time of the first hundred calls.
    private static final Duration TIME_MAX = Duration.ofSeconds(8);

    /// The budgets of a minute refuse what comes after so many.
    private static final int ROUNDS_MAX = 90;

    private WarmUp() {}

    static void run(Configuration configuration, InstantSource clock) {
        try (Tollgate tollgate = Tollgate.start(configuration, clock)) {
            SigningKey key = tollgate.signing();
            Paint nowhere = new Paint(new PrintWriter(Writer.nullWriter()), false);
            Instant end = clock.instant().plus(TIME_MAX);
            for (int round = 0; round < ROUNDS_MAX && clock.instant().isBefore(end); round++) {
                new Demo(
                                URI.create(tollgate.url() + "/mcp"),
                                (agent, user, scopes, workflow, customer) ->
                                        token(key, agent, user, scopes, workflow, customer),
                                nowhere)
                        .run();
            }
        } catch (IOException failed) {
            throw new IllegalStateException("the warm-up could not call its gateway", failed);
        }
    }

    private static SecretValue token(
            SigningKey key, String agent, String user, List<String> scopes, String workflow, String customer) {
        Set<Scope> parsed = new LinkedHashSet<>();
        scopes.forEach(scope -> Scope.parse(scope).ifPresent(parsed::add));
        return SecretValue.of(HouseRooms.issue(
                key,
                new Asked(
                        agent,
                        user,
                        parsed,
                        Optional.of(workflow),
                        Optional.empty(),
                        customer.isEmpty() ? Optional.empty() : Optional.of(customer),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofMinutes(15))));
    }
}
