// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.state;

import dev.tollgate.policy.Situation;
import dev.tollgate.terms.Conduct;
import dev.tollgate.terms.Operation;
import java.util.Optional;

/// What a change would replace is known; anything else is as it was.
///
/// @param asked     the operation, naming the state of the record that was read
/// @param situation with what the record holds now
/// @param lacks     why the record cannot become what is asked, whatever policy says
public record Examined(Assessed from, Operation asked, Situation situation, Optional<Conduct.FieldsMissing> lacks)
        implements State {
    public Examined(Assessed from, Operation asked, Situation situation) {
        this(from, asked, situation, Optional.empty());
    }

    @Override
    public Known known() {
        return from.known();
    }

    /// Who asks, and the bundle that decides.
    public Authenticated who() {
        return from.who();
    }

    /// What is asked.
    public Validated validated() {
        return from.validated();
    }
}
