// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.terms.testing.Property;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same random transactions on both databases and on a map: all three must answer alike and end alike.
class StoreModelProperties {
    private static final int KEYS = 8;

    /// One statement of a transaction; answers with what a caller would see.
    private sealed interface Action {
        record Insert(String key, long value) implements Action {}

        record Upsert(String key, long value) implements Action {}

        record Guarded(String key, long from, long to) implements Action {}

        record Add(String key, long by) implements Action {}

        record Delete(String key) implements Action {}

        record Sum() implements Action {}

        record Fail() implements Action {}
    }

    private static Action anyAction(RandomGenerator random) {
        String key = "k" + random.nextInt(KEYS);
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> new Action.Insert(key, random.nextLong(4));
            case 3, 4 -> new Action.Upsert(key, random.nextLong(4));
            case 5, 6, 7 -> new Action.Guarded(key, random.nextLong(4), random.nextLong(4));
            case 8 -> new Action.Add(key, random.nextLong(3));
            case 9 -> new Action.Delete(key);
            case 10 -> new Action.Sum();
            default -> new Action.Fail();
        };
    }

    private static List<List<Action>> anyTransactions(RandomGenerator random) {
        List<List<Action>> transactions = new ArrayList<>();
        for (int at = random.nextInt(1, 12); at > 0; at--) {
            List<Action> actions = new ArrayList<>();
            for (int step = random.nextInt(1, 6); step > 0; step--) {
                actions.add(anyAction(random));
            }
            transactions.add(actions);
        }
        return transactions;
    }

    private static final class Failing extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static long apply(Action action, Map<String, Long> model) {
        return switch (action) {
            case Action.Insert insert -> model.putIfAbsent(insert.key, insert.value) == null ? 1 : 0;
            case Action.Upsert upsert -> {
                model.put(upsert.key, upsert.value);
                yield upsert.value;
            }
            case Action.Guarded guarded -> model.replace(guarded.key, guarded.from, guarded.to) ? 1 : 0;
            case Action.Add add -> model.computeIfPresent(add.key, (_, old) -> old + add.by) == null ? 0 : 1;
            case Action.Delete delete -> model.remove(delete.key) == null ? 0 : 1;
            case Action.Sum _ ->
                model.values().stream().mapToLong(Long::longValue).sum();
            case Action.Fail _ -> throw new Failing();
        };
    }

    private static long apply(Action action, Store.Session session) {
        return switch (action) {
            case Action.Insert insert ->
                session.update("insert into model values (?, ?) on conflict do nothing", insert.key, insert.value);
            case Action.Upsert upsert ->
                session.query(
                                "insert into model values (?, ?) on conflict (k) do update set v = excluded.v"
                                        + " returning v",
                                upsert.key,
                                upsert.value)
                        .getFirst()
                        .number("v");
            case Action.Guarded guarded ->
                session.update("update model set v = ? where k = ? and v = ?", guarded.to, guarded.key, guarded.from);
            case Action.Add add -> session.update("update model set v = v + ? where k = ?", add.by, add.key);
            case Action.Delete delete -> session.update("delete from model where k = ?", delete.key);
            case Action.Sum _ ->
                session.query("select coalesce(sum(v), 0) as total from model")
                        .getFirst()
                        .number("total");
            case Action.Fail _ -> throw new Failing();
        };
    }

    private static List<Long> onModel(Map<String, Long> model, List<Action> actions) {
        Map<String, Long> draft = new TreeMap<>(model);
        try {
            List<Long> answers =
                    actions.stream().map(action -> apply(action, draft)).toList();
            model.clear();
            model.putAll(draft);
            return answers;
        } catch (Failing _) {
            return List.of(-1L);
        }
    }

    private static List<Long> onStore(Store store, List<Action> actions) {
        try {
            return store.write(session ->
                    actions.stream().map(action -> apply(action, session)).toList());
        } catch (Failing _) {
            return List.of(-1L);
        }
    }

    private static Map<String, Long> state(Store store) {
        Map<String, Long> state = new TreeMap<>();
        store.read(session -> session.query("select k, v from model"))
                .forEach(row -> state.put(row.text("k"), row.number("v")));
        return state;
    }

    @Test
    void both_databases_do_what_the_model_does(@TempDir Path folder) {
        try (Store sqlite = Stores.open(StoreConfig.sqlite(folder.resolve("store.db")));
                Store postgres = Stores.open(TestPostgres.database("model"))) {
            List<Store> stores = List.of(sqlite, postgres);
            stores.forEach(store -> store.write(session ->
                    session.update("create table model (k varchar(10) not null primary key, v bigint not null)")));
            Property.forAll(100, StoreModelProperties::anyTransactions, transactions -> {
                Map<String, Long> model = new TreeMap<>();
                stores.forEach(store -> store.write(session -> session.update("delete from model")));
                for (List<Action> actions : transactions) {
                    List<Long> expected = onModel(model, actions);
                    stores.forEach(store -> assertThat(onStore(store, actions)).isEqualTo(expected));
                }
                stores.forEach(store -> assertThat(state(store)).isEqualTo(model));
            });
        }
    }
}
