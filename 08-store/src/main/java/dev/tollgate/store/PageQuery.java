// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import dev.tollgate.terms.Require;
import java.util.List;
import java.util.regex.Pattern;

/// A page of a table, for lists that people look at. Pages begin after a key, not at a number of rows: the
/// hundredth costs what the first costs, and rows that come or go meanwhile neither repeat nor hide others.
///
/// @param table   a table or view
/// @param columns to return; must contain the key
/// @param filters all of which hold
/// @param key     what the rows are sorted by; together unique, none of them NULL
/// @param after   the key of the last row of the page before; empty for the first page
/// @param limit   rows of a page, 1 to 1,000
public record PageQuery(
        String table, List<String> columns, List<Filter> filters, List<Key> key, List<Object> after, int limit) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final int LIMIT_MAX = 1_000;

    public PageQuery {
        columns = List.copyOf(columns);
        filters = List.copyOf(filters);
        key = List.copyOf(key);
        after = List.copyOf(after);
        name(table);
        columns.forEach(PageQuery::name);
        Require.require(limit >= 1 && limit <= LIMIT_MAX, "a page has 1 to " + LIMIT_MAX + " rows");
        Require.require(!key.isEmpty(), "a page needs a key to be sorted by");
        Require.require(
                columns.containsAll(key.stream().map(Key::column).toList()), "the columns of a page contain its key");
        Require.require(after.isEmpty() || after.size() == key.size(), "a page begins after a whole key");
    }

    /// Names are written into the statement, so nothing but a name may pass.
    private static void name(String name) {
        Require.require(NAME.matcher(name).matches(), "a name in a query is lower-case letters, digits and `_`");
    }

    /// How a column is compared. Closed.
    public enum Test {
        EQUALS,
        AT_LEAST,
        LESS,
        STARTS_WITH
    }

    /// One condition.
    ///
    /// @param value text, a whole number or an `Instant`
    public record Filter(String column, Test test, Object value) {
        public Filter {
            name(column);
        }
    }

    /// One column of the key.
    public record Key(String column, boolean descending) {
        public Key {
            name(column);
        }
    }

    /// The same query, after the page that ended with that key.
    public PageQuery after(List<Object> last) {
        return new PageQuery(table, columns, filters, key, last, limit);
    }
}
