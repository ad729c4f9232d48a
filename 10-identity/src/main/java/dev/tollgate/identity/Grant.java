// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity;

import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Confirmation;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Require;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.SessionId;
import dev.tollgate.terms.TaskId;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.WorkflowId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a person is about to let an agent do.
///
/// @param agent    who acts
/// @param user     for whom
/// @param scopes   what the agent may try, 1 to 64
/// @param ttl      how long: whole seconds, at most 900 of them
/// @param workflow what the task runs
/// @param step     the step of the workflow that it is for
/// @param task     the run; a new one when there is none
/// @param session  the agent's session; a new one when there is none
/// @param customer the customer that the task is about, at most 256 characters
/// @param caseId   the support case that the task works on, at most 256 characters
/// @param request  what the person asked for in their own words
/// @param before   agents that the acting one got the task from, the nearest first, at most 7
/// @param cnf      the key that the bearer must prove to hold
/// @param attested when the acting agent proved that it is itself
public record Grant(
        AgentId agent,
        UserId user,
        Set<Scope> scopes,
        Duration ttl,
        Optional<WorkflowId> workflow,
        Optional<String> step,
        Optional<TaskId> task,
        Optional<SessionId> session,
        Optional<String> customer,
        Optional<String> caseId,
        Optional<String> request,
        List<String> before,
        Confirmation cnf,
        Optional<Instant> attested) {
    /// The longest delegation there is (requirement S1-4).
    public static final Duration TTL_MAX = Duration.ofMinutes(15);

    /// More scopes than any agent type has tools; a token must fit into one HTTP header.
    static final int SCOPES_MAX = 64;

    /// Agents that hand a task on, one to the next. A longer chain is a loop.
    static final int ACTORS_MAX = 8;

    public Grant {
        scopes = Set.copyOf(scopes);
        before = List.copyOf(before);
        Require.require(
                !scopes.isEmpty() && scopes.size() <= SCOPES_MAX, "a delegation has 1 to " + SCOPES_MAX + " scopes");
        Require.require(
                ttl.toSeconds() >= 1 && ttl.compareTo(TTL_MAX) <= 0,
                "a delegation lasts 1 to " + TTL_MAX.toSeconds() + " s");
        Require.require(before.size() < ACTORS_MAX, "a chain has at most " + ACTORS_MAX + " agents");
        before.forEach(actor -> Require.id("actor", actor));
        step.ifPresent(name -> Require.id("step", name));
        customer.ifPresent(id -> Require.id("customer", id));
        caseId.ifPresent(id -> Require.id("case", id));
        request.ifPresent(Grant::words);
    }

    /// A request in a person's own words, bounded.
    static String words(String request) {
        Require.require(
                !request.isBlank() && request.length() <= Delegation.REQUEST_CHARS_MAX,
                "a request is 1 to " + Delegation.REQUEST_CHARS_MAX + " characters");
        return request;
    }

    /// A grant of the longest life with a task and session of its own.
    public static Grant of(AgentId agent, UserId user, Set<Scope> scopes) {
        return new Grant(
                agent,
                user,
                scopes,
                TTL_MAX,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Confirmation.NONE,
                Optional.empty());
    }

    /// The same grant for these scopes.
    public Grant limitedTo(Set<Scope> least) {
        return new Grant(
                agent, user, least, ttl, workflow, step, task, session, customer, caseId, request, before, cnf,
                attested);
    }

    /// The same grant for so long.
    public Grant lasting(Duration time) {
        return new Grant(
                agent, user, scopes, time, workflow, step, task, session, customer, caseId, request, before, cnf,
                attested);
    }

    /// The same grant for one workflow.
    public Grant running(WorkflowId id) {
        Optional<WorkflowId> runs = Optional.of(id);
        return new Grant(
                agent, user, scopes, ttl, runs, step, task, session, customer, caseId, request, before, cnf, attested);
    }

    /// The same grant for one step of its workflow.
    public Grant at(String name) {
        Optional<String> now = Optional.of(name);
        return new Grant(
                agent, user, scopes, ttl, workflow, now, task, session, customer, caseId, request, before, cnf,
                attested);
    }

    /// The same grant as part of a task and session that exist.
    public Grant within(TaskId run, SessionId conversation) {
        return new Grant(
                agent,
                user,
                scopes,
                ttl,
                workflow,
                step,
                Optional.of(run),
                Optional.of(conversation),
                customer,
                caseId,
                request,
                before,
                cnf,
                attested);
    }

    /// The same grant about one customer.
    public Grant about(String id) {
        Optional<String> whom = Optional.of(id);
        return new Grant(
                agent, user, scopes, ttl, workflow, step, task, session, whom, caseId, request, before, cnf, attested);
    }

    /// The same grant for work on one support case.
    public Grant on(String id) {
        Optional<String> what = Optional.of(id);
        return new Grant(
                agent, user, scopes, ttl, workflow, step, task, session, customer, what, request, before, cnf,
                attested);
    }

    /// The same grant for what the person asked in these words.
    public Grant asking(String words) {
        Optional<String> asked = Optional.of(words);
        return new Grant(
                agent, user, scopes, ttl, workflow, step, task, session, customer, caseId, asked, before, cnf,
                attested);
    }

    /// The same grant for a bearer that proves to hold this key.
    public Grant boundTo(Confirmation key) {
        return new Grant(
                agent, user, scopes, ttl, workflow, step, task, session, customer, caseId, request, before, key,
                attested);
    }

    /// The same grant for an agent that proved at this moment that it is itself.
    public Grant attested(Instant when) {
        Optional<Instant> proven = Optional.of(when);
        return new Grant(
                agent, user, scopes, ttl, workflow, step, task, session, customer, caseId, request, before, cnf,
                proven);
    }

    /// What an agent that holds `held` may hand on to another: the same person, workflow, step, task,
    /// session, customer and case, no scope that `held` does not contain, no moment longer. Nothing when it
    /// asks for more, when `held` has no whole second left, or when the chain is as long as a chain may be.
    public static Optional<Grant> narrower(Delegation held, AgentId agent, Set<Scope> scopes, Instant now) {
        Duration left = Duration.ofSeconds(Duration.between(now, held.expires()).toSeconds());
        boolean narrow = !scopes.isEmpty()
                && scopes.size() <= SCOPES_MAX
                && scopes.stream().allMatch(scope -> contained(held.scopes(), scope));
        if (!narrow || left.isZero() || left.isNegative() || held.actors().size() >= ACTORS_MAX) {
            return Optional.empty();
        }
        List<String> before = new ArrayList<>(held.actors());
        return Optional.of(new Grant(
                agent,
                held.user(),
                scopes,
                left.compareTo(TTL_MAX) > 0 ? TTL_MAX : left,
                held.workflow(),
                held.step(),
                Optional.of(held.task()),
                Optional.of(held.session()),
                held.customer(),
                held.caseId(),
                held.request(),
                before,
                Confirmation.NONE,
                Optional.empty()));
    }

    /// `owned` never widens to every record, a name never to `*`.
    private static boolean contained(Set<Scope> held, Scope wanted) {
        return held.stream().anyMatch(one -> one.satisfies(wanted) && (!one.ownedOnly() || wanted.ownedOnly()));
    }
}
