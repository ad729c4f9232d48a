// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

import dev.tollgate.console.access.AccessBook;
import dev.tollgate.governance.review.Reviewed;
import dev.tollgate.policy.AccessLine;
import dev.tollgate.policy.AccessReview;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.policy.bundle.BundleLoader;
import dev.tollgate.policy.bundle.Loading;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.WorkflowId;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tollgate access`: what agents may do by the policies, what of it they used, and what changes about it.
@Command(
        name = "access",
        description = "Review what agents may do, beside what they used; propose to narrow it; compare two bundles.",
        mixinStandardHelpOptions = true)
final class AccessCommand {
    private AccessCommand() {}

    static CommandLine line(Rooms rooms) {
        return new CommandLine(new AccessCommand())
                .addSubcommand(new Review(rooms))
                .addSubcommand(new Keep(rooms))
                .addSubcommand(new Narrow(rooms))
                .addSubcommand(new Diff());
    }

    private static String text(AccessLine line) {
        return line.verb().word() + " " + line.dataClass().name() + " -> " + line.destination() + ", "
                + line.view().word() + " (" + String.join(", ", line.objects()) + ")"
                + (line.condition().isEmpty() ? "" : ", when " + line.condition());
    }

    private static String day(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    @Command(
            name = "review",
            description = "Every agent, workflow, class, destination and view, with the condition that remains.",
            mixinStandardHelpOptions = true)
    static final class Review extends BenchCommand {
        @Option(names = "--agent", paramLabel = "ID", description = "one agent of several")
        private @Nullable String agent;

        @Option(names = "--unused", description = "only what was not used in the last 90 days")
        private boolean unused;

        Review(Rooms rooms) {
            super(rooms);
        }

        @Override
        int run(Workbench bench, PrintWriter out) {
            AccessBook.Open book = passed(bench.access().open());
            out.println("policy " + book.bundle().version().value() + " ("
                    + book.bundle().label() + ")");
            if (!book.whole()) {
                out.println("the log is longer than what was counted so far: run it again");
            }
            String heading = "";
            for (AccessBook.Row row : book.rows()) {
                AccessLine line = row.line();
                if ((agent == null || line.agent().value().equals(agent)) && !(unused && row.times() > 0)) {
                    String now = heading(book, line);
                    if (!now.equals(heading)) {
                        out.println(now);
                        heading = now;
                    }
                    out.println("  " + used(row) + "  " + text(line));
                }
            }
            return 0;
        }

        private static String used(AccessBook.Row row) {
            return row.last().map(at -> row.times() + " calls, last " + day(at)).orElse("unused in 90 days");
        }

        private static String heading(AccessBook.Open book, AccessLine line) {
            String reviewed = book.last(line.agent(), line.workflow())
                    .map(one -> one.verdict().word() + " " + day(one.at()) + " by " + one.reviewer() + ", next "
                            + day(one.next()))
                    .orElse("never reviewed");
            return line.agent() + " in " + line.workflow() + " (tier " + line.tier() + ", " + line.zone() + "): "
                    + reviewed + "; exceptions in 90 days: "
                    + book.drift().getOrDefault(line.agent().value(), 0L);
        }
    }

    /// What reviews of one agent in one workflow share.
    abstract static class Decided extends BenchCommand {
        @Parameters(index = "0", paramLabel = "AGENT", description = "whose access")
        String agent = "";

        @Parameters(index = "1", paramLabel = "WORKFLOW", description = "in which workflow")
        String workflow = "";

        @Option(names = "--by", paramLabel = "WHO", required = true, description = "who looked, for the record")
        String by = "";

        @Option(
                names = "--next-days",
                paramLabel = "N",
                description = "when somebody looks again (default: ${DEFAULT-VALUE})",
                defaultValue = "90")
        long days;

        Decided(Rooms rooms) {
            super(rooms);
        }

        AgentId agent() {
            return new AgentId(agent);
        }

        WorkflowId workflow() {
            return new WorkflowId(workflow);
        }
    }

    @Command(name = "keep", description = "Write down that all of it is needed.", mixinStandardHelpOptions = true)
    static final class Keep extends Decided {
        Keep(Rooms rooms) {
            super(rooms);
        }

        @Override
        int run(Workbench bench, PrintWriter out) {
            Bundle bundle = passed(bench.access().open()).bundle();
            Reviewed reviewed = bench.access().keep(bundle, agent(), workflow(), by, Duration.ofDays(days));
            out.println("kept, next review " + day(reviewed.next()));
            return 0;
        }
    }

    @Command(
            name = "narrow",
            description = "Print a change that takes classes away from a workflow, and write the review down.",
            mixinStandardHelpOptions = true)
    static final class Narrow extends Decided {
        @Option(
                names = "--drop",
                paramLabel = "CLASS",
                split = ",",
                description = "classes to take away (default: those that nobody used in 90 days)")
        private List<String> drop = List.of();

        Narrow(Rooms rooms) {
            super(rooms);
        }

        @Override
        int run(Workbench bench, PrintWriter out) {
            AccessBook.Open book = passed(bench.access().open());
            Set<DataClass> away = (drop.isEmpty() ? book.unused(workflow()).stream() : drop.stream())
                    .map(DataClass::new)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            out.print(bench.access()
                    .narrow(book.bundle(), agent(), workflow(), by, Duration.ofDays(days), away)
                    .patch());
            return 0;
        }
    }

    /// Requirement S0-40: whoever reviews a new tool sees which data and destinations come with it.
    @Command(
            name = "diff",
            description = "What another bundle lets agents do more (+) and less (-) than one does.",
            mixinStandardHelpOptions = true)
    static final class Diff implements Callable<Integer> {
        @Spec
        private @Nullable CommandSpec spec;

        @Parameters(index = "0", paramLabel = "OLD", description = "folder of the one bundle")
        private Path old = Path.of("");

        @Parameters(index = "1", paramLabel = "NEW", description = "folder of the other")
        private Path other = Path.of("");

        @Override
        public Integer call() {
            PrintWriter out =
                    java.util.Objects.requireNonNull(spec).commandLine().getOut();
            Set<String> before = lines(old);
            Set<String> after = lines(other);
            print(out, "- ", before, line -> !after.contains(line));
            print(out, "+ ", after, line -> !before.contains(line));
            return before.equals(after) ? 0 : 1;
        }

        private static void print(PrintWriter out, String mark, Set<String> lines, Predicate<String> wanted) {
            lines.stream().filter(wanted).forEach(line -> out.println(mark + line));
        }

        private static Set<String> lines(Path folder) {
            return switch (BundleLoader.load(PolicyCommand.Sub.files(folder))) {
                case Loading.Loaded loaded ->
                    Stream.concat(
                                    tools(loaded.bundle()),
                                    AccessReview.of(loaded.bundle(), Instant.EPOCH).stream()
                                            .map(line -> line.agent() + " in " + line.workflow() + ": " + text(line)))
                            .collect(Collectors.toCollection(LinkedHashSet::new));
                case Loading.Invalid invalid ->
                    throw new CommandFailure("the bundle in `" + folder + "` does not load: "
                            + invalid.problems().all().getFirst());
            };
        }

        private static Stream<String> tools(Bundle bundle) {
            return bundle.catalog().contracts().stream()
                    .flatMap(contract -> contract.tools().stream()
                            .map(tool ->
                                    "tool " + tool.name() + ": " + tool.verb().word() + " " + contract.system() + "/"
                                            + tool.object() + " -> " + tool.destination()));
        }
    }
}
