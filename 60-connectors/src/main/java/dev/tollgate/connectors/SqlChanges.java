// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Changes rows of a database, inside a transaction that the caller holds: one statement compares the
/// state and the row rules and changes the row. When there was no such row, a second one tells whether it
/// is in another state or not there at all.
public final class SqlChanges {
    private final SqlDialect dialect;
    private final SqlBuilder sql;

    /// Changes in that dialect.
    public SqlChanges(SqlDialect dialect) {
        this.dialect = dialect;
        this.sql = new SqlBuilder(dialect);
    }

    /// An open transaction.
    ///
    /// @param <X> what it throws
    public interface Transaction<X extends Exception> {
        /// The rows that a statement finds, changes or ends: the id, then these columns, then the stamp
        /// when wanted.
        List<Found.Raw> rows(SqlStatement statement, List<Ask.Column> columns, boolean versioned) throws X;

        /// A statement that brings no rows.
        void run(SqlStatement statement) throws X;
    }

    /// Alters one record.
    ///
    /// @throws Unchanged when it is not there, or in another state
    public <X extends Exception> Found alter(Ask.Alter alter, Transaction<X> open) throws X {
        List<@Nullable Object> parameters = new ArrayList<>();
        StringJoiner sets = new StringJoiner(", ", " set ", "");
        for (Ask.Setting setting : alter.settings()) {
            sets.add(SqlBuilder.quoted(setting.column().upstream()) + " = ?");
            parameters.add(dialect.set(setting.column().kind(), setting.value()));
        }
        dialect.restamped().ifPresent(sets::add);
        StringBuilder text = new StringBuilder(256).append("update ").append(dialect.table(alter.object()));
        text.append(sets);
        appendPick(alter.pick(), text, parameters);
        text.append(" returning ")
                .append(SqlBuilder.quoted(alter.id().upstream()))
                .append(" as c0");
        sql.appendColumns(alter.columns(), alter.pick().versioned(), text);
        List<Found.Raw> rows = open.rows(
                new SqlStatement(text.toString(), parameters),
                alter.columns(),
                alter.pick().versioned());
        if (rows.isEmpty()) {
            throw unchanged(alter.object(), alter.id(), alter.pick(), open);
        }
        return Found.records(rows);
    }

    /// Ends one record.
    ///
    /// @throws Unchanged as for an alter
    public <X extends Exception> Found remove(Ask.Remove remove, Transaction<X> open) throws X {
        List<@Nullable Object> parameters = new ArrayList<>();
        StringBuilder text = new StringBuilder(256).append("delete from ").append(dialect.table(remove.object()));
        appendPick(remove.pick(), text, parameters);
        text.append(" returning ")
                .append(SqlBuilder.quoted(remove.id().upstream()))
                .append(" as c0");
        List<Found.Raw> rows = open.rows(new SqlStatement(text.toString(), parameters), List.of(), false);
        if (rows.isEmpty()) {
            throw unchanged(remove.object(), remove.id(), remove.pick(), open);
        }
        return Found.records(rows);
    }

    /// Makes one record of two. Holds both first, in the order of their ids, so that two merges do not
    /// wait for each other for ever.
    ///
    /// @throws Unchanged as for an alter, of either record
    public <X extends Exception> Found join(Ask.Join join, Transaction<X> open) throws X {
        List<Ask.Pick> picks = Stream.of(join.kept(), join.duplicate())
                .sorted(Comparator.comparing(Ask.Pick::record))
                .toList();
        for (Ask.Pick pick : picks) {
            if (open.rows(hold(join, pick), List.of(), false).isEmpty()) {
                throw unchanged(join.object(), join.id(), pick, open);
            }
        }
        for (Ask.Link link : join.links()) {
            open.run(repoint(link, join));
        }
        Ask.Pick held = new Ask.Pick(
                join.duplicate().record(),
                join.duplicate().filters(),
                Optional.empty(),
                Optional.empty(),
                join.duplicate().versioned());
        remove(new Ask.Remove(join.object(), join.id(), held), open);
        return Found.records(open.rows(
                sql.select(new Ask.Find(
                        join.object(),
                        join.id(),
                        join.columns(),
                        join.kept().filters().subList(0, 1),
                        List.of(),
                        2,
                        0,
                        join.kept().versioned())),
                join.columns(),
                join.kept().versioned()));
    }

