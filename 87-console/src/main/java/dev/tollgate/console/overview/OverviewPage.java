// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.overview;

import dev.tollgate.audit.DecisionCounts;
import dev.tollgate.console.page.Answer;
import dev.tollgate.console.page.Moments;
import dev.tollgate.console.page.Page;
import dev.tollgate.console.person.People;
import dev.tollgate.console.person.Person;
import dev.tollgate.console.web.Visit;
import dev.tollgate.governance.exception.ExceptionCase;
import dev.tollgate.governance.exception.ExceptionQueue;
import dev.tollgate.governance.halt.Halt;
import dev.tollgate.governance.halt.KillSwitch;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

/// The first page: what waits for this person, what is stopped, what was decided.
public final class OverviewPage implements Page {
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("HH:00").withZone(ZoneOffset.UTC);
    private static final int HOURS = 24;
    private static final String PART = "overview";

    private final Page approvals;
    private final ExceptionQueue exceptions;
    private final KillSwitch halts;
    private final DecisionCounts decisions;
    private final People people;
    private final InstantSource clock;

    /// @param approvals the page that knows what waits for whom
    public OverviewPage(
            Page approvals,
            ExceptionQueue exceptions,
            KillSwitch halts,
            DecisionCounts decisions,
            People people,
            InstantSource clock) {
        this.approvals = approvals;
        this.exceptions = exceptions;
        this.halts = halts;
        this.decisions = decisions;
        this.people = people;
        this.clock = clock;
    }

    @Override
    public String path() {
        return "";
    }

    @Override
    public String title() {
        return "Overview";
    }

    @Override
    public Answer answer(Visit visit, Person who) {
        Overview overview = overview(who);
        return visit.query().containsKey("part")
                ? new Answer.Part(PART + "part", overview)
                : new Answer.Whole(200, title(), PART, overview);
    }

    @Override
    public String pulse(Person who) {
        return open(who) + " " + halts.list().size() + " " + decisions.newest();
    }

    private Overview overview(Person who) {
        Instant now = clock.instant();
        List<DecisionCounts.Hour> counted = decisions.hours(now, HOURS, people.of(who.tenant()));
        List<Halt> stopped = halts.list();
        long permitted =
                counted.stream().mapToLong(DecisionCounts.Hour::permitted).sum();
        long refused = counted.stream().mapToLong(DecisionCounts.Hour::refused).sum();
        long waiting = approvals.waiting(who);
        long open = open(who);
        List<Overview.Hour> hours = counted.stream()
                .map(hour -> new Overview.Hour(HOUR.format(hour.from()), hour.permitted(), hour.refused()))
                .toList();
        long highest = hours.stream()
                .mapToLong(hour -> hour.permitted() + hour.refused())
                .max()
                .orElse(0);
        String halted =
                stopped.stream().map(one -> one.scope().toString()).limit(3).collect(Collectors.joining(", "));
        return new Overview(
                List.of(
                        new Overview.Tile(
                                "Waiting for you", String.valueOf(waiting), "approvals", waiting > 0, "approvals"),
                        new Overview.Tile(
                                "Exceptions", String.valueOf(open), "open, by their owners", open > 0, "exceptions"),
                        new Overview.Tile(
                                "Stopped",
                                String.valueOf(stopped.size()),
                                halted.isEmpty() ? "no kill switch is on" : halted,
                                !stopped.isEmpty(),
                                "agents"),
                        new Overview.Tile(
                                "Decisions",
                                String.valueOf(permitted + refused),
                                refused + " refused in 24 h",
                                false,
                                "")),
                hours,
                Math.max(1, highest),
                Moments.at(now));
    }

    /// How many exceptions of the tenant nobody has taken.
    private long open(Person who) {
        return exceptions.unsettled(who.tenant()).stream()
                .filter(some -> some.state() == ExceptionCase.State.OPEN)
                .mapToLong(ExceptionQueue.Unsettled::many)
                .sum();
    }
}
