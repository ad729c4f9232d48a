// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

import dev.tollgate.governance.Paged;
import dev.tollgate.governance.journal.JournalEntry;
import dev.tollgate.governance.journal.RollbackDesk;
import dev.tollgate.governance.journal.RollbackRun;
import dev.tollgate.governance.journal.RollbackRun.State;
import dev.tollgate.governance.journal.Selection;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.TaskId;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.UserId;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `tollgate rollback`: takes back what agents changed, after a look at what would be.
@Command(
        name = "rollback",
        description = {
            "Take back what agents changed. Looks by default; `--apply` does it.",
            "What somebody edited since is left as it is and goes to the exception queue.",
            "A running gateway does the work; what it did stands in the audit log."
        },
        mixinStandardHelpOptions = true)
final class RollbackCommand extends BenchCommand {
    private static final int POLL_MILLIS = 100;

    /// A run of 10,000 changes takes well below a minute; after so many polls somebody had better look.
    private static final int POLLS_MAX = 6_000;

    /// A gateway that runs takes a run on within a second.
    private static final int POLLS_QUEUED_MAX = 150;

    @Option(names = "--agent", paramLabel = "ID", description = "changes of this agent")
    private @Nullable String agent;

    @Option(names = "--last", paramLabel = "N", description = "so many of the newest at most (default and most: 10000)")
    private int last = Selection.LAST_MAX;

    @Option(names = "--from", paramLabel = "TIME", description = "made at or after, such as 2026-11-21T00:00:00Z")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "made before")
    private @Nullable String to;

    @Option(names = "--rule", paramLabel = "ID", description = "permitted by this rule")
    private @Nullable String rule;

    @Option(names = "--task", paramLabel = "ID", description = "made in this task")
    private @Nullable String task;

    @Option(names = "--tenant", paramLabel = "ID", description = "whose records (default: those of `--by`)")
    private @Nullable String tenant;

    @Option(names = "--by", paramLabel = "WHO", required = true, description = "who asks, for the record")
    private String by = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "why, for the record; `--apply` needs it")
    private String reason = "";

    @ArgGroup
    private Mode mode = new Mode();

    /// What to do.
    static final class Mode {
        @Option(names = "--preview", description = "only look: what can be taken back, and what not (the default)")
        private boolean preview;

        @Option(names = "--apply", description = "take back what can be")
        private boolean apply;
    }

    RollbackCommand(Rooms rooms) {
        super(rooms);
    }

    @Override
    int run(Workbench bench, PrintWriter out) {
        boolean apply = mode.apply && !mode.preview;
        if (apply && reason.isBlank()) {
            throw new CommandFailure("`--apply` needs `--reason`");
        }
        TenantId whose = tenant(bench.bundles(), tenant, by);
        Selection which = new Selection(
                whose,
                Optional.ofNullable(agent).map(AgentId::new),
                moment(from, "--from"),
                moment(to, "--to"),
                Optional.ofNullable(rule).map(RuleId::new),
                Optional.ofNullable(task).map(TaskId::new),
                last);
        RollbackDesk desk = bench.rollbacks();
        String id = passed(desk.ask(which, apply, new UserId(by), reason.isBlank() ? "a look" : reason));
        RollbackRun run = ended(desk, whose, id);
        if (run.state() == State.FAILED) {
            throw new CommandFailure(run.problem().orElse("it did not end"));
        }
        print(desk, whose, run, out);
        return 0;
    }

    private static RollbackRun ended(RollbackDesk desk, TenantId whose, String id) {
        for (int polls = 0; polls < POLLS_MAX; polls++) {
            RollbackRun run = desk.find(whose, id).orElseThrow(() -> new CommandFailure("the run is gone"));
            if (run.state() == State.DONE || run.state() == State.FAILED) {
                return run;
            }
            if (run.state() == State.QUEUED && polls >= POLLS_QUEUED_MAX) {
                throw new CommandFailure("no gateway takes it on: start one, it does run " + id
                        + " then, and the audit log tells of it");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
        }
        throw new CommandFailure("it is still under way: the audit log tells when run " + id + " ends");
    }

    private static void print(RollbackDesk desk, TenantId whose, RollbackRun run, PrintWriter out) {
        int from = 0;
        List<RollbackRun.Line> page = desk.lines(whose, run.id(), from, Paged.LIMIT_MAX);
        while (!page.isEmpty()) {
            page.forEach(line -> out.println(text(line)));
            from += page.size();
            page = desk.lines(whose, run.id(), from, Paged.LIMIT_MAX);
        }
        StringBuilder sum = new StringBuilder(run.apply() ? "rollback " : "preview ").append(run.id());
        run.ends().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .forEach(end -> sum.append(", ")
                        .append(end.getValue())
                        .append(' ')
                        .append(end.getKey().word()));
        out.println(sum);
    }

    /// Names of fields, never values: those are customer data.
    private static String text(RollbackRun.Line line) {
        JournalEntry entry = line.entry();
        return line.end().word() + "  " + entry.at() + "  "
                + entry.change().target().system() + "/"
                + entry.change().target().object() + "/"
                + entry.record().map(Object::toString).orElse("-") + "  "
                + String.join(",", entry.touched()) + "  by " + entry.change().agent()
                + line.by().map(who -> "  edited by " + who).orElse("");
    }

    private static Optional<Instant> moment(@Nullable String text, String option) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException _) {
            throw new CommandFailure("`" + option + "` is a moment such as 2026-11-21T00:00:00Z");
        }
    }
}
