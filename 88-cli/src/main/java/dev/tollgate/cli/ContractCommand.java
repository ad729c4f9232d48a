// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tollgate contract`: drafts connector contracts, and prints who answers for which field.
@Command(
        name = "contract",
        description = "Draft connector contracts, and print who answers for which field.",
        mixinStandardHelpOptions = true)
final class ContractCommand {
    private ContractCommand() {}

    static CommandLine line(Rooms rooms) {
        return new CommandLine(new ContractCommand())
                .addSubcommand(new Discover(rooms))
                .addSubcommand(new OwnershipCommand(rooms));
    }

    /// Prints a draft; every field of it is marked for review, and no bundle takes it before that is done.
    @Command(
            name = "discover",
            description = "Draft a contract from a live system's own metadata, with suggested classes to be reviewed.",
            mixinStandardHelpOptions = true)
    static final class Discover implements Callable<Integer> {
        private final Rooms rooms;

        @Spec
        private @Nullable CommandSpec spec;

        @Mixin
        private Where where = new Where();

        @Parameters(paramLabel = "SYSTEM", description = "the system's id in the configuration, or demo")
        private String system = "";

        Discover(Rooms rooms) {
            this.rooms = rooms;
        }

        @Override
        public Integer call() {
            try (Workbench bench = rooms.open(where)) {
                Objects.requireNonNull(spec).commandLine().getOut().print(bench.draft(system));
            }
            return 0;
        }
    }
}
