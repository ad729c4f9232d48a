// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.demo;

import dev.tollgate.store.Crossing;
import dev.tollgate.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The demo company: 2,000 accounts and what belongs to them, in two tenants. Follows from the seed and the moment of
/// the first start alone; moments are relative to it, so that a 90-day window always has an inside and an outside.
public final class DemoData {
    private static final long SEED = 20_261_121;

    /// Rows of one statement: few round trips to PostgreSQL, few enough parameters for SQLite (32,766).
    private static final int ROWS_A_STATEMENT = 40;

    private DemoData() {}

    /// Fills the tables in one transaction, unless that was done before. On several nodes exactly one loads.
    ///
    /// @param now the moment that the data is relative to
    public static void load(Store store, Instant now) {
        boolean loaded = store.read(session ->
                !session.query("select id from demo_loaded where knowledge = 1").isEmpty());
        if (!loaded) {
            List<DemoTable> tables = tables(now);
            store.write(Crossing.DEMO, session -> {
                session.lock("demo-data");
                int first = session.update(
                        "insert into demo_loaded (id, seed, loaded_at) values (1, ?, ?) on conflict do nothing",
                        SEED,
                        now);
                if (first == 1) {
                    tables.forEach(table -> insert(session, table));
                }
                DemoKnowledge.index(store, session);
                session.update("update demo_loaded set knowledge = 1 where id = 1");
                return first;
            });
        }
    }

    /// As `load`, on a thread of its own. Completes with true when the tables are loaded, exceptionally when they could
    /// not be.
    public static CompletableFuture<Boolean> loading(Store store, Instant now) {
        CompletableFuture<Boolean> loaded = new CompletableFuture<>();
        Thread.ofVirtual().name("demo-data").start(() -> {
            try {
                load(store, now);
                loaded.complete(true);
            } catch (RuntimeException failed) {
                loaded.completeExceptionally(failed);
            }
        });
        return loaded;
    }

    /// Every table, filled.
    static List<DemoTable> tables(Instant now) {
        DemoCustomers customers = new DemoCustomers(SEED, now);
        List<DemoTable> tables = new ArrayList<>(customers.tables());
        tables.addAll(new DemoSales(SEED + 1, now, customers.accounts()).tables());
        tables.addAll(new DemoSupport(SEED + 2, now, customers.accounts()).tables());
        tables.addAll(new DemoBilling(SEED + 3, now, customers.accounts()).tables());
        return tables;
    }

    private static void insert(Store.Session session, DemoTable table) {
        List<List<@Nullable Object>> rows = table.rows();
        int whole = rows.size() / ROWS_A_STATEMENT * ROWS_A_STATEMENT;
        List<List<@Nullable Object>> wide = new ArrayList<>();
        for (int at = 0; at < whole; at += ROWS_A_STATEMENT) {
            List<@Nullable Object> row =
                    new ArrayList<>(ROWS_A_STATEMENT * table.columns().size());
            rows.subList(at, at + ROWS_A_STATEMENT).forEach(row::addAll);
            wide.add(row);
        }
        session.updateEach(statement(table, ROWS_A_STATEMENT), wide);
        session.updateEach(statement(table, 1), rows.subList(whole, rows.size()));
    }

    private static String statement(DemoTable table, int rows) {
        StringJoiner names = new StringJoiner("\", \"", " (\"", "\") values ");
        table.columns().forEach(names::add);
        String marks =
                "(" + String.join(", ", Collections.nCopies(table.columns().size(), "?")) + ")";
        return "insert into \"" + DemoDialect.PREFIX + table.object() + "\"" + names
                + String.join(", ", Collections.nCopies(rows, marks));
    }
}
