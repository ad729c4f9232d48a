// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.demo;

import dev.tollgate.store.Store;
import dev.tollgate.terms.Words;
import java.util.ArrayList;
import java.util.List;

/// The index of words of the demo CRM's articles: FTS5 on SQLite, text search vectors on PostgreSQL. Both are given
/// words that were taken apart here, so that both find the same.
public final class DemoKnowledge {
    private static final String OBJECT = "article";
    private static final String INDEX = "demo_article_words";

    private DemoKnowledge() {}

    /// The index of an object's words.
    static String index(String object) {
        return DemoDialect.PREFIX + object + "_words";
    }

    /// Indexes every article anew, inside a transaction of the store.
    ///
    /// @return how many there are
    public static int index(Store store, Store.Session session) {
        switch (store.database()) {
            case SQLITE ->
                session.update("create virtual table if not exists " + INDEX
                        + " using fts5(id unindexed, title, body, tokenize = \"unicode61 remove_diacritics 0\")");
            case POSTGRES -> {
                session.update("create table if not exists " + INDEX
                        + " (id varchar(256) not null primary key, title tsvector not null, body tsvector not null)");
                session.update(
                        "create index if not exists demo_article_words_title on " + INDEX + " using gin (title)");
                session.update("create index if not exists demo_article_words_body on " + INDEX + " using gin (body)");
            }
        }
        session.update("delete from " + INDEX);
        List<List<String>> rows = new ArrayList<>();
        for (Store.Record article :
                session.query("select id, title, body from " + DemoDialect.PREFIX + OBJECT + " order by id")) {
            rows.add(List.of(article.text("id"), words(article, "title"), words(article, "body")));
        }
        String vector = switch (store.database()) {
            case SQLITE -> "?";
            // The words are whole already: the parser of the database would take some of them apart again.
            case POSTGRES -> "array_to_tsvector(string_to_array(?, ' '))";
        };
        return session.updateEach(
                "insert into " + INDEX + " (id, title, body) values (?, " + vector + ", " + vector + ")", rows);
    }

    private static String words(Store.Record article, String column) {
        return String.join(" ", Words.of(article.textIfAny(column).orElse("")));
    }
}
