// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

import dev.tollgate.policy.Bundles;
import dev.tollgate.policy.bundle.BundleFiles;
import dev.tollgate.policy.bundle.Loading;
import dev.tollgate.terms.PolicyVersion;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tollgate policy`: checks, activates, rolls back and lists policy bundles. An activation is seen by the next call on
/// every node.
@Command(
        name = "policy",
        description = "Check, activate, roll back and list policy bundles.",
        mixinStandardHelpOptions = true)
final class PolicyCommand {
    /// Activations that `list` shows at most.
    private static final int LIST_MAX = 50;

    private PolicyCommand() {}

    static CommandLine line(Rooms rooms) {
        return new CommandLine(new PolicyCommand())
                .addSubcommand(new Check(rooms))
                .addSubcommand(new Activate(rooms))
                .addSubcommand(new Rollback(rooms))
                .addSubcommand(new Listing(rooms));
    }

    /// What the subcommands share.
    abstract static class Sub implements Callable<Integer> {
        final Rooms rooms;

        @Spec
        @Nullable
        CommandSpec spec;

        @Mixin
        Where where = new Where();

        Sub(Rooms rooms) {
            this.rooms = rooms;
        }

        abstract int run(Bundles bundles, PrintWriter out);

        @Override
        public Integer call() {
            try (Workbench bench = rooms.open(where)) {
                return run(
                        bench.bundles(),
                        Objects.requireNonNull(spec).commandLine().getOut());
            }
        }

        static BundleFiles files(Path folder) {
            try {
                return BundleFiles.of(folder);
            } catch (UncheckedIOException | IllegalArgumentException unreadable) {
                throw new CommandFailure("the bundle folder cannot be read or is too large");
            }
        }

        static int report(Loading loading, String done, PrintWriter out) {
            return switch (loading) {
                case Loading.Loaded loaded -> {
                    out.println(done + " " + loaded.bundle().version() + " ("
                            + loaded.bundle().label() + "), " + loaded.tests().size() + " policy tests passed");
                    yield 0;
                }
                case Loading.Invalid invalid -> {
                    invalid.problems().all().forEach(out::println);
                    yield 1;
                }
            };
        }
    }

    @Command(
            name = "check",
            description = "Validate a bundle and run its tests; changes nothing.",
            mixinStandardHelpOptions = true)
    static final class Check extends Sub {
        @Parameters(paramLabel = "DIR", description = "the bundle's folder")
        private Path folder = Path.of("");

        Check(Rooms rooms) {
            super(rooms);
        }

        @Override
        int run(Bundles bundles, PrintWriter out) {
            return report(bundles.check(files(folder)), "valid:", out);
        }
    }

    @Command(name = "activate", description = "Put a bundle in force, if it is valid.", mixinStandardHelpOptions = true)
    static final class Activate extends Sub {
        @Parameters(paramLabel = "DIR", description = "the bundle's folder")
        private Path folder = Path.of("");

        @Option(
                names = "--by",
                paramLabel = "WHO",
                required = true,
                description = "who puts it in force, for the record")
        private String by = "";

        Activate(Rooms rooms) {
            super(rooms);
        }

        @Override
        int run(Bundles bundles, PrintWriter out) {
            return report(bundles.activate(files(folder), by), "in force:", out);
        }
    }

    @Command(name = "rollback", description = "Put an earlier version in force again.", mixinStandardHelpOptions = true)
    static final class Rollback extends Sub {
        @Parameters(paramLabel = "VERSION", description = "sha256:…, as `list` prints it")
        private String version = "";

        @Option(
                names = "--by",
                paramLabel = "WHO",
                required = true,
                description = "who puts it in force, for the record")
        private String by = "";

        Rollback(Rooms rooms) {
            super(rooms);
        }

        @Override
        int run(Bundles bundles, PrintWriter out) {
            if (!bundles.rollback(new PolicyVersion(version), by)) {
                throw new CommandFailure("no such version was ever in force here");
            }
            out.println("in force: " + version);
            return 0;
        }
    }

    @Command(name = "list", description = "What was in force, newest first.", mixinStandardHelpOptions = true)
    static final class Listing extends Sub {
        Listing(Rooms rooms) {
            super(rooms);
        }

        @Override
        int run(Bundles bundles, PrintWriter out) {
            bundles.history(LIST_MAX)
                    .forEach(line ->
                            out.println(line.at() + "  " + line.version() + "  " + line.label() + "  by " + line.by()));
            return 0;
        }
    }
}
