// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.state;

/// How far a request has come. Closed: the states of the way, in order.
public sealed interface State
        permits Received,
                Authenticated,
                Validated,
                Contained,
                Assessed,
                Examined,
                Decided,
                Approved,
                Executed,
                Redacted,
                Inspected,
                Recorded {
    /// What is known of the request so far, for its audit entry when a stage refuses it.
    Known known();
}
