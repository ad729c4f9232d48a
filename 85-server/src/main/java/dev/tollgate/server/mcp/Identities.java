// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import dev.tollgate.gateway.Credentials;
import dev.tollgate.terms.Step;

/// Names who presents credentials, so that a session and a request state can be bound to a principal and outlive
/// a renewed token. The door compares names and reads nothing into them.
@FunctionalInterface
public interface Identities {
    /// A stable name of the principal, for example agent and person, or a refusal.
    Step<String> name(Credentials who);
}
