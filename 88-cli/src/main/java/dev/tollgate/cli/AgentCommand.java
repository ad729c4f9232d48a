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

/// `tollgate agent` and `tollgate person`: proofs of identity by the deployment's own key, for the embedded default.
@Command(name = "agent", description = "Vouch for agents.", mixinStandardHelpOptions = true)
final class AgentCommand {
    private AgentCommand() {}

    static CommandLine line(Rooms rooms) {
        return new CommandLine(new AgentCommand()).addSubcommand(new Register(rooms));
    }

    /// `tollgate agent register`: a JWT-SVID.
    @Command(
            name = "register",
            description = "Print a token, good for 5 minutes and for one exchange, with which an agent proves itself.",
            mixinStandardHelpOptions = true)
    static final class Register implements Callable<Integer> {
        private final Rooms rooms;

        @Spec
        private @Nullable CommandSpec spec;

        @Mixin
        private Where where = new Where();

        @Parameters(paramLabel = "ID", description = "the agent, as the bundle names it")
        private String agent = "";

        Register(Rooms rooms) {
            this.rooms = rooms;
        }

        @Override
        public Integer call() {
            try (Workbench bench = rooms.open(where)) {
                String token = bench.agentProof(agent)
                        .orElseThrow(() -> new CommandFailure("the bundle in force has no such agent with a `spiffe_id`"
                                + " and `attestation: local`; see principals.yaml"));
                Objects.requireNonNull(spec).commandLine().getOut().println(token);
            }
            return 0;
        }
    }

    /// `tollgate person`: a token that says who somebody is.
    @Command(
            name = "person",
            description = "Print a token, good for 5 minutes, that says that somebody is a person of the bundle.",
            mixinStandardHelpOptions = true)
    static final class Person implements Callable<Integer> {
        private final Rooms rooms;

        @Spec
        private @Nullable CommandSpec spec;

        @Mixin
        private Where where = new Where();

        @Parameters(paramLabel = "ID", description = "the person, as the bundle names it")
        private String user = "";

        Person(Rooms rooms) {
            this.rooms = rooms;
        }

        @Override
        public Integer call() {
            try (Workbench bench = rooms.open(where)) {
                String token = bench.personProof(user)
                        .orElseThrow(() -> new CommandFailure(
                                "the bundle in force does not know this user; see the `users` of principals.yaml"));
                Objects.requireNonNull(spec).commandLine().getOut().println(token);
            }
            return 0;
        }
    }
}
