// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Parts that the canonical forms of operations share.
final class Canonical {
    private Canonical() {}

    static Value bounded(Map<String, Value> values, List<String> fields, List<RowRule> rules) {
        values.put("fields", Value.texts(fields));
        values.put("rules", items(rules.stream().map(RowRule::canonical).toList()));
        return new Value.Fields(values);
    }

    static Value items(List<Value> values) {
        return new Value.Items(new ArrayList<>(values));
    }

    static Value stamp(Optional<String> version) {
        return version.map(Value::of).orElse(Value.NULL);
    }
}
