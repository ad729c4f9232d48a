// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.catalog.Metadata;
import dev.tollgate.terms.SystemId;

/// Speaks the wire format of one system. Asked only by the guard, after the decision token passed; never sees a token.
/// Safe for many threads.
public interface Door extends AutoCloseable {
    /// Does what is asked, or throws. Ends within `limits.timeMax` and a grace of a second, whatever the system does.
    ///
    /// @throws UpstreamBroken when the system is down, slow, or answers what it should not
    Found answer(Ask ask, Credential credential, DoorLimits limits);

    /// Reaches the system without reading a record.
    ///
    /// @throws UpstreamBroken when the system is not there
    void knock(Credential credential, DoorLimits limits);

    /// What the system says of its own records and fields, for the draft of a contract. Reads no record.
    ///
    /// @throws UpstreamBroken when the system is not there or cannot say
    Metadata describe(SystemId system, Credential credential, DoorLimits limits);

    /// Whether calls need a credential from the secret store.
    boolean needsCredential();

    @Override
    void close();
}
