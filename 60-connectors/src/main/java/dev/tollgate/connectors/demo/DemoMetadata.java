// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.demo;

import dev.tollgate.catalog.Metadata;
import dev.tollgate.catalog.ValueType;
import dev.tollgate.terms.SystemId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Describes the tables of the demo CRM. The store keeps text and whole numbers only, so that what a column means shows
/// in its name and its data.
final class DemoMetadata {
    private static final Set<String> DECIMALS =
            Set.of("amount", "amount_due", "tax", "total", "outstanding_balance", "discount_percent");
    private static final Set<String> LISTS = Set.of("items", "participants");
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private DemoMetadata() {}

    static Metadata describe(SystemId system) {
        List<Metadata.Kind> kinds = new ArrayList<>();
        for (DemoTable table : DemoData.tables(Instant.EPOCH)) {
            List<Metadata.Column> columns = new ArrayList<>();
            for (int at = 0; at < table.columns().size(); at++) {
                columns.add(column(table, at));
            }
            kinds.add(new Metadata.Kind(table.object(), "id", columns));
        }
        return new Metadata(system, "demo", kinds);
    }

    private static Metadata.Column column(DemoTable table, int place) {
        String name = table.columns().get(place);
        boolean reference = name.equals("decided_by") || (name.endsWith("id") && !name.equals("national_id"));
        ValueType type = reference ? ValueType.REFERENCE : type(name, sample(table, place));
        boolean own = Set.of("id", "created_at", "updated_at").contains(name);
        return new Metadata.Column(name, name.replace('_', ' '), type, List.of(), Optional.empty(), own);
    }

    private static @Nullable Object sample(DemoTable table, int place) {
        for (List<@Nullable Object> row : table.rows()) {
            Object value = row.get(place);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private static ValueType type(String name, @Nullable Object sample) {
        if (DECIMALS.contains(name)) {
            return ValueType.DECIMAL;
        }
        if (LISTS.contains(name)) {
            return ValueType.LIST;
        }
        return switch (sample) {
            case Instant _ -> ValueType.MOMENT;
            case Boolean _ -> ValueType.BOOLEAN;
            case Long _ -> ValueType.INTEGER;
            case String text when DAY.matcher(text).matches() -> ValueType.DATE;
            case null, default -> ValueType.TEXT;
        };
    }
}
