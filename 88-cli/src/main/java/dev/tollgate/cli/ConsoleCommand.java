// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tollgate console`: who may come in.
@Command(name = "console", description = "Let people into the console.", mixinStandardHelpOptions = true)
final class ConsoleCommand {
    private ConsoleCommand() {}

    static CommandLine line(Rooms rooms) {
        return new CommandLine(new ConsoleCommand()).addSubcommand(new Enrol(rooms));
    }

    /// `tollgate console enrol`: a one-time code for a passkey.
    @Command(
            name = "enrol",
            description = "Print a one-time code, good for 15 minutes, with which a person enrols a passkey.",
            mixinStandardHelpOptions = true)
    static final class Enrol implements Callable<Integer> {
        private final Rooms rooms;

        @Spec
        private @Nullable CommandSpec spec;

        @Mixin
        private Where where = new Where();

        @Option(
                names = "--user",
                paramLabel = "ID",
                required = true,
                description = "the person, as the bundle names it")
        private String user = "";

        Enrol(Rooms rooms) {
            this.rooms = rooms;
        }

        @Override
        public Integer call() {
            try (Workbench bench = rooms.open(where)) {
                String code = bench.enrol(user)
                        .orElseThrow(() -> new CommandFailure("the bundle in force does not know this user; see the"
                                + " `users` of principals.yaml"));
                Objects.requireNonNull(spec).commandLine().getOut().println(code);
            }
            return 0;
        }
    }
}
