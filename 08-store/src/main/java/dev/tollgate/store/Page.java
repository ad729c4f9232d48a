// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.SortField;
import org.jooq.impl.DSL;

/// Rows of a `PageQuery`.
///
/// @param rows in the order of the key
/// @param next the key to go on after; nothing on the last page
public record Page(List<Store.Record> rows, Optional<List<Object>> next) {

    public Page {
        rows = List.copyOf(rows);
    }

    /// Reads a page. jOOQ writes the statement, which differs between databases; the session runs it like any
    /// other.
    ///
    /// @param session of a store of this room
    public static Page read(Store.Session session, PageQuery query) {
        if (!(session instanceof JdbcSession jdbc)) {
            throw new IllegalArgumentException("a page is read in a session of a store");
        }
        Query written = write(DSL.using(jdbc.dialect()), query);
        List<Store.Record> found =
                session.query(written.getSQL(), written.getBindValues().toArray());
        boolean more = found.size() > query.limit();
        List<Store.Record> rows = more ? found.subList(0, query.limit()) : found;
        return new Page(rows, more ? Optional.of(key(query, rows.getLast())) : Optional.empty());
    }

    private static Query write(DSLContext dsl, PageQuery query) {
        List<Field<?>> columns = new ArrayList<>();
        query.columns().forEach(column -> columns.add(DSL.field(DSL.unquotedName(column))));
        List<Condition> conditions = new ArrayList<>();
        query.filters().forEach(filter -> conditions.add(condition(filter)));
        List<SortField<?>> order = new ArrayList<>();
        for (PageQuery.Key key : query.key()) {
            Field<Object> column = DSL.field(DSL.unquotedName(key.column()), Object.class);
            order.add(key.descending() ? column.desc() : column.asc());
        }
        var sorted = dsl.select(columns)
                .from(DSL.table(DSL.unquotedName(query.table())))
                .where(conditions)
                .orderBy(order);
        // One row more than asked for tells whether there is another page.
        return query.after().isEmpty()
                ? sorted.limit(query.limit() + 1)
                : sorted.seek(query.after().stream().map(Page::stored).toArray())
                        .limit(query.limit() + 1);
    }

    private static Condition condition(PageQuery.Filter filter) {
        Field<Object> column = DSL.field(DSL.unquotedName(filter.column()), Object.class);
        Object value = stored(filter.value());
        return switch (filter.test()) {
            case EQUALS -> column.eq(value);
            case AT_LEAST -> column.ge(value);
            case LESS -> column.lt(value);
            case STARTS_WITH -> {
                String start = String.valueOf(value);
                int length = start.codePointCount(0, start.length());
                yield DSL.left(column.cast(String.class), DSL.inline(length)).eq(start);
            }
        };
    }

    private static Object stored(Object value) {
        return value instanceof Instant instant ? Micros.of(instant) : value;
    }

    private static List<Object> key(PageQuery query, Store.Record last) {
        List<Object> key = new ArrayList<>();
        for (PageQuery.Key part : query.key()) {
            key.add(((Row) last).raw(part.column()));
        }
        return key;
    }
}