    /// Lets an answer out: a row that the system's own people and processes take further. The record that it answers is
    /// held until then, so that it is not handed to somebody else in between.
    ///
    /// @throws Unchanged      when the record is not as the message says
    /// @throws UpstreamBroken `unsupported` when the message answers nothing: a database is no sink
    public <X extends Exception> Found send(Ask.Send send, Transaction<X> open) throws X {
        Ask.Bond bond = send.bond().orElseThrow(() -> new UpstreamBroken(UpstreamBroken.Why.UNSUPPORTED));
        List<@Nullable Object> parameters = new ArrayList<>();
        StringBuilder text = new StringBuilder(256).append("select ");
        text.append(SqlBuilder.quoted(bond.id().upstream()))
                .append(" as c0 from ")
                .append(dialect.table(bond.object()));
        sql.appendWhere(bond.filters(), text, parameters);
        text.append(dialect.holding());
        if (open.rows(new SqlStatement(text.toString(), parameters), List.of(), false)
                .isEmpty()) {
            throw new Unchanged(Found.changedMeanwhile());
        }
        Ask.Add row = new Ask.Add(send.object(), send.id(), send.settings(), send.columns(), false);
        return Found.records(open.rows(sql.insert(row), send.columns(), false));
    }

    /// Statements that find the records of a change where they are, in whatever state.
    public List<SqlStatement> wanted(Ask ask) {
        return switch (ask) {
            case Ask.Alter alter -> List.of(there(alter.object(), alter.id(), alter.pick()));
            case Ask.Remove remove -> List.of(there(remove.object(), remove.id(), remove.pick()));
            case Ask.Join join ->
                List.of(
                        there(join.object(), join.id(), join.kept()),
                        there(join.object(), join.id(), join.duplicate()));
            case Ask.Find _, Ask.Tally _, Ask.Add _, Ask.Send _ -> List.of();
        };
    }

    private SqlStatement hold(Ask.Join join, Ask.Pick pick) {
        List<@Nullable Object> parameters = new ArrayList<>();
        String table = dialect.table(join.object());
        String id = SqlBuilder.quoted(join.id().upstream()) + " as c0";
        StringBuilder text = new StringBuilder(256);
        if (dialect.restamped().isPresent()) {
            text.append("update ")
                    .append(table)
                    .append(" set ")
                    .append(dialect.restamped().get());
            appendPick(pick, text, parameters);
            text.append(" returning ").append(id);
        } else {
            text.append("select ").append(id).append(" from ").append(table);
            appendPick(pick, text, parameters);
            text.append(dialect.holding());
        }
        return new SqlStatement(text.toString(), parameters);
    }

    private SqlStatement repoint(Ask.Link link, Ask.Join join) {
        String column = SqlBuilder.quoted(link.column().upstream());
        String more = dialect.restamped().map(set -> ", " + set).orElse("");
        return new SqlStatement(
                "update " + dialect.table(link.object()) + " set " + column + " = ?" + more + " where " + column
                        + " = ?",
                List.of(join.kept().record(), join.duplicate().record()));
    }

    private <X extends Exception> Unchanged unchanged(String object, Ask.Column id, Ask.Pick pick, Transaction<X> open)
            throws X {
        boolean there = !open.rows(there(object, id, pick), List.of(), false).isEmpty();
        return new Unchanged(there ? Found.changedMeanwhile() : Found.records(List.of()));
    }

    private SqlStatement there(String object, Ask.Column id, Ask.Pick pick) {
        List<@Nullable Object> parameters = new ArrayList<>();
        StringBuilder text = new StringBuilder(256).append("select ");
        text.append(SqlBuilder.quoted(id.upstream())).append(" as c0 from ").append(dialect.table(object));
        sql.appendWhere(pick.filters(), text, parameters);
        return new SqlStatement(text.toString(), parameters);
    }

    private void appendPick(Ask.Pick pick, StringBuilder text, List<@Nullable Object> parameters) {
        List<Ask.Filter> filters = new ArrayList<>(pick.filters());
        pick.stamp().ifPresent(filters::add);
        sql.appendWhere(filters, text, parameters);
        pick.version().ifPresent(version -> {
            text.append(" and ").append(dialect.stamp()).append(" = ?");
            parameters.add(version);
        });
    }
}
