// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

import dev.tollgate.governance.halt.HaltScope;
import dev.tollgate.governance.halt.KillSwitch;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `tollgate halt`, `resume` and `halts`: the kill switches.
final class HaltCommand {
    private HaltCommand() {}

    /// What the two that switch share.
    abstract static class Switching extends BenchCommand {
        @Parameters(
                paramLabel = "SCOPE",
                arity = "1..2",
                description = "all, or a kind and which: agent, agent-type, session, task, user, tenant, tool,"
                        + " field (object.field), destination, for example: agent sales-copilot")
        private List<String> words = List.of();

        @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why, for the record")
        String reason = "";

        @Option(names = "--by", paramLabel = "WHO", required = true, description = "who does it, for the record")
        String by = "";

        Switching(Rooms rooms) {
            super(rooms);
        }

        HaltScope scope() {
            return HaltScope.parse(String.join(" ", words))
                    .orElseThrow(() ->
                            new CommandFailure("a scope is `all`, or a kind and which: agent, agent-type, session,"
                                    + " task, user, tenant, tool, field, destination"));
        }
    }

    @Command(
            name = "halt",
            description = {
                "Stop agents on every node within a second. Voids their approvals and the decision",
                "tokens that they hold."
            },
            mixinStandardHelpOptions = true)
    static final class Set extends Switching {
        Set(Rooms rooms) {
            super(rooms);
        }

        @Override
        int run(Workbench bench, PrintWriter out) {
            HaltScope scope = scope();
            int voided = bench.people().stops().set(scope, by, reason);
            out.println("stopped: " + scope + ", " + voided + " approvals void");
            return 0;
        }
    }

    @Command(
            name = "resume",
            description = "Let go what a kill switch stopped. Approvals and tokens stay void.",
            mixinStandardHelpOptions = true)
    static final class Clear extends Switching {
        Clear(Rooms rooms) {
            super(rooms);
        }

        @Override
        int run(Workbench bench, PrintWriter out) {
            HaltScope scope = scope();
            if (!bench.people().stops().clear(scope, by, reason)) {
                throw new CommandFailure(
                        "`" + scope + "` is not stopped in the store; a line of the file `halt` is taken out there");
            }
            out.println("resumed: " + scope);
            return 0;
        }
    }

    @Command(name = "halts", description = "What is stopped, the newest first.", mixinStandardHelpOptions = true)
    static final class Listing extends BenchCommand {
        Listing(Rooms rooms) {
            super(rooms);
        }

        @Override
        int run(Workbench bench, PrintWriter out) {
            KillSwitch halts = bench.people().stops().halts();
            halts.list()
                    .forEach(halt -> out.println(
                            halt.at() + "  " + halt.scope() + "  by " + halt.by() + "  " + line(halt.why())));
            halts.onDisk()
                    .ifPresentOrElse(
                            scopes -> scopes.stream()
                                    .map(HaltScope::toString)
                                    .sorted()
                                    .forEach(scope -> out.println("file  " + scope)),
                            () -> out.println("file  all  (the file `halt` cannot be read, so it stops everything)"));
            return 0;
        }

        private static String line(String text) {
            return text.replaceAll("\\p{Cntrl}", " ");
        }
    }
}
