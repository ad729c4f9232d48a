// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

import dev.tollgate.governance.Paged;
import dev.tollgate.governance.exception.CallAsTest;
import dev.tollgate.governance.exception.ExceptionCase;
import dev.tollgate.governance.exception.ExceptionCase.Resolution;
import dev.tollgate.governance.exception.ExceptionCase.State;
import dev.tollgate.governance.exception.ExceptionQueue;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.UserId;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `tollgate exceptions`: what went wrong and waits for a person.
@Command(
        name = "exceptions",
        description = "List, show, take and resolve what went wrong and waits for a person.",
        mixinStandardHelpOptions = true)
final class ExceptionsCommand {
    /// Pages of one list at most: the queue has room for no more.
    private static final int PAGES_MAX = 100;

    private ExceptionsCommand() {}

    static CommandLine line(Rooms rooms) {
        return new CommandLine(new ExceptionsCommand())
                .addSubcommand(new Listing(rooms))
                .addSubcommand(new Show(rooms))
                .addSubcommand(new Take(rooms))
                .addSubcommand(new Resolve(rooms));
    }

    /// What the subcommands share.
    abstract static class Sub extends BenchCommand {
        @Option(names = "--tenant", paramLabel = "ID", description = "whose queue (default: the only tenant's)")
        @Nullable
        String tenant;

        Sub(Rooms rooms) {
            super(rooms);
        }

        static ExceptionCase found(ExceptionQueue queue, TenantId whose, String id) {
            return queue.find(whose, id).orElseThrow(() -> new CommandFailure("no such exception, see `list`"));
        }
    }

    @Command(name = "list", description = "What waits, the newest first.", mixinStandardHelpOptions = true)
    static final class Listing extends Sub {
        @Option(names = "--all", description = "the resolved ones too")
        private boolean all;

        Listing(Rooms rooms) {
            super(rooms);
        }

        @Override
        int run(Workbench bench, PrintWriter out) {
            TenantId whose = tenant(bench.bundles(), tenant, "");
            Optional<String> cursor = Optional.empty();
            for (int pages = 0; pages < PAGES_MAX; pages++) {
                Paged<ExceptionCase> page =
                        bench.people().exceptions().list(whose, Optional.empty(), cursor, Paged.LIMIT_MAX);
                page.items().stream()
                        .filter(one -> all || one.state() != State.RESOLVED)
                        .forEach(one -> out.println(text(one)));
                cursor = page.next();
                if (cursor.isEmpty()) {
                    return 0;
                }
            }
            return 0;
        }

        private static String text(ExceptionCase one) {
            return one.id() + "  " + one.opened() + "  " + one.state().word() + "  "
                    + one.report().severity() + "  " + one.report().kind().word() + "  x" + one.amount() + "  "
                    + one.report().agent() + "  " + one.report().rule() + "  owner "
                    + one.report().owner()
                    + one.breached().stream().map(clock -> "  OVERDUE " + clock).collect(Collectors.joining());
        }
    }

    @Command(name = "show", description = "One exception, with its evidence.", mixinStandardHelpOptions = true)
    static final class Show extends Sub {
        @Parameters(paramLabel = "ID", description = "as `list` prints it")
        private String id = "";

        @Option(
                names = "--as-policy-test",
                description = "print the call as a test of a bundle's `tests` folder; replace what is made up")
        private boolean test;

        Show(Rooms rooms) {
            super(rooms);
        }

        @Override
        int run(Workbench bench, PrintWriter out) {
            TenantId whose = tenant(bench.bundles(), tenant, "");
            ExceptionCase one = found(bench.people().exceptions(), whose, id);
            if (test) {
                out.print(
                        switch (CallAsTest.of(
                                one, bench.questions()::text, bench.bundles().active())) {
                            case CallAsTest.Drawn.Test drawn -> drawn.yaml();
                            case CallAsTest.Drawn.None none -> throw new CommandFailure(none.why());
                        });
                return 0;
            }
            out.println("reason    " + one.report().reason());
            out.println("state     " + one.state().word() + ", " + one.amount() + " times, first " + one.opened()
                    + ", last " + one.last());
            out.println("owner     " + one.report().owner());
            out.println("agent     " + one.report().agent()
                    + one.report().user().map(user -> " for " + user).orElse("")
                    + one.report()
                            .tool()
                            .map(ToolName::value)
                            .map(tool -> ", tool " + tool)
                            .orElse(""));
            out.println("review by " + one.reviewBy() + ", remedy by " + one.remedyBy()
                    + (one.breached().isEmpty() ? "" : ", overdue: " + one.breached()));
            one.taken().ifPresent(taken -> out.println("taken     by " + taken.by() + " at " + taken.at()));
            one.resolved()
                    .ifPresent(end -> out.println(
                            "resolved  " + end.how() + " by " + end.by() + " at " + end.at() + ": " + end.remark()));
            out.println("evidence  log entries " + one.report().evidence());
            CallAsTest.evidence(one, bench.questions()::text).ifPresent(out::println);
            return 0;
        }
    }

    @Command(
            name = "take",
            description = "Say that somebody looks at it, which stops the review clock.",
            mixinStandardHelpOptions = true)
    static final class Take extends Sub {
        @Parameters(paramLabel = "ID", description = "as `list` prints it")
        private String id = "";

        @Option(names = "--by", paramLabel = "WHO", required = true, description = "who looks at it")
        private String by = "";

        Take(Rooms rooms) {
            super(rooms);
        }

        @Override
        int run(Workbench bench, PrintWriter out) {
            TenantId whose = tenant(bench.bundles(), tenant, by);
            passed(bench.people().exceptions().take(whose, id, new UserId(by)));
            out.println("taken: " + id);
            return 0;
        }
    }

    @Command(name = "resolve", description = "Say how it ended.", mixinStandardHelpOptions = true)
    static final class Resolve extends Sub {
        @Parameters(paramLabel = "ID", description = "as `list` prints it")
        private String id = "";

        @Option(names = "--by", paramLabel = "WHO", required = true, description = "who ended it")
        private String by = "";

        @Option(names = "--how", paramLabel = "HOW", required = true, description = "${COMPLETION-CANDIDATES}")
        private Resolution how = Resolution.DISMISSED;

        @Option(names = "--remark", paramLabel = "TEXT", required = true, description = "what was done")
        private String remark = "";

        Resolve(Rooms rooms) {
            super(rooms);
        }

        @Override
        int run(Workbench bench, PrintWriter out) {
            TenantId whose = tenant(bench.bundles(), tenant, by);
            passed(bench.people().exceptions().resolve(whose, id, new UserId(by), how, remark));
            out.println("resolved: " + id);
            return 0;
        }
    }
}
