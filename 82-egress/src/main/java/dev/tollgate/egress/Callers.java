// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.egress;

import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.Step;

/// Who is behind a connection, and whether it may go on: the same answers as at the gateway's own doors.
public interface Callers {
    /// The delegation that a bearer token proves. Refuses with `Unauthenticated`.
    Step<Delegation> proven(SecretValue bearer);

    /// Passes whom no kill switch stops. Refuses with `Halted`. Asked again while a connection lasts.
    Step<Principal> running(Principal who, String endpoint);
}
