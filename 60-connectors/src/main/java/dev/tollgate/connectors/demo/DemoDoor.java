// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.demo;

import dev.tollgate.catalog.Metadata;
import dev.tollgate.connectors.Ask;
import dev.tollgate.connectors.Credential;
import dev.tollgate.connectors.Door;
import dev.tollgate.connectors.DoorLimits;
import dev.tollgate.connectors.Found;
import dev.tollgate.connectors.SqlBuilder;
import dev.tollgate.connectors.SqlChanges;
import dev.tollgate.connectors.SqlStatement;
import dev.tollgate.connectors.Unchanged;
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
import java.util.function.Function;
import java.util.function.Supplier;

/// Reads and changes the demo CRM; only refund requests, tasks, leads and answers on cases are made. It has no
/// credential: its
/// tables are in the gateway's own store.
public final class DemoDoor implements Door {
    private static final Ask.Column UPDATED = new Ask.Column("updated_at", Ask.Kind.MOMENT);

    private final Store store;
    private final SqlBuilder sql;
    private final SqlChanges changes;
    private final DemoCreations creations;
    private final InstantSource clock;
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
        this.sql = new SqlBuilder(new DemoDialect(store.database()));
        this.changes = new SqlChanges(new DemoDialect(store.database()));
        this.creations = new DemoCreations(clock);
        this.clock = clock;
        this.loaded = loaded;
    }

    @Override
    public Found answer(Ask ask, Credential credential, DoorLimits limits) {
        await(limits);
        return switch (ask) {
            case Ask.Find find -> {
                SqlStatement select = sql.select(find);
                yield Found.records(rows(
                        run(() -> store.read(session -> query(DemoWall.behind(session, ask), select))),
                        find.columns(),
                        find.versioned()));
            }
            case Ask.Tally tally -> {
                SqlStatement count = sql.count(tally);
                List<Store.Record> rows = run(() -> store.read(session -> query(DemoWall.behind(session, ask), count)));
                yield Found.count(rows.getFirst().number("c0"));
            }
            case Ask.Add add ->
                changed(
                        ask,
                        session -> Found.records(rows(
                                query(session, sql.insert(creations.completed(session, add))),
                                add.columns(),
                                add.versioned())));
            case Ask.Alter alter -> changed(ask, session -> changes.alter(stamped(alter), new Open(session)));
            case Ask.Remove remove ->
                changed(ask, session -> changes.remove(creations.ended(remove), new Open(session)));
            case Ask.Send send ->
                changed(ask, session -> changes.send(creations.answered(session, send), new Open(session)));
            case Ask.Join join -> changed(ask, session -> changes.join(join, new Open(session)));
        };
    }

    private Found changed(Ask ask, Function<Store.Session, Found> change) {
        try {
            return run(() -> store.write(session -> change.apply(DemoWall.behind(session, ask))));
        } catch (Unchanged unchanged) {
            return unchanged.found();
        }
    }

    /// The system notes when a record changed, whatever the caller says.
    private Ask.Alter stamped(Ask.Alter alter) {
        List<Ask.Setting> settings = new ArrayList<>(alter.settings());
        settings.removeIf(setting -> setting.column().upstream().equals(UPDATED.upstream()));
        settings.add(new Ask.Setting(UPDATED, new Value.Moment(clock.instant())));
        return new Ask.Alter(alter.object(), alter.id(), alter.pick(), settings, alter.columns());
    }

    private record Open(Store.Session session) implements SqlChanges.Transaction<RuntimeException> {
        @Override
        public List<Found.Raw> rows(SqlStatement statement, List<Ask.Column> columns, boolean versioned) {
            return DemoDoor.rows(query(session, statement), columns, versioned);
        }

        @Override
        public void run(SqlStatement statement) {
            session.update(statement.text(), statement.parameters().toArray());
        }
    }

    private static List<Store.Record> query(Store.Session session, SqlStatement statement) {
        return session.query(statement.text(), statement.parameters().toArray());
    }

    private static List<Found.Raw> rows(List<Store.Record> rows, List<Ask.Column> columns, boolean versioned) {
        List<Found.Raw> raws = new ArrayList<>(rows.size());
        for (Store.Record row : rows) {
            Map<String, Value> values = HashMap.newHashMap(columns.size());
            for (int at = 0; at < columns.size(); at++) {
                Ask.Column column = columns.get(at);
                values.put(column.upstream(), DemoDialect.read(column.kind(), row, "c" + (at + 1)));
            }
            Optional<String> stamp = versioned ? Optional.of(row.text("v")) : Optional.empty();
            raws.add(new Found.Raw(row.text("c0"), values, stamp));
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
                        case TIMEOUT -> Why.TIMEOUT;
                        case UNKNOWN_OUTCOME -> Why.UNKNOWN_OUTCOME;
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
