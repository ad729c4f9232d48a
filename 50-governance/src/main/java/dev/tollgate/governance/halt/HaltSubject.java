// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.halt;

import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.SessionId;
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
/// @param user        for whom
/// @param tenant      whose data
/// @param tool        what is called, once known
/// @param fields      fields that the call touches, once known
/// @param destination where the answer or the change ends, once known
public record HaltSubject(
        AgentId agent,
        String agentType,
        Optional<SessionId> session,
        UserId user,
        TenantId tenant,
        Optional<ToolName> tool,
        Set<FieldPath> fields,
        Optional<String> destination) {
    public HaltSubject {
        fields = Set.copyOf(fields);
    }
}
