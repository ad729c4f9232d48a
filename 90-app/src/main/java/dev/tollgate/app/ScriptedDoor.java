// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.catalog.Metadata;
import dev.tollgate.connectors.Ask;
import dev.tollgate.connectors.Credential;
import dev.tollgate.connectors.Door;
import dev.tollgate.connectors.DoorLimits;
import dev.tollgate.connectors.Found;
import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.connectors.UpstreamBroken.Why;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/// A system that answers what it was told to answer, for cases that are replayed. It does nothing else.
final class ScriptedDoor implements Door {
    /// What the next call is answered with.
    private record Line(String column, List<String> texts) {}

    private final AtomicLong calls = new AtomicLong();
    private volatile Line next = new Line("", List.of());

    /// The next call is answered with these texts in that column.
    void tells(String column, List<String> texts) {
        next = new Line(column, List.copyOf(texts));
    }

    @Override
    public Found answer(Ask ask, Credential credential, DoorLimits limits) {
        if (!(ask instanceof Ask.Send send)) {
            throw new UpstreamBroken(Why.UNSUPPORTED);
        }
        Line line = next;
        Map<String, Value> values = new TreeMap<>();
        for (Ask.Column column : send.columns()) {
            boolean told =
                    column.upstream().equals(line.column()) && !line.texts().isEmpty();
            values.put(column.upstream(), told ? Value.texts(line.texts()) : Value.NULL);
        }
        String id = "call-" + calls.incrementAndGet();
        return Found.records(List.of(new Found.Raw(id, values, Optional.empty())));
    }

    @Override
    public void knock(Credential credential, DoorLimits limits) {
        // It is always there.
    }

    @Override
    public Metadata describe(SystemId system, Credential credential, DoorLimits limits) {
        throw new UpstreamBroken(Why.UNSUPPORTED);
    }

    @Override
    public boolean needsCredential() {
        return false;
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
