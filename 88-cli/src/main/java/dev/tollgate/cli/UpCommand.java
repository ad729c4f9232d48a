// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

import java.io.PrintWriter;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tollgate up`: starts the gateway and prints how to connect an agent.
@Command(name = "up", description = "Start the gateway; stops cleanly on SIGTERM.", mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    private final Rooms rooms;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private Where where = new Where();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "port of the doors (default: 7400; 0 takes a free one)")
    private @Nullable Integer port;

    UpCommand(Rooms rooms) {
        this.rooms = rooms;
    }

    @Override
    public Integer call() {
        PrintWriter out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
        OptionalInt asked = port == null ? OptionalInt.empty() : OptionalInt.of(port);
        try (Rooms.Running running = rooms.up(where, asked)) {
            greet(out, running);
            running.awaitStop();
        }
        return 0;
    }

    private void greet(PrintWriter out, Rooms.Running running) {
        String url = running.endpoint() + "/mcp";
        String token = running.exampleToken();
        out.println();
        out.println("  Tollgate is up: " + url);
        out.println();
        out.println("  Paste this into an MCP client (the token lives 15 minutes; `./tollgate token` makes another):");
        out.println();
        out.println("  {\"mcpServers\": {\"crm\": {\"type\": \"http\", \"url\": \"" + url + "\",");
        out.println("    \"headers\": {\"Authorization\": \"Bearer " + token + "\"}}}}");
        out.println();
        Rooms.Console console = running.console();
        out.println("  People decide and look at " + console.url());
        console.first().ifPresent(first -> {
            out.println("  Nobody has a passkey yet. For `" + first.user() + "`, once, within 15 minutes:");
            out.println("  " + console.url() + "enrol#" + first.code());
            out.println("  For others: ./tollgate console enrol --user NAME");
        });
        out.println();
        out.println("  Next: ./tollgate demo" + running.demoOptions());
        out.println();
        out.flush();
    }
}
