// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import dev.tollgate.terms.Principal;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.Value;
import java.util.List;
import java.util.Optional;

/// Who asks and for whom (requirements S0-24, S1-25, S2-16).
///
/// @param agent     the agent
/// @param agentType its kind
/// @param tier      its privilege tier
/// @param zone      the segment that it runs in
/// @param user      the person
/// @param tenant    the person's tenant
/// @param roles     the person's roles
/// @param audiences restricted audiences that the person belongs to
/// @param session   the agent's session
/// @param task      the run of the workflow; the correlation id of its calls
/// @param workflow  the workflow, when the token names one
/// @param step      the step of the workflow, when the token names one
/// @param intent    what the workflow is for
/// @param scopes    scopes that the delegation holds
/// @param actors    the chain of agents, the acting one first
public record Caller(
        String agent,
        String agentType,
        int tier,
        String zone,
        String user,
        String tenant,
        List<String> roles,
        List<String> audiences,
        String session,
        String task,
        Optional<String> workflow,
        Optional<String> step,
        Optional<String> intent,
        List<String> scopes,
        List<String> actors) {
    public Caller {
        roles = roles.stream().sorted().toList();
        audiences = audiences.stream().sorted().toList();
        scopes = scopes.stream().sorted().toList();
        actors = List.copyOf(actors);
    }

    /// The caller that a principal is.
    public static Caller of(Principal principal, Optional<String> intent) {
        return new Caller(
                principal.agent().value(),
                principal.agentType(),
                principal.tier(),
                principal.zone(),
                principal.user().value(),
                principal.tenant().value(),
                List.copyOf(principal.roles()),
                List.copyOf(principal.audiences()),
                principal.delegation().session().value(),
                principal.delegation().task().value(),
                principal.delegation().workflow().map(id -> id.value()),
                principal.delegation().step(),
                intent,
                principal.delegation().scopes().stream().map(Scope::toString).toList(),
                principal.delegation().actors());
    }

    Value.Fields form() {
        return new Members()
                .put("agent", agent)
                .put("agent_type", agentType)
                .put("tier", Value.of(tier))
                .put("zone", zone)
                .put("user", user)
                .put("tenant", tenant)
                .put("roles", Value.texts(roles))
                .put("audiences", Value.texts(audiences))
                .put("session", session)
                .put("task", task)
                .put("workflow", workflow)
                .put("step", step)
                .put("intent", intent)
                .put("scopes", Value.texts(scopes))
                .put("actors", Value.texts(actors))
                .fields();
    }
}
