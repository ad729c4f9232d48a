// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.egress;

import dev.tollgate.containment.Endpoint;
import dev.tollgate.egress.wire.Asked;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.terms.Principal;

/// What was decided about one connection.
///
/// @param who      whose it is
/// @param bundle   what decided
/// @param asked    what it asked for
/// @param endpoint where it goes
/// @param logIndex where the decision stands in the log
record Permit(Principal who, Bundle bundle, Asked asked, Endpoint endpoint, long logIndex) {
    /// Whether another bundle says the same.
    boolean holds(Bundle now) {
        return now.version().equals(bundle.version())
                || (now.principal(who.delegation()) instanceof dev.tollgate.terms.Step.Passed<Principal> still
                        && Allowed.of(now, still.state(), asked) instanceof Allowed.Yes yes
                        && yes.endpoint().equals(endpoint));
    }
}
