// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.access;

import dev.tollgate.console.access.AccessView.Asked;
import dev.tollgate.console.page.Answer;
import dev.tollgate.console.page.Moments;
import dev.tollgate.console.page.Page;
import dev.tollgate.console.person.People;
import dev.tollgate.console.person.Person;
import dev.tollgate.console.web.Visit;
import dev.tollgate.policy.AccessLine;
import dev.tollgate.policy.Narrowing;
import dev.tollgate.policy.bundle.AgentRecord;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.WorkflowId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What agents of a person's tenant may do, computed from the policies in force, beside what of it was used; and a
/// change that narrows it, one click away (requirement S0-42). The page changes no policy: it proposes, and writes
/// down who looked.
public final class AccessPage implements Page {
    private static final String PATH = "access";
    private static final String CHANGE = "change";
    private static final String PATCH = "patch";
    private static final int TEXT_CHARS_MAX = 256;
    private static final Set<String> USES = Set.of("", "used", "unused");

    /// When somebody looks again: as often as use is counted for.
    private static final Duration AGAIN = Duration.ofDays(90);

    private final AccessBook book;
    private final People people;

    /// The page over this book.
    public AccessPage(AccessBook book, People people) {
        this.book = book;
        this.people = people;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public String title() {
        return "Access";
    }

    @Override
    public boolean visibleTo(Person who) {
        return people.answers(who);
    }

    @Override
    public String pulse(Person who) {
        return people.bundle().map(bundle -> bundle.version().value()).orElse("");
    }

    @Override
    public Answer answer(Visit visit, Person who) {
        return switch (book.open(who.tenant())) {
            case Step.Refused<AccessBook.Open> _ ->
                new Answer.Said(503, "No policy is in force", "Every call is refused until a bundle is activated.", "");
            case Step.Passed<AccessBook.Open> passed -> opened(passed.state(), visit, who);
        };
    }

    private Answer opened(AccessBook.Open open, Visit visit, Person who) {
        if (visit.post()) {
            return decided(open, visit, who);
        }
        return switch (visit.item().orElse("")) {
            case "" -> shown(open, visit.query(), who, 200, "");
            case CHANGE ->
                proposed(open, visit.query(), who)
                        .<Answer>map(change -> new Answer.Whole(200, "Narrow access", "accesschange", change))
                        .orElseGet(() -> nothing(open, who));
            case PATCH ->
                proposed(open, visit.query(), who)
                        .<Answer>map(change -> new Answer.Kept("narrow.patch", "text/x-diff", change.patch()))
                        .orElseGet(() -> nothing(open, who));
            default -> new Answer.Said(404, "There is no such page", "Nothing is here.", PATH);
        };
    }

    private Answer nothing(AccessBook.Open open, Person who) {
        return shown(
                open,
                Map.of(),
                who,
                404,
                "There is nothing to take away there: every class is used, or the workflow must be edited by hand.");
    }

    /// The agents that act for anybody of the person's tenant.
    private static Set<AgentId> served(AccessBook.Open open, Person who) {
        return open.bundle().agents().values().stream()
                .filter(agent -> open.bundle().users().values().stream()
                        .anyMatch(user -> user.tenant().equals(who.tenant()) && agent.actsFor(user)))
                .map(AgentRecord::id)
                .collect(Collectors.toSet());
    }

    private Answer shown(AccessBook.Open open, Map<String, String> query, Person who, int status, String problem) {
        Asked asked =
                new Asked(text(query, "agent"), text(query, "workflow"), text(query, "class"), text(query, "use"));
        boolean odd = !USES.contains(asked.use())
                || Stream.of(asked.agent(), asked.workflow(), asked.dataClass())
                        .anyMatch(text -> text.length() > TEXT_CHARS_MAX);
        AccessView view = odd
                ? view(
                        open,
                        new Asked("", "", "", ""),
                        served(open, who),
                        "Nothing was asked: one of the fields is odd.")
                : view(open, asked, served(open, who), problem);
        return new Answer.Whole(odd ? 400 : status, title(), PATH, view);
    }

    private static String text(Map<String, String> query, String name) {
        return query.getOrDefault(name, "").strip();
    }

    private static AccessView view(AccessBook.Open open, Asked asked, Set<AgentId> served, String problem) {
        List<AccessBook.Row> mine = open.rows().stream()
                .filter(row -> served.contains(row.line().agent()))
                .toList();
        Map<List<String>, List<AccessBook.Row>> groups = new LinkedHashMap<>();
        for (AccessBook.Row row : mine) {
            if (wanted(row, asked)) {
                AccessLine line = row.line();
                groups.computeIfAbsent(
                                List.of(line.agent().value(), line.workflow().value()), _ -> new ArrayList<>())
                        .add(row);
            }
        }
        List<AccessView.Group> shown =
                groups.values().stream().map(rows -> group(open, rows)).toList();
        return new AccessView(
                open.whole(),
                sorted(mine, row -> row.line().agent().value()),
                sorted(mine, row -> row.line().workflow().value()),
                asked,
                shown.stream().mapToInt(group -> group.lines().size()).sum(),
                shown.stream().mapToInt(AccessView.Group::unused).sum(),
                shown,
                problem);
    }

    private static List<String> sorted(List<AccessBook.Row> rows, Function<AccessBook.Row, String> name) {
        return List.copyOf(rows.stream().map(name).collect(Collectors.toCollection(TreeSet::new)));
    }

    private static boolean wanted(AccessBook.Row row, Asked asked) {
        AccessLine line = row.line();
        boolean use = asked.use().isEmpty() || asked.use().equals("used") == row.times() > 0;
        return use
                && (asked.agent().isEmpty() || line.agent().value().equals(asked.agent()))
                && (asked.workflow().isEmpty() || line.workflow().value().equals(asked.workflow()))
                && line.dataClass().name().contains(asked.dataClass());
    }

    private static AccessView.Group group(AccessBook.Open open, List<AccessBook.Row> rows) {
        AccessLine first = rows.getFirst().line();
        String reviewed = open.last(first.agent(), first.workflow())
                .map(one -> one.verdict().word() + " " + Moments.at(one.at()) + " by " + one.reviewer() + ", again by "
                        + Moments.at(one.next()))
                .orElse("never reviewed");
        return new AccessView.Group(
                first.agent().value(),
                first.workflow().value(),
                "tier " + first.tier() + ", " + first.zone(),
                reviewed,
                open.drift().getOrDefault(first.agent().value(), 0L),
                (int) rows.stream().filter(row -> row.times() == 0).count(),
                List.copyOf(open.unused(first.workflow())),
                rows.stream().map(AccessPage::line).toList());
    }

    private static AccessView.Line line(AccessBook.Row row) {
        AccessLine line = row.line();
        return new AccessView.Line(
                line.verb().word(),
                line.dataClass().name(),
                String.join(", ", line.objects()),
                line.destination(),
                line.view().word(),
                line.condition(),
                row.last()
                        .map(at -> row.times()
                                + (row.times() == 1 ? " call, last " : " calls, last ")
                                + at.toString().substring(0, 10))
                        .orElse(""));
    }

    private Optional<AccessView.Proposed> proposed(AccessBook.Open open, Map<String, String> named, Person who) {
        Optional<Chosen> chosen = chosen(open, named, who);
        return chosen.flatMap(one -> {
            Set<DataClass> away = away(open, one.workflow());
            return book.proposed(open.bundle(), one.workflow(), away)
                    .map((Narrowing change) -> new AccessView.Proposed(
                            one.agent().value(),
                            one.workflow().value(),
                            away.stream().map(DataClass::name).sorted().collect(Collectors.joining(", ")),
                            change.file(),
                            change.patch()));
        });
    }

    private record Chosen(AgentId agent, WorkflowId workflow) {}

    /// An agent of the person's tenant in a workflow that it runs.
    private static Optional<Chosen> chosen(AccessBook.Open open, Map<String, String> named, Person who) {
        return served(open, who).stream()
                .filter(agent -> agent.value().equals(named.getOrDefault("agent", "")))
                .findFirst()
                .flatMap(agent -> Optional.ofNullable(open.bundle().agents().get(agent)))
                .flatMap(agent -> agent.workflows().stream()
                        .filter(workflow -> workflow.value().equals(named.getOrDefault("workflow", "")))
                        .findFirst()
                        .map(workflow -> new Chosen(agent.id(), workflow)));
    }

    private static Set<DataClass> away(AccessBook.Open open, WorkflowId workflow) {
        return open.unused(workflow).stream().map(DataClass::new).collect(Collectors.toSet());
    }

    private Answer decided(AccessBook.Open open, Visit visit, Person who) {
        Optional<Chosen> chosen = chosen(open, visit.form(), who);
        if (chosen.isEmpty()) {
            return shown(open, Map.of(), who, 404, "Nothing was done: no agent of your people runs that workflow.");
        }
        AgentId agent = chosen.get().agent();
        WorkflowId workflow = chosen.get().workflow();
        String by = who.user().value();
        switch (visit.field("act")) {
            case "keep" -> book.keep(open.bundle(), agent, workflow, by, AGAIN);
            case "narrow" -> {
                Set<DataClass> away = away(open, workflow);
                if (book.proposed(open.bundle(), workflow, away).isEmpty()) {
                    return nothing(open, who);
                }
                book.narrow(open.bundle(), agent, workflow, by, AGAIN, away);
            }
            default -> {
                return shown(open, Map.of(), who, 400, "Nothing was done: keep or narrow.");
            }
        }
        return new Answer.Moved(PATH + "?agent=" + encoded(agent.value()) + "&workflow=" + encoded(workflow.value()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
