// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance;

import dev.tollgate.store.Page;
import dev.tollgate.store.PageQuery;
import dev.tollgate.store.Store;
import dev.tollgate.terms.Require;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One page of a list that people look at.
///
/// @param items in the order of the list
/// @param next  what to ask the following page with; nothing on the last one
public record Paged<T>(List<T> items, Optional<String> next) {
    /// Rows of one page at most: a screenful several times over.
    public static final int LIMIT_MAX = 200;

    private static final Pattern CURSOR = Pattern.compile("([0-9]{1,18})_([0-9a-f]{1,64})");

    public Paged {
        items = List.copyOf(items);
    }

    /// Reads the page of `query`, whose key is a number and an id, that begins after `cursor`.
    ///
    /// @param cursor nothing for the first page, else `next` of the page before
    /// @throws IllegalArgumentException when the cursor is none of ours
    public static <T> Paged<T> read(
            Store.Session session, PageQuery query, Optional<String> cursor, Function<Store.Record, T> item) {
        PageQuery from = cursor.map(text -> query.after(key(text))).orElse(query);
        Page page = Page.read(session, from);
        Optional<String> next = page.next().map(key -> key.getFirst() + "_" + key.getLast());
        return new Paged<>(page.rows().stream().map(item).toList(), next);
    }

    private static List<Object> key(String cursor) {
        Matcher match = CURSOR.matcher(cursor);
        Require.require(match.matches(), "a cursor is `next` of the page before");
        return List.of(Long.parseLong(match.group(1)), match.group(2));
    }
}
