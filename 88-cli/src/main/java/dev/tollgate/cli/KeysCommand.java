// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

import dev.tollgate.secrets.KeyHome;
import dev.tollgate.secrets.SigningKeys.Purpose;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `tollgate keys`: the signing keys of a deployment, in a folder or in a token, and how they change. Every step counts
/// for a node from its next start on.
@Command(
        name = "keys",
        description = "List, rotate, promote and retire the keys that sign tokens (docs/secrets.md).",
        mixinStandardHelpOptions = true)
final class KeysCommand {
    private KeysCommand() {}

    static CommandLine line(Rooms rooms) {
        return new CommandLine(new KeysCommand())
                .addSubcommand(new Listing(rooms))
                .addSubcommand(new Rotate(rooms))
                .addSubcommand(new Promote(rooms))
                .addSubcommand(new Retire(rooms));
    }

    /// A step of one purpose's key.
    abstract static class Turn extends BenchCommand {
        @Parameters(paramLabel = "PURPOSE", description = "`delegation` or `token`")
        private Purpose purpose = Purpose.TOKEN;

        @Option(names = "--by", paramLabel = "WHO", required = true, description = "who does it, for the audit log")
        private String by = "";

        private final String step;

        Turn(Rooms rooms, String step) {
            super(rooms);
            this.step = step;
        }

        /// Does it; the id of the key that it is about, empty when it is gone.
        abstract String turn(KeyHome keys, Purpose of);

        /// What to do next.
        abstract String next(Purpose of);

        @Override
        final int run(Workbench bench, PrintWriter out) {
            try {
                String key = turn(bench.keys(), purpose);
                bench.keysChanged(by, step + " " + purpose.word(), key);
                out.println(key + (key.isEmpty() ? "" : ": ") + next(purpose));
                return 0;
            } catch (KeyHome.OutOfTurn wrong) {
                throw new CommandFailure(String.valueOf(wrong.getMessage()));
            }
        }
    }

    @Command(name = "list", description = "The keys whose signatures count.", mixinStandardHelpOptions = true)
    static final class Listing extends BenchCommand {
        Listing(Rooms rooms) {
            super(rooms);
        }

        @Override
        int run(Workbench bench, PrintWriter out) {
            for (Purpose purpose : Purpose.values()) {
                bench.keys()
                        .accepted(purpose)
                        .forEach((slot, key) -> out.println(
                                purpose.word() + "  " + slot.name().toLowerCase(Locale.ROOT) + "  " + key.keyId()));
            }
            return 0;
        }
    }

    @Command(name = "rotate", description = "Make the next key.", mixinStandardHelpOptions = true)
    static final class Rotate extends Turn {
        Rotate(Rooms rooms) {
            super(rooms, "rotate");
        }

        @Override
        String turn(KeyHome keys, Purpose of) {
            return keys.rotate(of).keyId();
        }

        @Override
        String next(Purpose of) {
            return "made; start every node anew, then `tollgate keys promote " + of.word() + "`";
        }
    }

    @Command(name = "promote", description = "Let the next key sign.", mixinStandardHelpOptions = true)
    static final class Promote extends Turn {
        Promote(Rooms rooms) {
            super(rooms, "promote");
        }

        @Override
        String turn(KeyHome keys, Purpose of) {
            return keys.promote(of).keyId();
        }

        @Override
        String next(Purpose of) {
            return "signs; start every node anew, and 15 minutes later `tollgate keys retire " + of.word() + "`";
        }
    }

    @Command(name = "retire", description = "Accept the key before it no more.", mixinStandardHelpOptions = true)
    static final class Retire extends Turn {
        Retire(Rooms rooms) {
            super(rooms, "retire");
        }

        @Override
        String turn(KeyHome keys, Purpose of) {
            keys.retire(of);
            return "";
        }

        @Override
        String next(Purpose of) {
            return "the old " + of.word() + " key is retired; start every node anew";
        }
    }
}
