// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

import dev.tollgate.secrets.SealedSecrets;
import dev.tollgate.terms.SecretValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `tollgate secret`: the encrypted file of credentials. A secret is read from standard input and never printed: on a
/// command line every process of the machine could see it.
@Command(
        name = "secret",
        description = "Keep, list and forget credentials in the encrypted file of this deployment.",
        mixinStandardHelpOptions = true)
final class SecretCommand {
    /// One more than the file keeps, so that a longer one is refused and not cut.
    private static final int BYTES_MAX = 65_537;

    private SecretCommand() {}

    /// @param in where a secret is read
    static CommandLine line(Rooms rooms, InputStream in) {
        return new CommandLine(new SecretCommand())
                .addSubcommand(new Set(rooms, in))
                .addSubcommand(new Listing(rooms))
                .addSubcommand(new Remove(rooms));
    }

    /// What the subcommands share.
    abstract static class Sub extends BenchCommand {
        Sub(Rooms rooms) {
            super(rooms);
        }

        abstract void run(SealedSecrets secrets, PrintWriter out) throws IOException;

        @Override
        final int run(Workbench bench, PrintWriter out) {
            try {
                run(bench.secrets(), out);
                return 0;
            } catch (SealedSecrets.Unreadable wrong) {
                throw new CommandFailure(String.valueOf(wrong.getMessage()));
            } catch (IOException broken) {
                throw new CommandFailure("the sealed secrets cannot be read or written");
            }
        }
    }

    @Command(
            name = "set",
            description = "Keep a secret from standard input, in place of the one that had its name.",
            mixinStandardHelpOptions = true)
    static final class Set extends Sub {
        private final InputStream in;

        @Parameters(paramLabel = "NAME", description = "lower-case letters, digits and `-`")
        private String name = "";

        Set(Rooms rooms, InputStream in) {
            super(rooms);
            this.in = in;
        }

        @Override
        void run(SealedSecrets secrets, PrintWriter out) throws IOException {
            byte[] bytes = in.readNBytes(BYTES_MAX + 1);
            secrets.put(name, SecretValue.of(text(bytes)));
            out.println("kept: " + name);
        }

        /// Without the line end that a terminal or `echo` adds.
        private static String text(byte[] bytes) {
            try {
                String text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
                return text.replaceFirst("\\r?\\n\\z", "");
            } catch (CharacterCodingException _) {
                throw new CommandFailure("a secret is UTF-8 text");
            }
        }
    }

    @Command(name = "list", description = "The names that are kept.", mixinStandardHelpOptions = true)
    static final class Listing extends Sub {
        Listing(Rooms rooms) {
            super(rooms);
        }

        @Override
        void run(SealedSecrets secrets, PrintWriter out) throws IOException {
            secrets.names().forEach(out::println);
        }
    }

    @Command(name = "remove", description = "Forget a secret.", mixinStandardHelpOptions = true)
    static final class Remove extends Sub {
        @Parameters(paramLabel = "NAME", description = "as `list` prints it")
        private String name = "";

        Remove(Rooms rooms) {
            super(rooms);
        }

        @Override
        void run(SealedSecrets secrets, PrintWriter out) throws IOException {
            if (!secrets.remove(name)) {
                throw new CommandFailure("no such secret, see `list`");
            }
            out.println("forgotten: " + name);
        }
    }
}
