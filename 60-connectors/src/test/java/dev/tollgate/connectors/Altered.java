// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.catalog.Metadata;
import dev.tollgate.terms.SystemId;
import java.util.function.UnaryOperator;

/// A real door behind which the system does not do as it is told: what it is asked or what it answers is altered.
record Altered(Door door, UnaryOperator<Ask> asked, UnaryOperator<Found> answered) implements Door {
    @Override
    public Found answer(Ask ask, Credential credential, DoorLimits limits) {
        return answered.apply(door.answer(asked.apply(ask), credential, limits));
    }

    @Override
    public void knock(Credential credential, DoorLimits limits) {
        door.knock(credential, limits);
    }

    @Override
    public Metadata describe(SystemId system, Credential credential, DoorLimits limits) {
        return door.describe(system, credential, limits);
    }

    @Override
    public boolean needsCredential() {
        return door.needsCredential();
    }

    @Override
    public void close() {
        door.close();
    }
}
