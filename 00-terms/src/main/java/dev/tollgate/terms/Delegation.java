// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a person lets an agent do, for a short time. Proven by a signed token; says nothing of what policy permits.
///
/// @param agent    who acts
/// @param user     for whom
/// @param scopes   what the agent may try
/// @param workflow what the task runs, when the token names one; it declares the intent
/// @param step     the step of the workflow that it is for, when the token names one
/// @param task     the run that the calls belong to
/// @param session  the agent's session
/// @param customer the customer that the task is about, when the token names one
/// @param caseId   the support case that the task works on, when the token names one
/// @param request  what the person asked for in their own words, when the token says it
/// @param issued   when the delegation began
/// @param expires  when it ends, exclusive
/// @param actors   the `act` chain (RFC 8693 §4.1), the acting agent first
/// @param cnf      the key that the bearer must prove to hold
/// @param attested when the acting agent last proved that it is itself; nothing when an operator vouched for it
public record Delegation(
        AgentId agent,
        UserId user,
        Set<Scope> scopes,
        Optional<WorkflowId> workflow,
        Optional<String> step,
        TaskId task,
        SessionId session,
        Optional<String> customer,
        Optional<String> caseId,
        Optional<String> request,
        Instant issued,
        Instant expires,
        List<String> actors,
        Confirmation cnf,
        Optional<Instant> attested) {
    /// What a person asks of an agent; a token must fit into one HTTP header.
    public static final int REQUEST_CHARS_MAX = 2_000;

    public Delegation {
        scopes = Set.copyOf(scopes);
        actors = List.copyOf(actors);
        Require.require(
                request.map(words -> !words.isBlank() && words.length() <= REQUEST_CHARS_MAX)
                        .orElse(true),
                "a request is 1 to " + REQUEST_CHARS_MAX + " characters");
        Require.require(issued.isBefore(expires), "a delegation must end after it begins");
    }

    /// A delegation that names no step and no case. Its bearer proves no key, an operator vouches for its
    /// agent.
    public Delegation(
            AgentId agent,
            UserId user,
            Set<Scope> scopes,
            Optional<WorkflowId> workflow,
            TaskId task,
            SessionId session,
            Optional<String> customer,
            Optional<String> request,
            Instant issued,
            Instant expires,
            List<String> actors) {
        this(
                agent,
                user,
                scopes,
                workflow,
                Optional.empty(),
                task,
                session,
                customer,
                Optional.empty(),
                request,
                issued,
                expires,
                actors,
                Confirmation.NONE,
                Optional.empty());
    }
}
