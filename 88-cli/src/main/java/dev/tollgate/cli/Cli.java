// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command `tollgate` and its subcommands.
@Command(
        name = "tollgate",
        description = "The gateway between AI agents and the CRM.",
        mixinStandardHelpOptions = true,
        versionProvider = Cli.Version.class)
public final class Cli {
    /// A command line was wrong: nothing was done.
    public static final int USAGE = 2;

    private Cli() {}

    /// Runs one command line.
    ///
    /// @param rooms opens what a command needs
    /// @return the exit code: 0 when done, 1 when the answer is no or something failed, 2 when the command line is
    /// wrong
    public static int run(Rooms rooms, PrintWriter out, PrintWriter err, String... args) {
        return run(rooms, System.in, out, err, args);
    }

    /// The same with another standard input.
    static int run(Rooms rooms, InputStream in, PrintWriter out, PrintWriter err, String... args) {
        CommandLine line = new CommandLine(new Cli())
                .addSubcommand(new UpCommand(rooms))
                .addSubcommand(new WarmUpCommand(rooms))
                .addSubcommand(new TokenCommand(rooms))
                .addSubcommand(AgentCommand.line(rooms))
                .addSubcommand(new AgentCommand.Person(rooms))
                .addSubcommand(new DemoCommand(rooms))
                .addSubcommand(PolicyCommand.line(rooms))
                .addSubcommand(AccessCommand.line(rooms))
                .addSubcommand(ContractCommand.line(rooms))
                .addSubcommand(AuditCommand.line(rooms))
                .addSubcommand(new ReplayCommand(rooms))
                .addSubcommand(new RollbackCommand(rooms))
                .addSubcommand(new HaltCommand.Set(rooms))
                .addSubcommand(new HaltCommand.Clear(rooms))
                .addSubcommand(new HaltCommand.Listing(rooms))
                .addSubcommand(ExceptionsCommand.line(rooms))
                .addSubcommand(ApprovalsCommand.line(rooms))
                .addSubcommand(ConsoleCommand.line(rooms))
                .addSubcommand(SecretCommand.line(rooms, in))
                .addSubcommand(KeysCommand.line(rooms))
                .addSubcommand(CedarCommand.line())
                .addSubcommand(new InspectCommand())
                .addSubcommand(new ScenariosCommand(rooms))
                .setCaseInsensitiveEnumValuesAllowed(true)
                // A mistyped option is not a value of the one before it.
                .setUnmatchedOptionsAllowedAsOptionParameters(false)
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((failure, command, _) -> {
                    command.getErr().println("tollgate: " + Failures.explain(failure));
                    return CommandLine.ExitCode.SOFTWARE;
                });
        if (args.length == 0) {
            line.usage(out);
            return USAGE;
        }
        return line.execute(args);
    }

    /// The version in the jar's manifest.
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Cli.class.getPackage().getImplementationVersion();
            return new String[] {"tollgate " + (version == null ? "0.1.0-SNAPSHOT" : version)};
        }
    }
}
