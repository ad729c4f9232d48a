// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.testing.Property;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Budgets against a model that is a plain list of what was used when.
class BudgetsProperties {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static int subjects;

    /// What was used, and the law of windows over it.
    private static final class Model {
        private record Use(Instant at, long amount) {}

        private final Budget budget;
        private final List<Use> uses = new ArrayList<>();

        Model(Budget budget) {
            this.budget = budget;
        }

        Use use(Instant at, long amount) {
            Use use = new Use(at, amount);
            uses.add(use);
            return use;
        }

        void undo(Use use) {
            uses.remove(use);
        }

        /// Units within one window that ends with the last use, or in the slots that still count.
        long since(Instant first) {
            return uses.stream()
                    .filter(use -> !use.at.isBefore(first))
                    .mapToLong(Use::amount)
                    .sum();
        }

        long counted(Instant now) {
            long width = budget.slotMillis();
            return since(Instant.ofEpochMilli(budget.slot(now) - (Budget.SLOTS_COUNTED - 1) * width));
        }
    }

    private record Held(Reservation reservation, Model.Use use) {}

    private record Run(Budget budget, int nodes, boolean skewed, boolean crashes, RandomGenerator random) {}

    private static Run anyRun(RandomGenerator random, int nodes, boolean skewed, boolean crashes) {
        Duration window = Duration.ofSeconds(random.nextInt(1, 100));
        return new Run(new Budget("calls", random.nextLong(0, 60), window), nodes, skewed, crashes, random);
    }

    /// Plays a run on `store`; fails when a window ever holds more than the budget, or when a lone node that
    /// lost nothing refuses what the budget still had.
    private static void play(Store store, Run run) {
        Budget budget = run.budget;
        RandomGenerator random = run.random;
        String subject = "subject-" + subjects++;
        Model model = new Model(budget);
        Instant[] now = {START};
        long[] skew = new long[run.nodes];
        List<Budgets> nodes = new ArrayList<>();
        for (int at = 0; at < run.nodes; at++) {
            int node = at;
            skew[at] = run.skewed ? random.nextLong(0, budget.slotMillis()) : 0;
            nodes.add(new Budgets(store, () -> now[0].plusMillis(skew[node])));
        }
        List<Held> held = new ArrayList<>();
        for (int step = 0; step < 80; step++) {
            now[0] = now[0].plusMillis(random.nextLong(0, budget.slotMillis()));
            int node = random.nextInt(run.nodes);
            if (run.crashes && random.nextInt(20) == 0) {
                nodes.set(node, new Budgets(store, () -> now[0].plusMillis(skew[node])));
            }
            if (!held.isEmpty() && random.nextInt(4) == 0) {
                Held back = held.remove(random.nextInt(held.size()));
                back.reservation.giveBack();
                back.reservation.giveBack();
                model.undo(back.use);
                continue;
            }
            long amount = random.nextLong(1, Math.max(2, budget.max() / 4));
            Step<Reservation> taken = nodes.get(node).reserve(List.of(new Charge(subject, budget, amount)));
            switch (taken) {
                case Step.Passed<Reservation> passed -> held.add(new Held(passed.state(), model.use(now[0], amount)));
                case Step.Refused<Reservation> _ -> {
                    if (run.nodes == 1 && !run.crashes && !run.skewed) {
                        assertThat(model.counted(now[0]) + amount).isGreaterThan(budget.max());
                    }
                }
            }
            assertThat(model.since(now[0].minus(budget.window()).plusMillis(1))).isLessThanOrEqualTo(budget.max());
        }
    }

    @Test
    void no_window_ever_holds_more_than_the_budget(@TempDir Path folder) {
        try (Store store = Stores.open(StoreConfig.sqlite(folder.resolve("store.db")))) {
            Property.forAll(
                    40,
                    random -> anyRun(random, random.nextInt(1, 5), random.nextBoolean(), random.nextBoolean()),
                    run -> play(store, run));
        }
    }

    @Test
    void a_lone_node_refuses_nothing_that_the_budget_still_has(@TempDir Path folder) {
        try (Store store = Stores.open(StoreConfig.sqlite(folder.resolve("store.db")))) {
            Property.forAll(40, random -> anyRun(random, 1, false, false), run -> play(store, run));
        }
    }
}
