// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.audit;

import dev.tollgate.audit.Access;
import dev.tollgate.audit.Action;
import dev.tollgate.audit.AuditQuestions;
import dev.tollgate.audit.StoredEntry;
import dev.tollgate.console.page.Answer;
import dev.tollgate.console.page.Moments;
import dev.tollgate.console.page.Page;
import dev.tollgate.console.person.People;
import dev.tollgate.console.person.Person;
import dev.tollgate.console.web.Visit;
import dev.tollgate.terms.RequestId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The two auditors' questions, and one call as its way through the log. Shows a person their own tenant's calls only,
/// and whoever answers for no rule nothing at all. Values are never shown: views, rules and results are.
public final class AuditPage implements Page {
    private static final String PATH = "audit";
    private static final int ID_CHARS_MAX = 256;
    private static final List<String> DAYS = List.of("date", "from", "to");

    private final AuditQuestions questions;
    private final People people;
    private final InstantSource clock;

    /// Questions to the log of this node.
    public AuditPage(AuditQuestions questions, People people, InstantSource clock) {
        this.questions = questions;
        this.people = people;
        this.clock = clock;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public String title() {
        return "Audit";
    }

    @Override
    public boolean visibleTo(Person who) {
        return people.answers(who);
    }

    @Override
    public Answer answer(Visit visit, Person who) {
        if (visit.item().isPresent()) {
            return call(visit.item().get(), who);
        }
        Map<String, String> asked = new TreeMap<>(visit.query());
        asked.replaceAll((name, text) -> text.strip());
        if (asked.values().stream().anyMatch(text -> text.length() > ID_CHARS_MAX)) {
            return whole(400, none(Map.of(), "Nothing was asked: one of the fields is too long."));
        }
        String today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString();
        DAYS.forEach(day -> asked.putIfAbsent(day, today));
        try {
            if (!asked.getOrDefault("customer", "").isEmpty()) {
                return whole(200, seen(asked, who));
            }
            boolean both = !asked.getOrDefault("agent", "").isEmpty()
                    && !asked.getOrDefault("user", "").isEmpty();
            return whole(200, both ? did(asked, who) : none(asked, ""));
        } catch (DateTimeParseException _) {
            DAYS.forEach(day -> asked.put(day, today));
            return whole(400, none(asked, "Nothing was asked: a day is written as 2026-11-21."));
        }
    }

    private Answer whole(int status, AuditFound found) {
        return new Answer.Whole(status, title(), "audit", found);
    }

    private static AuditFound none(Map<String, String> asked, String problem) {
        return new AuditFound(asked, problem, false, List.of(), List.of(), "");
    }

    private static Instant start(Map<String, String> asked, String name) {
        return LocalDate.parse(asked.getOrDefault(name, ""))
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }

    private AuditFound seen(Map<String, String> asked, Person who) {
        Instant from = start(asked, "date");
        dev.tollgate.audit.Page<Access> page = questions.accesses(
                Optional.empty(), asked.getOrDefault("customer", ""), from, from.plus(Duration.ofDays(1)), 0);
        List<AuditFound.Seen> rows = page.rows().stream()
                .filter(access -> access.tenant().equals(who.tenant().value()))
                .map(AuditPage::seen)
                .toList();
        return new AuditFound(asked, "", true, rows, List.of(), note(page.more(), page.indexed()));
    }

    private static AuditFound.Seen seen(Access access) {
        return new AuditFound.Seen(
                access.request(),
                Moments.exactly(access.at()),
                access.agent(),
                access.user(),
                access.intent().orElse(""),
                access.tool(),
                access.record(),
                access.result(),
                access.proven(),
                access.fields().stream()
                        .map(field -> new AuditFound.Field(
                                field.field(),
                                field.view().word(),
                                field.dataClass(),
                                String.join(", ", field.rules())))
                        .toList());
    }

    private AuditFound did(Map<String, String> asked, Person who) {
        dev.tollgate.audit.Page<Action> page = questions.actions(
                asked.getOrDefault("agent", ""),
                asked.getOrDefault("user", ""),
                start(asked, "from"),
                start(asked, "to").plus(Duration.ofDays(1)),
                0);
        List<AuditFound.Did> rows = page.rows().stream()
                .filter(action -> action.tenant().equals(who.tenant().value()))
                .map(action -> new AuditFound.Did(
                        action.request(),
                        Moments.exactly(action.at()),
                        action.tool(),
                        action.object(),
                        action.result().orElse("no outcome: a crash"),
                        String.join(", ", action.rules())))
                .toList();
        return new AuditFound(asked, "", true, List.of(), rows, note(page.more(), page.indexed()));
    }

    private static String note(boolean more, long indexed) {
        String rest = more ? " Only the first are shown: ask about a shorter time, or use `tollgate audit ask`." : "";
        return "Read from this node's log, up to entry " + indexed + "." + rest;
    }

    private Answer call(String request, Person who) {
        List<StoredEntry> entries = request.isBlank() || request.length() > ID_CHARS_MAX
                ? List.of()
                : questions.call(new RequestId(request));
        boolean theirs = entries.stream()
                .anyMatch(entry -> entry.text("caller/tenant")
                        .filter(who.tenant().value()::equals)
                        .isPresent());
        if (!theirs) {
            return new Answer.Said(
                    404,
                    "There is no such call",
                    "This node's log has no call with this id that is for you. Ask on the node that served it.",
                    PATH);
        }
        return new Answer.Whole(200, "Call", "auditcall", CallTrail.of(request, entries));
    }
}
