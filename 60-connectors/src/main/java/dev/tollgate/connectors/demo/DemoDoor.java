// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.demo;

import dev.tollgate.catalog.Metadata;
import dev.tollgate.connectors.Ask;
import dev.tollgate.connectors.Credential;
import dev.tollgate.connectors.Door;
import dev.tollgate.connectors.DoorLimits;
import dev.tollgate.connectors.Found;
import dev.tollgate.connectors.SqlBuilder;
import dev.tollgate.connectors.SqlStatement;
import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.connectors.UpstreamBroken.Why;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreFailure;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.Value;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Reads the demo CRM, and takes refund requests. It has no credential: its tables are in the gateway's own store.
public final class DemoDoor implements Door {
    private final Store store;
    private final SqlBuilder sql = new SqlBuilder(new DemoDialect());
    private final DemoRefunds refunds;
    private final CompletableFuture<Boolean> loaded;

    /// A door to the tables of that store, which were loaded before.
    public DemoDoor(Store store, InstantSource clock) {
        this(store, clock, CompletableFuture.completedFuture(true));
    }

    /// A door that opens once the tables are loaded, so that the gateway's start need not wait for them.
    ///
    /// @param loaded from `DemoData.loading`
    public DemoDoor(Store store, InstantSource clock, CompletableFuture<Boolean> loaded) {
        this.store = store;
        this.refunds = new DemoRefunds(clock);
        this.loaded = loaded;
    }

    @Override
    public Found answer(Ask ask, Credential credential, DoorLimits limits) {
        await(limits);
        return switch (ask) {
            case Ask.Find find -> {
                SqlStatement select = sql.select(find);
                yield Found.records(rows(run(() -> store.read(session -> query(session, select))), find.columns()));
            }
            case Ask.Tally tally -> {
                SqlStatement count = sql.count(tally);
                List<Store.Record> rows = run(() -> store.read(session -> query(session, count)));
                yield Found.count(rows.getFirst().number("c0"));
            }
            case Ask.Add add ->
                Found.records(rows(run(() -> store.write(session -> add(session, add))), add.columns()));
        };
    }

    private List<Store.Record> add(Store.Session session, Ask.Add add) {
        return query(session, sql.insert(refunds.completed(session, add)));
    }

    private static List<Store.Record> query(Store.Session session, SqlStatement statement) {
        return session.query(statement.text(), statement.parameters().toArray());
    }

    private static List<Found.Raw> rows(List<Store.Record> rows, List<Ask.Column> columns) {
        List<Found.Raw> raws = new ArrayList<>(rows.size());
        for (Store.Record row : rows) {
            Map<String, Value> values = HashMap.newHashMap(columns.size());
            for (int at = 0; at < columns.size(); at++) {
                Ask.Column column = columns.get(at);
                values.put(column.upstream(), DemoDialect.read(column.kind(), row, "c" + (at + 1)));
            }
            raws.add(new Found.Raw(row.text("c0"), values, Optional.empty()));
        }
        return raws;
    }

    private void await(DoorLimits limits) {
        try {
            loaded.get(limits.timeMax().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            throw new UpstreamBroken(Why.TIMEOUT);
        } catch (ExecutionException _) {
            throw new UpstreamBroken(Why.UNREACHABLE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new UpstreamBroken(Why.TIMEOUT);
        }
    }

    private static <T> T run(Supplier<T> work) {
        try {
            return work.get();
        } catch (StoreFailure failed) {
            throw new UpstreamBroken(
                    switch (failed.kind()) {
                        case UNREACHABLE -> Why.UNREACHABLE;
                        case TIMEOUT, UNKNOWN_OUTCOME -> Why.TIMEOUT;
                        case CONFLICT, FULL, BROKEN -> Why.REJECTED;
                    });
        }
    }

    @Override
    public void knock(Credential credential, DoorLimits limits) {
        await(limits);
        run(() -> store.read(session -> session.query("select id from demo_loaded")));
    }

    @Override
    public Metadata describe(SystemId system, Credential credential, DoorLimits limits) {
        return DemoMetadata.describe(system);
    }

    @Override
    public boolean needsCredential() {
        return false;
    }

    /// The store belongs to whoever opened it.
    @Override
    public void close() {}
}
