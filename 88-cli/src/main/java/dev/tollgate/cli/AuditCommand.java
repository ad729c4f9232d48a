// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

import dev.tollgate.audit.Access;
import dev.tollgate.audit.Action;
import dev.tollgate.audit.AuditLineage;
import dev.tollgate.audit.AuditReport;
import dev.tollgate.audit.Authorised;
import dev.tollgate.audit.Page;
import dev.tollgate.terms.CanonicalJson;
import dev.tollgate.terms.RequestId;
import dev.tollgate.terms.Value;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tollgate audit`: checks the log and answers auditors.
@Command(name = "audit", description = "Check the audit log and answer auditors.", mixinStandardHelpOptions = true)
final class AuditCommand {
    /// Pages that one answer is made of at most; more is asked for by a shorter time.
    private static final int PAGES_MAX = 1_000;

    /// Later than any entry, and within what the index counts in microseconds.
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    /// How long before a message its sources are looked for: as long as the usual bundle remembers what is restricted.
    private static final Duration LOOKED_BACK = Duration.ofDays(30);

    private AuditCommand() {}

    static CommandLine line(Rooms rooms) {
        return new CommandLine(new AuditCommand())
                .addSubcommand(new Verify(rooms))
                .addSubcommand(new Ask(rooms))
                .addSubcommand(new Erase(rooms));
    }

    /// What the subcommands share.
    abstract static class Sub implements Callable<Integer> {
        private final Rooms rooms;

        @Spec
        @Nullable
        CommandSpec spec;

        @Mixin
        Where where = new Where();

        Sub(Rooms rooms) {
            this.rooms = rooms;
        }

        abstract int run(Workbench bench, PrintWriter out);

        @Override
        public Integer call() {
            try (Workbench bench = rooms.open(where)) {
                return run(bench, Objects.requireNonNull(spec).commandLine().getOut());
            }
        }
    }

    @Command(
            name = "verify",
            description = "Check the log independently of the code that wrote it. Exits with 1 when anything is wrong.",
            mixinStandardHelpOptions = true)
    static final class Verify extends Sub {
        @Option(
                names = "--witness",
                paramLabel = "FILE",
                description = "a checkpoint that was kept elsewhere; finds a past that was rewritten and signed again")
        private List<Path> witnesses = List.of();

        Verify(Rooms rooms) {
            super(rooms);
        }

        @Override
        int run(Workbench bench, PrintWriter out) {
            List<String> notes = new ArrayList<>();
            for (Path witness : witnesses) {
                try {
                    notes.add(Files.readString(witness));
                } catch (IOException unreadable) {
                    throw new CommandFailure("the checkpoint file cannot be read");
                }
            }
            AuditReport report = bench.verify(notes);
            report.log().problems().forEach(out::println);
            report.log().remarks().forEach(out::println);
            report.findings().forEach(out::println);
            out.println((report.sound() ? "sound" : "NOT SOUND") + ": "
                    + report.log().size() + " entries, "
                    + report.decisions() + " decisions, " + report.openCount() + " without outcome, " + report.kept()
                    + " personal values kept, " + report.erased() + " erased, " + report.missing() + " missing");
            out.println("root " + report.log().root());
            return report.sound() ? 0 : 1;
        }
    }

    @Command(
            name = "ask",
            description = {
                "Answer an auditor, one JSON object a line:",
                "  --customer ID --date DAY              which fields of a customer were accessed on a day",
                "  --agent ID --user ID --from T --to T  every action of an agent for a person between two moments",
                "  --decision ID                         what the agent was authorised to do",
                "  --message REQUEST                     what may be in what a call sent or wrote, from which fields",
                "  --customer ID --field NAME --date DAY where a field of a customer may have gone since it was shown",
                "  --administered                        what people and the gateway itself decided"
            },
            mixinStandardHelpOptions = true)
    static final class Ask extends Sub {
        @Option(names = "--customer", paramLabel = "ID", description = "a record or customer id")
        private @Nullable String customer;

        @Option(names = "--of", paramLabel = "SYSTEM/OBJECT", description = "where the customer id means something")
        private @Nullable String scope;

        @Option(names = "--date", paramLabel = "DAY", description = "a day in UTC, such as 2026-11-21")
        private @Nullable String date;

        @Option(names = "--agent", paramLabel = "ID", description = "an agent")
        private @Nullable String agent;

        @Option(names = "--user", paramLabel = "ID", description = "a person")
        private @Nullable String user;

        @Option(names = "--from", paramLabel = "TIME", description = "such as 2026-11-21T00:00:00Z, inclusive")
        private @Nullable String from;

        @Option(names = "--to", paramLabel = "TIME", description = "exclusive")
        private @Nullable String to;

        @Option(names = "--decision", paramLabel = "ID", description = "a decision id")
        private @Nullable String decision;

        @Option(names = "--message", paramLabel = "REQUEST", description = "the request id of a call")
        private @Nullable String message;

        @Option(names = "--field", paramLabel = "NAME", description = "a field, such as email")
        private @Nullable String field;

        @Option(
                names = "--administered",
                description = "approvals, stops, exceptions, rollbacks, activations: who, when, what")
        private boolean administered;

        Ask(Rooms rooms) {
            super(rooms);
        }

        @Override
        int run(Workbench bench, PrintWriter out) {
            if (decision != null) {
                Optional<Authorised> authorised = bench.questions().authorised(decision);
                authorised.ifPresent(found -> out.println(AuditLines.authorised(found)));
                return authorised.isPresent() ? 0 : 1;
            }
            if (message != null) {
                Optional<AuditLineage.Made> made =
                        bench.questions().lineage().made(new RequestId(message), LOOKED_BACK);
                made.ifPresent(found -> out.println(AuditLines.made(found)));
                return made.isPresent() ? 0 : 1;
            }
            Instant begin = date == null ? moment(from, "--from", Instant.EPOCH) : day(date);
            Instant end = date == null ? moment(to, "--to", LAST) : day(date).plusSeconds(86_400);
            if (administered) {
                Administration.told(bench, begin, end, out);
                return 0;
            }
            if (customer != null && field != null) {
                bench.questions()
                        .lineage()
                        .gone(Optional.ofNullable(scope), customer, field, begin, end)
                        .forEach(gone -> out.println(AuditLines.gone(gone)));
                return 0;
            }
            if (customer != null) {
                accesses(bench, customer, begin, end, out);
                return 0;
            }
            if (agent != null && user != null) {
                actions(bench, agent, user, begin, end, out);
                return 0;
            }
            throw new CommandFailure(
                    "ask with `--customer` and `--date`, with `--agent` and `--user`, or with `--decision`");
        }

        private void accesses(Workbench bench, String id, Instant begin, Instant end, PrintWriter out) {
            long after = 0;
            for (int page = 0; page < PAGES_MAX; page++) {
                Page<Access> found = bench.questions().accesses(Optional.ofNullable(scope), id, begin, end, after);
                found.rows().forEach(access -> out.println(AuditLines.access(access)));
                if (!found.more()) {
                    return;
                }
                after = found.next();
            }
        }

        private static void actions(
                Workbench bench, String agent, String user, Instant begin, Instant end, PrintWriter out) {
            long after = 0;
            for (int page = 0; page < PAGES_MAX; page++) {
                Page<Action> found = bench.questions().actions(agent, user, begin, end, after);
                found.rows().forEach(action -> out.println(AuditLines.action(action)));
                if (!found.more()) {
                    return;
                }
                after = found.next();
            }
        }

        private static Instant day(String text) {
            try {
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            } catch (DateTimeParseException wrong) {
                throw new CommandFailure("`--date` takes a day such as 2026-11-21");
            }
        }

        private static Instant moment(@Nullable String text, String option, Instant otherwise) {
            try {
                return text == null ? otherwise : Instant.parse(text);
            } catch (DateTimeParseException wrong) {
                throw new CommandFailure("`" + option + "` takes a moment such as 2026-11-21T00:00:00Z");
            }
        }
    }

    @Command(
            name = "erase",
            description = "Erase the personal values about a customer. The log stays whole and still verifies.",
            mixinStandardHelpOptions = true)
    static final class Erase extends Sub {
        @Option(names = "--customer", paramLabel = "ID", required = true, description = "a record or customer id")
        private String customer = "";

        @Option(names = "--by", paramLabel = "WHO", required = true, description = "who erases, for the log")
        private String by = "";

        @Option(
                names = "--reference",
                paramLabel = "ID",
                description = "the request that is answered, for the log: an id, never a name of the customer")
        private String reference = "";

        Erase(Rooms rooms) {
            super(rooms);
        }

        @Override
        int run(Workbench bench, PrintWriter out) {
            int erased = bench.erase(customer, by, reference);
            out.println(CanonicalJson.text(new Value.Fields(new TreeMap<>(Map.of("erased", Value.of(erased))))));
            return 0;
        }
    }
}
