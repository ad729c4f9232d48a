// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

import dev.tollgate.audit.Page;
import dev.tollgate.audit.RecordedCalls;
import dev.tollgate.policy.DecisionPoint;
import dev.tollgate.policy.bundle.BundleFiles;
import dev.tollgate.policy.bundle.BundleLoader;
import dev.tollgate.policy.bundle.Loading;
import dev.tollgate.replay.Redecide;
import dev.tollgate.replay.Replayed;
import dev.tollgate.replay.Timeline;
import dev.tollgate.terms.CanonicalJson;
import dev.tollgate.terms.RequestId;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tollgate replay`: decides recorded calls again, and tells an incident.
@Command(
        name = "replay",
        description = {
            "Decide recorded calls again from the log alone, one JSON object a line and a summary.",
            "Under the bundle that decided each; with --bundle under another one: what would it have changed?",
            "Exits with 1 when anything comes out otherwise than it is in the log."
        },
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
    /// Pages that are looked through: five million entries. More is asked for by a shorter time.
    private static final int PAGES_MAX = 10_000;

    /// Later than any entry, and still a number of microseconds.
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private final Rooms rooms;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    Where where = new Where();

    @Option(names = "--call", paramLabel = "REQUEST", description = "the request id of one call")
    private @Nullable String call;

    @Option(names = "--task", paramLabel = "ID", description = "every call of a task")
    private @Nullable String task;

    @Option(names = "--agent", paramLabel = "ID", description = "every call of an agent")
    private @Nullable String agent;

    @Option(names = "--from", paramLabel = "TIME", description = "such as 2026-11-21T00:00:00Z, inclusive")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "exclusive")
    private @Nullable String to;

    @Option(names = "--bundle", paramLabel = "FOLDER", description = "a bundle that is asked instead; it stays unused")
    private @Nullable Path bundle;

    @Option(names = "--story", description = "in sentences for people, rather than JSON")
    private boolean story;

    ReplayCommand(Rooms rooms) {
        this.rooms = rooms;
    }

    @Override
    public Integer call() {
        if (call == null && task == null && agent == null && from == null) {
            throw new CommandFailure("say what to replay: `--call`, `--task`, `--agent` or `--from`");
        }
        try (Workbench bench = rooms.open(where)) {
            Redecide redecide = new Redecide(bench.bundles()::version, instead());
            PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
            Timeline timeline = new Timeline();
            RecordedCalls recorded = bench.questions().recorded();
            if (call == null) {
                between(recorded, redecide, timeline, out);
            } else {
                recorded.call(new RequestId(call)).forEach(one -> tell(one, redecide, timeline, out));
            }
            out.println(CanonicalJson.text(timeline.summary()));
            return timeline.differs() ? 1 : 0;
        }
    }

    private Optional<DecisionPoint> instead() {
        if (bundle == null) {
            return Optional.empty();
        }
        Loading loading;
        try {
            // Its own tests are not run: a bundle that breaks a promise is what somebody may want to look at.
            loading = BundleLoader.load(BundleFiles.of(bundle));
        } catch (UncheckedIOException | IllegalArgumentException unreadable) {
            throw new CommandFailure("the bundle cannot be read");
        }
        return switch (loading) {
            case Loading.Loaded loaded -> Optional.of(new DecisionPoint(loaded.bundle(), new SecureRandom()));
            case Loading.Invalid invalid -> throw new CommandFailure("the bundle is not valid:\n" + invalid.problems());
        };
    }

    private void between(RecordedCalls recorded, Redecide redecide, Timeline timeline, PrintWriter out) {
        RecordedCalls.Wanted wanted = new RecordedCalls.Wanted(
                Optional.ofNullable(agent),
                Optional.ofNullable(task),
                moment(from, "--from", Instant.EPOCH),
                moment(to, "--to", LATEST));
        long after = 0;
        for (int page = 0; page < PAGES_MAX; page++) {
            Page<RecordedCalls.Kept> found = recorded.between(wanted, after);
            found.rows().forEach(one -> tell(one, redecide, timeline, out));
            if (!found.more()) {
                return;
            }
            after = found.next();
        }
        throw new CommandFailure("there is more: ask for a shorter time");
    }

    private void tell(RecordedCalls.Kept one, Redecide redecide, Timeline timeline, PrintWriter out) {
        Replayed again = redecide.again(one);
        String line = CanonicalJson.text(timeline.line(one, again));
        if (story) {
            Timeline.story(one, again).forEach(out::println);
        } else {
            out.println(line);
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
