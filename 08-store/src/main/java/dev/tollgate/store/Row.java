// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One row, copied out of its result set.
final class Row implements Store.Record {
    /// A result that is larger is a query that forgot to page: it would take the memory of every other request.
    static final int ROWS_MAX = 100_000;

    private final Map<String, Integer> places;
    private final @Nullable Object[] values;

    private Row(Map<String, Integer> places, @Nullable Object[] values) {
        this.places = places;
        this.values = values;
    }

    static List<Store.Record> all(ResultSet result) throws SQLException {
        ResultSetMetaData meta = result.getMetaData();
        int count = meta.getColumnCount();
        Map<String, Integer> places = LinkedHashMap.newLinkedHashMap(count);
        for (int at = 1; at <= count; at++) {
            places.put(meta.getColumnLabel(at).toLowerCase(Locale.ROOT), at - 1);
        }
        List<Store.Record> rows = new ArrayList<>();
        while (result.next()) {
            if (rows.size() == ROWS_MAX) {
                throw new IllegalStateException("a query returned more than " + ROWS_MAX + " rows: page it");
            }
            @Nullable Object[] values = new @Nullable Object[count];
            for (int at = 0; at < count; at++) {
                values[at] = result.getObject(at + 1);
            }
            rows.add(new Row(places, values));
        }
        return rows;
    }

    @Override
    public List<String> columns() {
        return List.copyOf(places.keySet());
    }

    @Override
    public boolean isNull(String column) {
        return value(column) == null;
    }

    @Override
    public String text(String column) {
        if (present(column) instanceof String text) {
            return text;
        }
        throw wrong(column, "text");
    }

    @Override
    public long number(String column) {
        return switch (present(column)) {
            case Long number -> number;
            case Integer number -> number;
            case Short number -> number;
            case Boolean truth -> truth ? 1 : 0;
            // PostgreSQL sums BIGINT as NUMERIC.
            case BigDecimal number -> number.longValueExact();
            case Object _ -> throw wrong(column, "a whole number");
        };
    }

    @Override
    public byte[] bytes(String column) {
        if (present(column) instanceof byte[] bytes) {
            return bytes.clone();
        }
        throw wrong(column, "bytes");
    }

    /// The value as the driver gave it.
    Object raw(String column) {
        return present(column);
    }

    private Object present(String column) {
        Object value = value(column);
        if (value == null) {
            throw wrong(column, "a value");
        }
        return value;
    }

    private @Nullable Object value(String column) {
        Integer place = places.get(column);
        if (place == null) {
            throw wrong(column, "a column of the result");
        }
        return values[place];
    }

    private static IllegalStateException wrong(String column, String wanted) {
        return new IllegalStateException("`" + column + "` is not " + wanted);
    }

    /// Values can be personal data: only the columns are printed.
    @Override
    public String toString() {
        return "Row" + places.keySet();
    }
}
