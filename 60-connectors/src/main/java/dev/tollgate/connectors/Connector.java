// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;

/// The way to one connected system. Safe for many threads; blocks, so it is called on virtual threads.
public interface Connector extends AutoCloseable {
    /// The system behind it.
    SystemId system();

    /// Executes exactly the operation that the token authorises, once. Checks the token itself, whoever calls.
    ///
    /// @param decisionToken compact form of a decision token (room 40); used up by the call
    /// @return the rows, or `TokenRefused`, `Malformed`, `Denied`, `Undecidable`, `UpstreamFailed`
    Step<Rows> execute(String decisionToken, Operation operation);

    /// Whether the system answers. For readiness checks; needs no token and reads no record.
    Health health();

    @Override
    void close();
}
