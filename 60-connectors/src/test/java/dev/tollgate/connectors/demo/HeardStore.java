// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.demo;

import dev.tollgate.store.Crossing;
import dev.tollgate.store.Store;
import dev.tollgate.terms.TenantId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A real store with an ear on every statement.
final class HeardStore implements Store {
    private final Store store;
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();

    HeardStore(Store store) {
        this.store = store;
    }

    String sent() {
        String text = String.join("\n", heard);
        heard.clear();
        return text;
    }

    @Override
    public Database database() {
        return store.database();
    }

    @Override
    public <T> T read(Function<Session, T> work) {
        return store.read(session -> work.apply(new Heard(session)));
    }

    @Override
    public <T> T write(Function<Session, T> work) {
        return store.write(session -> work.apply(new Heard(session)));
    }

    @Override
    public <T> CompletableFuture<T> writeAsync(Function<Session, T> work) {
        return store.writeAsync(session -> work.apply(new Heard(session)));
    }

    @Override
    public void close() {
        store.close();
    }

    private final class Heard implements Session {
        private final Session session;

        Heard(Session session) {
            this.session = session;
        }

        @Override
        public List<Record> query(String sql, @Nullable Object... args) {
            heard.add(sql + " " + Arrays.toString(args));
            return session.query(sql, args);
        }

        @Override
        public int update(String sql, @Nullable Object... args) {
            heard.add(sql + " " + Arrays.toString(args));
            return session.update(sql, args);
        }

        @Override
        public int updateEach(String sql, List<? extends List<? extends @Nullable Object>> rows) {
            heard.add(sql);
            return session.updateEach(sql, rows);
        }

        @Override
        public void within(TenantId tenant) {
            session.within(tenant);
        }

        @Override
        public void across(Crossing why) {
            session.across(why);
        }

        @Override
        public void lock(String name) {
            session.lock(name);
        }

        @Override
        public Instant now() {
            return session.now();
        }
    }
}
