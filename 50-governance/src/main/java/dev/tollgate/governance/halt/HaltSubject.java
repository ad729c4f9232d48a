// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.halt;

import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.SessionId;
import dev.tollgate.terms.TaskId;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.UserId;
import java.util.Optional;
import java.util.Set;

/// Everything about a call that a kill switch can stop.
///
/// @param agent       who calls
/// @param agentType   what kind of agent, as the bundle says
/// @param session     in which session, when a call is asked about
/// @param task        in which task, when a call is asked about
/// @param user        for whom
/// @param tenant      whose data
/// @param tool        what is called, once known
/// @param fields      fields that the call touches, once known
/// @param destination where the answer or the change ends, once known
public record HaltSubject(
        AgentId agent,
        String agentType,
        Optional<SessionId> session,
        Optional<TaskId> task,
        UserId user,
        TenantId tenant,
        Optional<ToolName> tool,
        Set<FieldPath> fields,
        Optional<String> destination) {
    public HaltSubject {
        fields = Set.copyOf(fields);
    }

    /// A call of a principal.
    public static HaltSubject of(
            Principal who, Optional<ToolName> tool, Set<FieldPath> fields, Optional<String> destination) {
        return new HaltSubject(
                who.agent(),
                who.agentType(),
                Optional.of(who.delegation().session()),
                Optional.of(who.delegation().task()),
                who.user(),
                who.tenant(),
                tool,
                fields,
                destination);
    }
}
