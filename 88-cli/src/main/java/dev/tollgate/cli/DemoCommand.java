// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

import dev.tollgate.cli.demo.Demo;
import dev.tollgate.cli.demo.Paint;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.SecretValue;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tollgate demo`: three stories by a scripted agent over MCP. Exits with 1 when any field came in a
/// view that policy does not permit.
@Command(
        name = "demo",
        description =
                "Run three stories against the gateway that `up` started, and show field by field what was given.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final int PORT = 7400;

    private final Rooms rooms;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private Where where = new Where();

    @Option(names = "--port", paramLabel = "PORT", description = "port of the gateway (default: 7400)")
    private int port = PORT;

    @Option(names = "--plain", description = "no colours")
    private boolean plain;

    DemoCommand(Rooms rooms) {
        this.rooms = rooms;
    }

    /// JDK 25 gives no console at all when the output goes into a pipe.
    @Override
    @SuppressWarnings("SystemConsoleNull")
    public Integer call() {
        PrintWriter out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
        @Nullable Console console = System.console();
        boolean colour = !plain && System.getenv("NO_COLOR") == null && console != null && console.isTerminal();
        URI endpoint = URI.create("http://127.0.0.1:" + port + "/mcp");
        try {
            return new Demo(endpoint, this::token, new Paint(out, colour)).run() == 0 ? 0 : 1;
        } catch (IOException unreachable) {
            throw new CommandFailure("the gateway at " + endpoint + " does not answer as it should ("
                    + (unreachable.getMessage() == null ? "is `./tollgate up` running?" : unreachable.getMessage())
                    + ")");
        }
    }

    private SecretValue token(String agent, String user, List<String> scopes, String workflow, String customer) {
        Set<Scope> parsed = new LinkedHashSet<>();
        scopes.forEach(scope -> Scope.parse(scope).ifPresent(parsed::add));
        return SecretValue.of(rooms.token(
                where,
                new Rooms.Asked(
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
