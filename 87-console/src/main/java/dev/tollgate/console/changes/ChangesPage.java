// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.changes;

import dev.tollgate.console.page.Answer;
import dev.tollgate.console.page.Moments;
import dev.tollgate.console.page.Page;
import dev.tollgate.console.person.People;
import dev.tollgate.console.person.Person;
import dev.tollgate.console.web.Visit;
import dev.tollgate.governance.Paged;
import dev.tollgate.governance.change.Diff;
import dev.tollgate.governance.change.Piece;
import dev.tollgate.governance.journal.ChangeJournal;
import dev.tollgate.governance.journal.JournalEntry;
import dev.tollgate.governance.journal.RollbackDesk;
import dev.tollgate.governance.journal.RollbackRun;
import dev.tollgate.governance.journal.Selection;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Step;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What agents changed for a person's tenant, and rollback by agent after a preview (requirement S4-21). Seen by
/// whoever answers for some rule; a node of the gateway does the work.
public final class ChangesPage implements Page {
    private static final String PATH = "changes";
    private static final int ROWS = 50;
    private static final int RUNS = 8;
    private static final int AGENT_CHARS_MAX = 200;

    private final ChangeJournal journal;
    private final RollbackDesk desk;
    private final People people;

    /// The page over this journal.
    public ChangesPage(ChangeJournal journal, RollbackDesk desk, People people) {
        this.journal = journal;
        this.desk = desk;
        this.people = people;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public String title() {
        return "Changes";
    }

    @Override
    public boolean visibleTo(Person who) {
        return people.answers(who);
    }

    @Override
    public String pulse(Person who) {
        String runs = desk.list(who.tenant(), Optional.empty(), RUNS).items().stream()
                .map(run -> run.id() + run.state().word())
                .collect(Collectors.joining(" "));
        String newest = journal.list(everything(who), Optional.empty(), 1).items().stream()
                .map(entry -> entry.id().value() + entry.outcome())
                .findFirst()
                .orElse("");
        return runs + " " + newest;
    }

    @Override
    public Answer answer(Visit visit, Person who) {
        if (visit.post()) {
            return ask(visit, who);
        }
        if (visit.item().isEmpty()) {
            return shown(200, visit.query().getOrDefault("agent", "").strip(), who, "");
        }
        return desk.find(who.tenant(), visit.item().get())
                .<Answer>map(run -> new Answer.Whole(200, "Rollback", "rollback", view(run, who)))
                .orElseGet(() -> new Answer.Said(
                        404, "There is no such rollback", "It may be another team's, or long forgotten.", PATH));
    }

    private Answer shown(int status, String agent, Person who, String problem) {
        Optional<AgentId> only = agent(agent);
        Selection which = new Selection(
                who.tenant(),
                only,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Selection.LAST_MAX);
        Paged<JournalEntry> page = journal.list(which, Optional.empty(), ROWS);
        List<ChangeList.Run> runs = desk.list(who.tenant(), Optional.empty(), RUNS).items().stream()
                .map(ChangesPage::run)
                .toList();
        List<ChangeList.Row> rows = page.items().stream().map(ChangesPage::row).toList();
        return new Answer.Whole(
                status,
                title(),
                PATH,
                new ChangeList(
                        only.map(AgentId::value).orElse(""), rows, page.next().isPresent(), runs, problem));
    }

    private static Optional<AgentId> agent(String name) {
        boolean possible = !name.isEmpty()
                && name.length() <= AGENT_CHARS_MAX
                && name.chars().noneMatch(Character::isISOControl);
        return possible ? Optional.of(new AgentId(name)) : Optional.empty();
    }

    private static Selection everything(Person who) {
        return new Selection(
                who.tenant(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1);
    }

    private static ChangeList.Row row(JournalEntry entry) {
        String reverted = entry.revert().state() == JournalEntry.RevertState.NONE
                ? ""
                : entry.revert().state().name().toLowerCase(Locale.ROOT);
        return new ChangeList.Row(
                entry.change().target().tool().value(),
                Diff.of(entry.change()),
                entry.change().agent().value(),
                entry.change().user().value(),
                Moments.at(entry.at()),
                entry.cause().reason(),
                Piece.of(entry.cause().said().orElse("")),
                entry.cause().rule().value(),
                entry.outcome().name().toLowerCase(Locale.ROOT),
                reverted,
                entry.change().reversibility());
    }

    private static ChangeList.Run run(RollbackRun run) {
        return new ChangeList.Run(
                run.id(),
                run.which().agent().map(AgentId::value).orElse("by time, rule or task"),
                run.by().value(),
                Moments.at(run.asked()),
                run.state().word(),
                run.apply());
    }

    private Answer ask(Visit visit, Person who) {
        String name = visit.field("agent").strip();
        Optional<AgentId> agent = agent(name);
        Optional<Integer> last = last(visit.field("last").strip());
        boolean apply = visit.field("act").equals("apply");
        String why = visit.field("why").strip();
        if (agent.isEmpty() || last.isEmpty() || !(apply || visit.field("act").equals("preview"))) {
            return shown(400, name, who, "Nothing was asked: name an agent, and how many of its newest changes.");
        }
        if (apply && why.isEmpty()) {
            return shown(400, name, who, "Nothing was done: say why.");
        }
        Selection which = Selection.lastOf(who.tenant(), agent.get(), last.get());
        return switch (desk.ask(which, apply, who.user(), why.isEmpty() ? "a look" : why)) {
            case Step.Passed<String>(String id) -> new Answer.Moved(PATH + "/" + id);
            case Step.Refused<String> refused ->
                shown(409, name, who, "Nothing was asked: " + refused.why().explain());
        };
    }

    private static Optional<Integer> last(String text) {
        if (!text.matches("[0-9]{1,5}")) {
            return Optional.empty();
        }
        int last = Integer.parseInt(text);
        return last >= 1 && last <= Selection.LAST_MAX ? Optional.of(last) : Optional.empty();
    }

    private RunView view(RollbackRun run, Person who) {
        boolean running = run.state() == RollbackRun.State.QUEUED || run.state() == RollbackRun.State.RUNNING;
        List<RunView.Line> lines = desk.lines(who.tenant(), run.id(), 0, Paged.LIMIT_MAX).stream()
                .map(line -> new RunView.Line(
                        line.entry().change().target().tool().value(),
                        Diff.of(line.entry().change()),
                        Moments.at(line.entry().at()),
                        line.end().word(),
                        line.by().orElse("")))
                .toList();
        List<RunView.End> ends = run.ends().entrySet().stream()
                .filter(end -> end.getValue() > 0)
                .sorted(java.util.Map.Entry.comparingByKey())
                .map(end -> new RunView.End(end.getKey().word(), end.getValue()))
                .toList();
        return new RunView(
                run.id(),
                run.apply(),
                run.state().word(),
                running,
                run.by().value(),
                run.why(),
                run.problem().orElse(""),
                ends,
                lines,
                run.which().agent().map(AgentId::value).orElse(""),
                run.which().last());
    }
}
