// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.catalog.CursorSeal;
import dev.tollgate.terms.PolicyVersion;
import dev.tollgate.terms.Principal;

/// Makes the seal of one principal's page cursors: a cursor of another principal, another query or
/// another policy version does not open.
@FunctionalInterface
public interface Cursors {
    /// The seal for this principal under this policy.
    CursorSeal of(Principal who, PolicyVersion version);
}
