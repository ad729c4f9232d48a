// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.agents;

import dev.tollgate.audit.AuditQuestions;
import dev.tollgate.console.page.Answer;
import dev.tollgate.console.page.Moments;
import dev.tollgate.console.page.Page;
import dev.tollgate.console.person.People;
import dev.tollgate.console.person.Person;
import dev.tollgate.console.web.Visit;
import dev.tollgate.governance.halt.Halt;
import dev.tollgate.governance.halt.HaltScope;
import dev.tollgate.governance.oversight.Stops;
import dev.tollgate.policy.bundle.AgentRecord;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The agents that act for people of a person's tenant, and the kill switch of each (requirement B-12). Whoever
/// answers for some rule may stop one and let it go. An agent that serves several tenants stops for all of them:
/// stopping is the safe side, and the log says who did it.
public final class AgentsPage implements Page {
    private static final String PATH = "agents";
    private static final int WHY_CHARS_MAX = 1_000;

    /// Calls of one agent that are shown: enough to see what it is at. The audit page has them all.
    private static final int CALLS_MAX = 5;

    private final Stops stops;
    private final AuditQuestions questions;
    private final People people;

    /// The page over these switches, and the log that tells of calls.
    public AgentsPage(Stops stops, AuditQuestions questions, People people) {
        this.stops = stops;
        this.questions = questions;
        this.people = people;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public String title() {
        return "Agents";
    }

    @Override
    public boolean visibleTo(Person who) {
        return people.answers(who);
    }

    @Override
    public String pulse(Person who) {
        return stops.halts().list().toString();
    }

    @Override
    public Answer answer(Visit visit, Person who) {
        return visit.post() ? act(visit, who) : shown(200, who, "");
    }

    private Answer shown(int status, Person who, String problem) {
        return new Answer.Whole(status, title(), PATH, list(who, problem));
    }

    private Answer act(Visit visit, Person who) {
        String id = visit.item().orElse("");
        if (served(who).stream().noneMatch(agent -> agent.id().value().equals(id))) {
            return shown(404, who, "Nothing was done: no agent of that name acts for your people.");
        }
        String why = visit.field("why").strip();
        if (why.isEmpty() || why.length() > WHY_CHARS_MAX) {
            return shown(400, who, "Nothing was done: say why, in at most 1,000 characters.");
        }
        HaltScope scope = new HaltScope(HaltScope.Kind.AGENT, id);
        switch (visit.field("act")) {
            case "stop" -> stops.set(scope, who.user().value(), why);
            case "resume" -> {
                if (!stops.clear(scope, who.user().value(), why)) {
                    return shown(409, who, "Nothing was done: this agent is not stopped by its own switch.");
                }
            }
            default -> {
                return shown(400, who, "Nothing was done: stop or resume.");
            }
        }
        return new Answer.Moved(PATH);
    }

    /// The agents that act for anybody of the person's tenant.
    private List<AgentRecord> served(Person who) {
        return people.bundle().map(bundle -> served(bundle, who)).orElse(List.of());
    }

    private static List<AgentRecord> served(Bundle bundle, Person who) {
        return bundle.agents().values().stream()
                .filter(agent -> bundle.users().values().stream()
                        .anyMatch(user -> user.tenant().equals(who.tenant()) && agent.actsFor(user)))
                .sorted(Comparator.comparing(agent -> agent.id().value()))
                .toList();
    }

    private AgentList list(Person who, String problem) {
        Map<Boolean, List<Halt>> halts = stops.halts().list().stream()
                .collect(Collectors.partitioningBy(halt -> halt.scope().kind() == HaltScope.Kind.AGENT));
        List<Halt> single = new ArrayList<>(halts.getOrDefault(true, List.of()));
        Set<UserId> users = people.of(who.tenant());
        List<AgentList.Known> agents = served(who).stream()
                .map(agent -> known(agent, single, calls(agent.id(), users)))
                .toList();
        String file = stops.halts()
                .onDisk()
                .map(scopes -> scopes.stream().map(HaltScope::toString).sorted().collect(Collectors.joining(", ")))
                .orElse("everything, because it cannot be read");
        return new AgentList(
                agents,
                halts.getOrDefault(false, List.of()).stream()
                        .map(AgentsPage::stop)
                        .toList(),
                file,
                problem);
    }

    /// Only for people of the tenant: what an agent does for others is theirs.
    private List<AgentList.Call> calls(AgentId agent, Set<UserId> users) {
        return questions.latest(agent.value(), users, CALLS_MAX).stream()
                .map(action -> new AgentList.Call(
                        action.request(),
                        Moments.exactly(action.at()),
                        action.tool(),
                        String.join(", ", action.rules()),
                        action.result().orElse("no outcome yet"),
                        action.result().filter("released"::equals).isPresent()))
                .toList();
    }

    private static AgentList.Known known(AgentRecord agent, List<Halt> halts, List<AgentList.Call> calls) {
        List<String> serves = new ArrayList<>(new TreeSet<>(agent.roles()));
        agent.users().forEach(user -> serves.add(user.value()));
        return new AgentList.Known(
                agent.id().value(),
                agent.type(),
                agent.tier(),
                agent.zone(),
                agent.owner().map(Object::toString).orElse("nobody named"),
                String.join(", ", serves),
                words(agent.workflows(), Object::toString),
                halts.stream()
                        .filter(halt -> stops(halt, agent.id()))
                        .map(AgentsPage::stop)
                        .toList(),
                calls);
    }

    private static boolean stops(Halt halt, AgentId agent) {
        return halt.scope().subject().equals(agent.value());
    }

    private static <T> String words(Collection<T> things, Function<T, String> word) {
        return things.stream().map(word).sorted().collect(Collectors.joining(", "));
    }

    private static AgentList.Stop stop(Halt halt) {
        return new AgentList.Stop(halt.scope().toString(), halt.by(), halt.why(), Moments.at(halt.at()));
    }
}
