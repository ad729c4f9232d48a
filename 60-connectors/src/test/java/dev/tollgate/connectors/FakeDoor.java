// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.catalog.Metadata;
import dev.tollgate.terms.SystemId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/// A door that notes what it is asked and answers what the test says.
final class FakeDoor implements Door {
    private final List<Ask> asked = Collections.synchronizedList(new ArrayList<>());
    private final Function<Ask, Found> answers;

    FakeDoor(Function<Ask, Found> answers) {
        this.answers = answers;
    }

    List<Ask> asked() {
        return List.copyOf(asked);
    }

    @Override
    public Found answer(Ask ask, Credential credential, DoorLimits limits) {
        asked.add(ask);
        return answers.apply(ask);
    }

    @Override
    public void knock(Credential credential, DoorLimits limits) {
        asked.add(new Ask.Tally("knock", new Ask.Column("id", Ask.Kind.RECORD), List.of()));
    }

    @Override
    public Metadata describe(SystemId system, Credential credential, DoorLimits limits) {
        throw new UpstreamBroken(UpstreamBroken.Why.UNSUPPORTED);
    }

    @Override
    public boolean needsCredential() {
        return false;
    }

    @Override
    public void close() {
        asked.clear();
    }
}
