// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import dev.tollgate.terms.Value;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Members of a JSON object under construction.
final class Members {
    private final Map<String, Value> values = new TreeMap<>();

    Members put(String name, Value value) {
        values.put(name, value);
        return this;
    }

    Members put(String name, String text) {
        return put(name, Value.of(text));
    }

    /// Leaves the member out when there is nothing.
    Members put(String name, Optional<String> text) {
        text.ifPresent(value -> put(name, value));
        return this;
    }

    Map<String, Value> map() {
        return values;
    }

    Value.Fields fields() {
        return new Value.Fields(values);
    }
}
