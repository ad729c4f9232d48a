// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.connectors.UpstreamBroken.Why;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Writes SQL for what a door is asked. Identifiers come from the contract and are quoted; every value is
/// a parameter, the page too, so that a statement's text is one of few.
public final class SqlBuilder {
    /// PostgreSQL cuts longer identifiers off, and a cut name is another column.
    private static final int NAME_CHARS_MAX = 63;

    /// A word in the first column says more of what a text is about than one in the others.
    private static final int FIRST_COUNTS = 3;

    private final SqlDialect dialect;

    public SqlBuilder(SqlDialect dialect) {
        this.dialect = dialect;
    }

    /// Reads records. The id is column `c0` of the result, the n-th asked column `cn`, the system's stamp
    /// `v`.
    public SqlStatement select(Ask.Find find) {
        List<@Nullable Object> parameters = new ArrayList<>();
        StringBuilder sql = new StringBuilder(256).append("select ");
        sql.append(quoted(find.id().upstream())).append(" as c0");
        appendColumns(find.columns(), find.versioned(), sql);
        sql.append(" from ").append(dialect.table(find.object()));
        appendWhere(find.filters(), sql, parameters);
        find.words().ifPresent(words -> {
            sql.append(find.filters().isEmpty() ? " where (" : " and (");
            appendHits(find.object(), words, "", " or ", "", sql, parameters);
            sql.append(')');
        });
        sql.append(" order by ");
        find.words().ifPresent(words -> {
            // Counted over the row itself: a rank over all rows would tell of those that nobody may see.
            sql.append('(');
            appendHits(find.object(), words, "case when ", " + ", " else 0 end", sql, parameters);
            sql.append(") desc, ");
        });
        for (Ask.Sort sort : find.sorts()) {
            sql.append(quoted(sort.column().upstream()))
                    .append(sort.descending() ? " desc" : " asc")
                    .append(" nulls last, ");
        }
        sql.append(quoted(find.id().upstream())).append(" asc limit ? offset ?");
        parameters.add((long) find.limit());
        parameters.add((long) find.offset());
        return new SqlStatement(sql.toString(), parameters);
    }

    /// Every word in every column, joined; weighted where `after` ends a case.
    private void appendHits(
            String object,
            Ask.Search words,
            String before,
            String joint,
            String after,
            StringBuilder sql,
            List<@Nullable Object> parameters) {
        String between = "";
        for (int at = 0; at < words.columns().size(); at++) {
            Ask.Column column = words.columns().get(at);
            for (String word : words.words()) {
                sql.append(between).append(before).append(dialect.hit(object, column));
                sql.append(after.isEmpty() ? "" : " then " + (at == 0 ? FIRST_COUNTS : 1))
                        .append(after);
                parameters.add(dialect.word(column, word));
                between = joint;
            }
        }
    }

    /// Counts records; the count is column `c0`.
    public SqlStatement count(Ask.Tally tally) {
        List<@Nullable Object> parameters = new ArrayList<>();
        StringBuilder sql = new StringBuilder(128).append("select count(*) as c0 from ");
        sql.append(dialect.table(tally.object()));
        appendWhere(tally.filters(), sql, parameters);
        return new SqlStatement(sql.toString(), parameters);
    }

    /// Makes a record and reads it back, as `select` does.
    public SqlStatement insert(Ask.Add add) {
        List<@Nullable Object> parameters = new ArrayList<>();
        StringJoiner names = new StringJoiner(", ", " (", ")");
        StringJoiner marks = new StringJoiner(", ", " values (", ")");
        for (Ask.Setting setting : add.settings()) {
            names.add(quoted(setting.column().upstream()));
            marks.add("?");
            parameters.add(dialect.set(setting.column().kind(), setting.value()));
        }
        StringBuilder sql = new StringBuilder(256).append("insert into ").append(dialect.table(add.object()));
        sql.append(names).append(marks).append(" returning ");
        sql.append(quoted(add.id().upstream())).append(" as c0");
        appendColumns(add.columns(), add.versioned(), sql);
        return new SqlStatement(sql.toString(), parameters);
    }

