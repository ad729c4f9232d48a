// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.exceptions;

import dev.tollgate.audit.AuditQuestions;
import dev.tollgate.console.page.Answer;
import dev.tollgate.console.page.Moments;
import dev.tollgate.console.page.Page;
import dev.tollgate.console.person.People;
import dev.tollgate.console.person.Person;
import dev.tollgate.console.web.Visit;
import dev.tollgate.governance.Paged;
import dev.tollgate.governance.exception.CallAsTest;
import dev.tollgate.governance.exception.ExceptionCase;
import dev.tollgate.governance.exception.ExceptionCase.Resolution;
import dev.tollgate.governance.exception.ExceptionCase.State;
import dev.tollgate.governance.exception.ExceptionQueue;
import dev.tollgate.governance.exception.ExceptionReport;
import dev.tollgate.policy.Bundles;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The exceptions of a person's tenant. Who answers for one, by name or by role, takes and resolves it
/// (requirement S4-19); so does whoever answers for everything that nobody else does.
public final class ExceptionsPage implements Page {
    private static final String PATH = "exceptions";
    private static final int PERCENT = 100;

    /// `exceptions/ID` is the policy test of an exception, `exceptions/ID?file` the same to keep.
    private static final String FILE = "file";

    private final ExceptionQueue queue;
    private final People people;
    private final Bundles bundles;
    private final AuditQuestions log;
    private final InstantSource clock;

    /// The page over this queue.
    ///
    /// @param bundles the policy that a call becomes a test of
    /// @param log     of this node, where the evidence is
    public ExceptionsPage(
            ExceptionQueue queue, People people, Bundles bundles, AuditQuestions log, InstantSource clock) {
        this.queue = queue;
        this.bundles = bundles;
        this.log = log;
        this.people = people;
        this.clock = clock;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public String title() {
        return "Exceptions";
    }

    @Override
    public long waiting(Person who) {
        return queue.unsettled(who.tenant()).stream()
                .filter(some -> owns(who, some.owner()))
                .mapToLong(ExceptionQueue.Unsettled::many)
                .sum();
    }

    @Override
    public String pulse(Person who) {
        return queue.list(who.tenant(), Optional.empty(), Optional.empty(), 1).items().stream()
                .map(one -> one.id() + one.amount())
                .findFirst()
                .orElse("");
    }

    @Override
    public Answer answer(Visit visit, Person who) {
        if (visit.post()) {
            return act(visit, who);
        }
        return visit.item().map(id -> test(id, who, visit.query())).orElseGet(() -> shown(200, who, ""));
    }

    /// The call as a test of the policy, to be looked at or kept (requirement S4-19).
    private Answer test(String id, Person who, Map<String, String> query) {
        Optional<ExceptionCase> found = queue.find(who.tenant(), id).filter(one -> owns(who, one));
        if (found.isEmpty()) {
            return new Answer.Said(
                    404, "There is no such exception", "Nothing is here, or nothing that you answer for.", PATH);
        }
        return switch (CallAsTest.of(found.get(), log::text, bundles.active())) {
            case CallAsTest.Drawn.None(String why) ->
                new Answer.Said(409, "There is no policy test of this", "No test was made: " + why + ".", PATH);
            case CallAsTest.Drawn.Test(String yaml)
            when query.containsKey(FILE) -> new Answer.Kept(id + ".yaml", "application/yaml", yaml);
            case CallAsTest.Drawn.Test(String yaml) ->
                new Answer.Whole(
                        200,
                        "Policy test",
                        "policytest",
                        new TestText(found.get().report().reason(), yaml, "/console/exceptions/" + id + "?" + FILE));
        };
    }

    private Answer shown(int status, Person who, String problem) {
        return new Answer.Whole(status, title(), PATH, list(who, problem));
    }

    private Answer act(Visit visit, Person who) {
        String id = visit.item().orElse("");
        Optional<ExceptionCase> found = queue.find(who.tenant(), id);
        if (found.isEmpty()) {
            return shown(404, who, "Nothing was done: there is no such exception. Reload the page.");
        }
        if (!owns(who, found.get())) {
            return shown(403, who, "Nothing was done: somebody else answers for this exception.");
        }
        if (visit.field("act").equals("take")) {
            return ended(queue.take(who.tenant(), id, who.user()), who);
        }
        Optional<Resolution> how = Arrays.stream(Resolution.values())
                .filter(one -> one.name().equals(visit.field("how")))
                .findFirst();
        if (!visit.field("act").equals("resolve") || how.isEmpty()) {
            return shown(400, who, "Nothing was done: say how it ended, and what was done.");
        }
        return ended(
                queue.resolve(
                        who.tenant(),
                        id,
                        who.user(),
                        how.get(),
                        visit.field("remark").strip()),
                who);
    }

    private Answer ended(Step<ExceptionCase> step, Person who) {
        return switch (step) {
            case Step.Passed<ExceptionCase> _ -> new Answer.Moved(PATH);
            case Step.Refused<ExceptionCase>(Refusal why) ->
                shown(409, who, "Nothing was done: " + why.explain() + ".");
        };
    }

    private boolean owns(Person who, ExceptionCase one) {
        return owns(who, one.report().owner());
    }

    private boolean owns(Person who, String owner) {
        return who.user().value().equals(owner) || who.roles().contains(owner) || people.answersForTheRest(who);
    }

    private ExceptionList list(Person who, String problem) {
        List<ExceptionList.Row> rows = new ArrayList<>();
        boolean more = false;
        for (State state : List.of(State.OPEN, State.IN_REVIEW)) {
            Paged<ExceptionCase> page = queue.list(who.tenant(), Optional.of(state), Optional.empty(), Paged.LIMIT_MAX);
            page.items().forEach(one -> rows.add(row(one, who)));
            more |= page.next().isPresent();
        }
        return new ExceptionList(rows, more, problem);
    }

    private ExceptionList.Row row(ExceptionCase one, Person who) {
        return new ExceptionList.Row(
                one.id(),
                one.report().reason(),
                one.report().kind().word(),
                one.report().rule().value(),
                one.report().agent().value(),
                one.report().owner(),
                one.amount(),
                owns(who, one),
                one.state() == State.OPEN,
                ruled(one.report()),
                one.taken().map(taken -> taken.by().value()).orElse(""),
                left(one.opened(), one.reviewBy()),
                left(one.opened(), one.remedyBy()));
    }

    private static boolean ruled(ExceptionReport report) {
        return !report.evidence().isEmpty()
                && switch (report.kind()) {
                    case RULE, ANOMALY, UNCERTAIN, CONTENT -> true;
                    case BUDGET, ROLLBACK, DECOY, FLOOD -> false;
                };
    }

    private ExceptionList.Left left(Instant from, Instant until) {
        Duration left = Duration.between(clock.instant(), until);
        if (left.isNegative() || left.isZero()) {
            return new ExceptionList.Left(0, "ran out " + Moments.span(left) + " ago");
        }
        long whole = Math.max(1, Duration.between(from, until).toMillis());
        return new ExceptionList.Left(
                Math.clamp(left.toMillis() * PERCENT / whole, 0, PERCENT), Moments.span(left) + " left");
    }
}
