// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.exchange;

import dev.tollgate.catalog.ToolType;
import dev.tollgate.gateway.exchange.Grounds.Actor;
import dev.tollgate.gateway.exchange.Grounds.Subject;
import dev.tollgate.gateway.exchange.TokenAnswer.Code;
import dev.tollgate.identity.Grant;
import dev.tollgate.policy.DecisionPoint;
import dev.tollgate.policy.Situation;
import dev.tollgate.policy.bundle.AgentRecord;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.policy.bundle.Workflow;
import dev.tollgate.policy.bundle.WorkflowStep;
import dev.tollgate.terms.Confirmation;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.SessionId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.TaskId;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.WorkflowId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What an agent is given: what it asks for, and its record lets it have, and the tools of the task need, and policy
/// lets the person reach by it. Each can only take away.
///
/// @param policy in force
/// @param now    of the request
record Granting(DecisionPoint policy, Instant now) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int DIGEST_CHARS = 16;

    private static final String NOTHING = "none of these scopes is the agent's, the person's and the task's at once:"
            + " ask for what the tools of the workflow need, and name its customer where it has one";
    private static final String NOBODY =
            "this agent may not act for this person, or not in this workflow: see its record in the bundle";

    /// What is given, and to whom.
    record Granted(Grant grant, Principal principal) {}

    Found<Granted> grant(TokenRequest request, Confirmation cnf, Actor actor, Subject whom, Set<String> places) {
        AgentRecord agent = actor.agent();
        boolean here = agent.bounds().audience().map(places::contains).orElse(true);
        if (!here) {
            return Found.no(
                    Code.INVALID_TARGET,
                    "the agent's record is for another gateway: see `delegation.audience`",
                    "audience");
        }
        Optional<Set<Scope>> asked = request.scope().isEmpty()
                ? Optional.of(agent.bounds().scopes())
                : Scopes.asked(request.scope().get());
        if (asked.isEmpty()) {
            return Found.no(
                    Code.INVALID_SCOPE, "a scope is `system:object:verb` or `system:object:verb:owned`", "scope-shape");
        }
        Set<Scope> able = Scopes.common(asked.get(), agent.bounds().scopes());
        try {
            return switch (whom) {
                case Subject.Person person -> fresh(request, cnf, actor, person.user(), person.until(), able);
                case Subject.Allowed allowed ->
                    fresh(
                            request,
                            cnf,
                            actor,
                            allowed.user(),
                            allowed.until(),
                            allowed.scopes()
                                    .map(most -> Scopes.common(able, most))
                                    .orElse(able));
                case Subject.Held held -> narrower(request, cnf, actor, held.delegation(), able);
            };
        } catch (IllegalArgumentException _) {
            return Found.no(
                    Code.INVALID_REQUEST,
                    "a name is too long, has signs that names do not have, or there are too many scopes",
                    "names");
        }
    }

    private Found<Granted> fresh(
            TokenRequest request, Confirmation cnf, Actor actor, UserId user, Instant until, Set<Scope> able) {
        TokenRequest.Task task = request.task();
        boolean named = task.task().map(Granting::isName).orElse(true)
                && task.session().map(Granting::isName).orElse(true);
        if (!named) {
            return Found.no(
                    Code.INVALID_REQUEST,
                    "`task` and `session` are 1 to 64 letters, digits, dots, dashes and underscores",
                    "names");
        }
        Optional<WorkflowId> workflow = task.workflow().map(WorkflowId::new);
        String whose = actor.agent().id() + "\n" + user + "\n" + task.workflow().orElse("");
        Grant plain = new Grant(
                actor.agent().id(),
                user,
                Set.of(new Scope("none", "*", "*", Optional.empty())),
                inStep(life(actor.agent(), until), workflow, task.step()),
                workflow,
                task.step(),
                task.task().map(name -> new TaskId(own(name, whose))),
                task.session().map(name -> new SessionId(own(name, whose))),
                task.customer(),
                task.caseId(),
                task.words(),
                List.of(),
                cnf,
                Optional.of(actor.at()));
        return useful(plain, able).then(found -> Found.yes(found));
    }

    private Found<Granted> narrower(
            TokenRequest request, Confirmation cnf, Actor actor, Delegation held, Set<Scope> able) {
        if (!request.task().equals(TokenRequest.Task.NONE)) {
            return Found.no(
                    Code.INVALID_REQUEST,
                    "a token that is handed on keeps its task: name no workflow, customer or words",
                    "chain-task");
        }
        if (held.actors().contains(actor.agent().id().value())) {
            return Found.no(
                    Code.INVALID_GRANT, "this agent had the task before: a chain has no circles", "chain-circle");
        }
        Set<Scope> both = Scopes.common(able, held.scopes());
        if (both.isEmpty()) {
            return Found.no(Code.INVALID_SCOPE, NOTHING, "scope-none");
        }
        Optional<Grant> narrow = Grant.narrower(held, actor.agent().id(), both, now);
        if (narrow.isEmpty()) {
            return Found.no(
                    Code.INVALID_GRANT, "the token has no second left, or was handed on too often", "chain-end");
        }
        Duration life = life(actor.agent(), held.expires());
        return useful(narrow.get().lasting(life).boundTo(cnf).attested(actor.at()), both);
    }

    /// A step's credential lasts no longer than the step says.
    private Duration inStep(Duration life, Optional<WorkflowId> workflow, Optional<String> step) {
        Duration most = workflow.map(policy.bundle().workflows()::get)
                .flatMap(runs -> runs.at(step))
                .flatMap(Workflow::step)
                .map(WorkflowStep::life)
                .orElse(life);
        return most.compareTo(life) < 0 ? most : life;
    }

    private Duration life(AgentRecord agent, Instant until) {
        Duration left = Duration.ofSeconds(Duration.between(now, until).toSeconds());
        return left.compareTo(agent.bounds().ttl()) < 0 ? left : agent.bounds().ttl();
    }

    /// Scopes that some tool of the task needs and that this person can reach something with.
    private Found<Granted> useful(Grant plain, Set<Scope> able) {
        Bundle bundle = policy.bundle();
        Optional<Workflow> workflow = plain.workflow()
                .or(bundle::defaultWorkflow)
                .map(bundle.workflows()::get)
                .flatMap(runs -> runs.at(plain.step()));
        List<ToolType> tools = workflow.stream()
                .flatMap(runs -> bundle.catalog().tools().stream().filter(tool -> runs.includes(tool.name())))
                .toList();
        Set<Scope> needed = new LinkedHashSet<>();
        tools.forEach(tool -> needed.addAll(tool.scopes()));
        Set<Scope> candidates = Scopes.common(able, needed);
        if (candidates.isEmpty()) {
            return known(plain, able).then(_ -> Found.no(Code.INVALID_SCOPE, NOTHING, "scope-none"));
        }
        return known(plain, candidates).then(who -> {
            Set<Scope> reached = new LinkedHashSet<>();
            for (ToolType tool : tools) {
                if (visible(who, tool)) {
                    reached.addAll(Scopes.common(candidates, tool.scopes()));
                }
            }
            return reached.isEmpty()
                    ? Found.no(Code.INVALID_SCOPE, NOTHING, "scope-unreachable")
                    : known(plain, reached).then(same -> Found.yes(new Granted(plain.limitedTo(reached), same)));
        });
    }

    private boolean visible(Principal who, ToolType tool) {
        return policy.bundle()
                .catalog()
                .object(tool.system(), tool.object())
                .flatMap(object -> policy.visible(who, tool, object, Situation.at(now)))
                .isPresent();
    }

    private Found<Principal> known(Grant plain, Set<Scope> scopes) {
        Delegation delegation = new Delegation(
                plain.agent(),
                plain.user(),
                scopes,
                plain.workflow(),
                plain.step(),
                plain.task().orElse(new TaskId("none")),
                plain.session().orElse(new SessionId("none")),
                plain.customer(),
                plain.caseId(),
                plain.request(),
                now,
                now.plus(plain.ttl()),
                List.of(plain.agent().value()),
                plain.cnf(),
                plain.attested());
        return switch (policy.bundle().principal(delegation)) {
            case Step.Passed<Principal> passed -> Found.yes(passed.state());
            case Step.Refused<Principal> _ -> Found.no(Code.INVALID_GRANT, NOBODY, "not-served");
        };
    }

    private static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /// An agent's name of a run is its own: nobody goes on with a run of somebody else by guessing its name.
    private static String own(String name, String whose) {
        byte[] digest = Digest.sha256((whose + "\n" + name).getBytes(StandardCharsets.UTF_8));
        return name + "." + HexFormat.of().formatHex(digest).substring(0, DIGEST_CHARS);
    }
}