    void appendColumns(List<Ask.Column> columns, boolean versioned, StringBuilder sql) {
        for (int at = 0; at < columns.size(); at++) {
            sql.append(", ")
                    .append(quoted(columns.get(at).upstream()))
                    .append(" as c")
                    .append(at + 1);
        }
        if (versioned) {
            sql.append(", ").append(dialect.stamp()).append(" as v");
        }
    }

    void appendWhere(List<Ask.Filter> filters, StringBuilder sql, List<@Nullable Object> parameters) {
        String joint = " where ";
        for (Ask.Filter filter : filters) {
            sql.append(joint);
            appendFilter(filter, sql, parameters);
            joint = " and ";
        }
    }

    private void appendFilter(Ask.Filter filter, StringBuilder sql, List<@Nullable Object> parameters) {
        String column = quoted(filter.column().upstream());
        switch (filter.comparison()) {
            case EQUALS -> appendSimple(column, " = ?", filter, sql, parameters);
            case NOT_EQUALS -> appendSimple(column, " <> ?", filter, sql, parameters);
            case LESS -> appendSimple(column, " < ?", filter, sql, parameters);
            case AT_MOST -> appendSimple(column, " <= ?", filter, sql, parameters);
            case GREATER -> appendSimple(column, " > ?", filter, sql, parameters);
            case AT_LEAST -> appendSimple(column, " >= ?", filter, sql, parameters);
            case STARTS_WITH -> appendLike(column, escaped(filter.value()) + "%", sql, parameters);
            case CONTAINS -> appendLike(column, "%" + escaped(filter.value()) + "%", sql, parameters);
            case IN -> appendIn(column, filter, sql, parameters);
        }
    }

    private void appendSimple(
            String column, String operator, Ask.Filter filter, StringBuilder sql, List<@Nullable Object> parameters) {
        sql.append(column).append(operator);
        parameters.add(dialect.compared(filter.column().kind(), filter.comparison(), filter.value()));
    }

    private static void appendLike(
            String column, String pattern, StringBuilder sql, List<@Nullable Object> parameters) {
        sql.append("lower(").append(column).append(") like lower(?) escape '\\'");
        parameters.add(pattern);
    }

    private void appendIn(String column, Ask.Filter filter, StringBuilder sql, List<@Nullable Object> parameters) {
        if (!(filter.value() instanceof Value.Items items) || items.values().isEmpty()) {
            throw new UpstreamBroken(Why.UNSUPPORTED);
        }
        // The last value fills the list up to a power of two: few texts, so that prepared statements are found again.
        int size = Integer.highestOneBit(Math.max(1, items.values().size() * 2 - 1));
        StringJoiner marks = new StringJoiner(", ", " in (", ")");
        for (int at = 0; at < size; at++) {
            Value item = items.values().get(Math.min(at, items.values().size() - 1));
            marks.add("?");
            parameters.add(dialect.compared(filter.column().kind(), Comparison.EQUALS, item));
        }
        sql.append(column).append(marks);
    }

    private static String escaped(Value value) {
        if (!(value instanceof Value.Text text)) {
            throw new UpstreamBroken(Why.UNSUPPORTED);
        }
        return text.text().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    /// An identifier of the contract, quoted.
    ///
    /// @throws UpstreamBroken `unsupported` when no column can have that name
    public static String quoted(String name) {
        boolean usable = !name.isEmpty()
                && name.length() <= NAME_CHARS_MAX
                && name.chars().noneMatch(c -> c == '"' || c == '?' || Character.isISOControl(c));
        if (!usable) {
            throw new UpstreamBroken(Why.UNSUPPORTED);
        }
        return '"' + name + '"';
    }
}
