// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.harness;

import dev.tollgate.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Records of a test's own in the demo CRM. What a test does not name is empty.
public final class Plant {
    private final Store store;
    private final Map<String, Object> usual;

    /// Records of Alice's (`usr_001`) in the tenant `acme`, which changed at `updated`.
    public Plant(Store store, Instant updated) {
        this(store, Map.of("owner_id", "usr_001", "tenant_id", "acme", "region", "eu", "updated_at", updated));
    }

    private Plant(Store store, Map<String, Object> usual) {
        this.store = store;
        this.usual = Map.copyOf(usual);
    }

    /// Further records with another value in one field.
    public Plant with(String field, Object value) {
        Map<String, Object> other = new TreeMap<>(usual);
        other.put(field, value);
        return new Plant(store, other);
    }

    /// Adds a record.
    public Plant record(String object, String id, Map<String, Object> fields) {
        Map<String, Object> row = new TreeMap<>(usual);
        if (object.equals("article")) {
            row.remove("owner_id");
        }
        row.put("id", id);
        row.putAll(fields);
        List<String> names = new ArrayList<>(row.keySet());
        String columns = "\"" + String.join("\", \"", names) + "\"";
        String marks = String.join(", ", Collections.nCopies(names.size(), "?"));
        store.write(session -> session.update(
                "insert into \"demo_" + object + "\" (" + columns + ") values (" + marks + ")",
                row.values().toArray()));
        return this;
    }
}
