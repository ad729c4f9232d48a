// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.demo;

import static dev.tollgate.terms.Require.require;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows of one object of the demo CRM, as the store keeps them.
final class DemoTable {
    private final String object;
    private final List<String> columns;
    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    /// @param columns in the order in which rows give them; those of the contract
    DemoTable(String object, String... columns) {
        this.object = object;
        this.columns = List.of(columns);
    }

    String object() {
        return object;
    }

    List<String> columns() {
        return columns;
    }

    List<List<@Nullable Object>> rows() {
        return Collections.unmodifiableList(rows);
    }

    void add(@Nullable Object... values) {
        require(values.length == columns.size(), "a row of `" + object + "` has a value for each column");
        rows.add(Arrays.asList(values));
    }
}
