// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.sql;

import dev.tollgate.catalog.Metadata;
import dev.tollgate.catalog.ValueType;
import dev.tollgate.terms.SystemId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Describes the tables that the connector's role may read and that have a primary key of one column. Asks the catalog
/// tables: the information schema hides constraints from a role that may only read.
final class SqlMetadata {
    private static final String COLUMNS = """
            select n.nspname as schema, c.relname as table, a.attname as name, coalesce(d.description, '') as label,
              coalesce(b.typname, t.typname) as type, t.typcategory = 'A' as many, a.attnum = i.indkey[0] as key,
              array(select e.enumlabel::text from pg_enum e where e.enumtypid = t.oid
                order by e.enumsortorder) as picks,
              (select fn.nspname || '.' || fc.relname from pg_constraint f join pg_class fc on fc.oid = f.confrelid
                join pg_namespace fn on fn.oid = fc.relnamespace
                where f.conrelid = c.oid and f.contype = 'f' and f.conkey = array[a.attnum] limit 1) as target,
              a.attgenerated <> '' or a.attidentity = 'a' as generated
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
              join pg_index i on i.indrelid = c.oid and i.indisprimary and i.indnkeyatts = 1
              join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
              join pg_type t on t.oid = a.atttypid left join pg_type b on b.oid = t.typbasetype
              left join pg_description d on d.objoid = c.oid and d.objsubid = a.attnum
            where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema')
              and has_column_privilege(c.oid, a.attnum, 'select')
            order by n.nspname, c.relname, a.attnum limit ?""";

    private static final int COLUMNS_MAX = 20_000;

    private SqlMetadata() {}

    static Metadata describe(SystemId system, Connection connection) throws SQLException {
        Map<String, List<Metadata.Column>> columns = new LinkedHashMap<>();
        Map<String, String> keys = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setInt(1, COLUMNS_MAX);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String table = row.getString("schema") + "." + row.getString("table");
                    String name = row.getString("name");
                    if (row.getBoolean("key")) {
                        keys.put(table, name);
                    }
                    columns.computeIfAbsent(table, _ -> new ArrayList<>()).add(column(row, name));
                }
            }
        }
        List<Metadata.Kind> kinds = new ArrayList<>();
        keys.forEach((table, key) -> kinds.add(new Metadata.Kind(table, key, columns.getOrDefault(table, List.of()))));
        return new Metadata(system, "sql", kinds);
    }

    private static Metadata.Column column(ResultSet row, String name) throws SQLException {
        @Nullable String target = row.getString("target");
        boolean reference = target != null || row.getBoolean("key");
        return new Metadata.Column(
                name,
                row.getString("label"),
                reference ? ValueType.REFERENCE : type(row.getString("type"), row.getBoolean("many")),
                picks(row.getArray("picks")),
                Optional.ofNullable(target),
                row.getBoolean("generated"));
    }

    private static ValueType type(String name, boolean many) {
        if (many) {
            return ValueType.LIST;
        }
        return switch (name) {
            case "int2", "int4", "int8" -> ValueType.INTEGER;
            case "numeric", "float4", "float8", "money" -> ValueType.DECIMAL;
            case "bool" -> ValueType.BOOLEAN;
            case "date" -> ValueType.DATE;
            case "timestamp", "timestamptz" -> ValueType.MOMENT;
            default -> ValueType.TEXT;
        };
    }

    private static List<String> picks(Array array) throws SQLException {
        List<String> picks = new ArrayList<>();
        if (array.getArray() instanceof Object[] words) {
            for (Object word : words) {
                picks.add(word.toString());
            }
        }
        return picks;
    }
}
