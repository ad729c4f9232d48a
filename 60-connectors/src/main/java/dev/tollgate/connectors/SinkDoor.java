// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.catalog.Metadata;
import dev.tollgate.connectors.UpstreamBroken.Why;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.Value;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A door that lets something out and has no records to read. Guarded like any other: it is asked only
/// after the decision token passed.
public interface SinkDoor extends Door {
    /// Lets a message out, whole or not at all.
    ///
    /// @return the id that it was given
    /// @throws UpstreamBroken `unknown_outcome` when the message was on its way and nobody knows
    ///     whether it arrived; after every other word nothing left
    String send(Ask.Send message, Credential credential, DoorLimits limits);

    @Override
    default Found answer(Ask ask, Credential credential, DoorLimits limits) {
        if (!(ask instanceof Ask.Send message) || message.bond().isPresent()) {
            throw new UpstreamBroken(Why.UNSUPPORTED);
        }
        return Found.records(List.of(new Found.Raw(send(message, credential, limits), Map.of(), Optional.empty())));
    }

    @Override
    default Metadata describe(SystemId system, Credential credential, DoorLimits limits) {
        throw new UpstreamBroken(Why.UNSUPPORTED);
    }

    /// What is in a message, by the sink's own names.
    static SortedMap<String, Value> values(Ask.Send message) {
        SortedMap<String, Value> values = new TreeMap<>();
        message.settings().forEach(setting -> values.put(setting.column().upstream(), setting.value()));
        return Collections.unmodifiableSortedMap(values);
    }
}
