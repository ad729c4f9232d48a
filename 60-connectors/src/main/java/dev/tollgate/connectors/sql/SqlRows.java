// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.sql;

import dev.tollgate.connectors.Ask;
import dev.tollgate.connectors.Found;
import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.connectors.UpstreamBroken.Why;
import dev.tollgate.terms.Value;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads rows whose columns are the id and what was asked, in that order. Stops when there are more bytes
/// than allowed, before the rest is fetched.
final class SqlRows {
    private final List<Ask.Column> columns;
    private final boolean versioned;
    private final int bytesMax;
    private long bytes;

    /// @param versioned whether the stamp comes after the columns
    SqlRows(List<Ask.Column> columns, boolean versioned, int bytesMax) {
        this.columns = columns;
        this.versioned = versioned;
        this.bytesMax = bytesMax;
    }

    List<Found.Raw> read(ResultSet result) throws SQLException {
        ResultSetMetaData meta = result.getMetaData();
        List<Found.Raw> rows = new ArrayList<>();
        while (result.next()) {
            String id = result.getString(1);
            if (id == null) {
                throw new UpstreamBroken(Why.GARBAGE);
            }
            Map<String, Value> values = HashMap.newHashMap(columns.size());
            for (int at = 0; at < columns.size(); at++) {
                Ask.Column column = columns.get(at);
                values.put(column.upstream(), value(result, at + 2, column.kind(), meta.getColumnTypeName(at + 2)));
            }
            Optional<String> stamp =
                    versioned ? Optional.ofNullable(result.getString(columns.size() + 2)) : Optional.empty();
            rows.add(new Found.Raw(id, values, stamp));
        }
        return rows;
    }

    private Value value(ResultSet result, int place, Ask.Kind kind, String type) throws SQLException {
        return switch (kind) {
            case DAY -> {
                LocalDate day = result.getObject(place, LocalDate.class);
                yield day == null ? Value.NULL : new Value.Day(day);
            }
            case MOMENT -> moment(result, place, type);
            case TRUTH -> {
                boolean truth = result.getBoolean(place);
                yield result.wasNull() ? Value.NULL : Value.of(truth);
            }
            case WHOLE, NUMBER -> {
                BigDecimal number = result.getBigDecimal(place);
                yield number == null ? Value.NULL : new Value.Num(number);
            }
            case LIST -> list(result.getArray(place));
            case TEXT, RECORD -> text(result.getString(place));
        };
    }

    private static Value moment(ResultSet result, int place, String type) throws SQLException {
        if (type.equals("timestamp")) {
            // Without a zone: the contract's author says with the type `moment` that it is UTC.
            LocalDateTime local = result.getObject(place, LocalDateTime.class);
            return local == null ? Value.NULL : new Value.Moment(local.toInstant(ZoneOffset.UTC));
        }
        OffsetDateTime moment = result.getObject(place, OffsetDateTime.class);
        return moment == null ? Value.NULL : new Value.Moment(moment.toInstant());
    }

    private Value list(@Nullable Array array) throws SQLException {
        if (array == null) {
            return new Value.Items(List.of());
        }
        if (!(array.getArray() instanceof Object[] items)) {
            throw new UpstreamBroken(Why.GARBAGE);
        }
        List<Value> values = new ArrayList<>();
        for (Object item : items) {
            values.add(text(item == null ? null : item.toString()));
        }
        return new Value.Items(values);
    }

    private Value text(@Nullable String text) {
        if (text == null) {
            return Value.NULL;
        }
        bytes += text.length();
        if (bytes > bytesMax) {
            throw new UpstreamBroken(Why.TOO_LARGE);
        }
        return Value.of(text);
    }
}
