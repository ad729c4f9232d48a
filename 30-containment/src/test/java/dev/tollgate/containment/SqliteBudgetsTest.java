// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteBudgetsTest extends MetersConformance {
    @TempDir
    static Path folder;

    private static Store store;

    @BeforeAll
    static void open() {
        store = Stores.open(StoreConfig.sqlite(folder.resolve("store.db")));
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Override
    Store database() {
        return store;
    }

    @Test
    void a_store_that_fails_refuses_and_rates_high() {
        Store closed = Stores.open(StoreConfig.sqlite(folder.resolve("closed.db")));
        closed.close();
        AgentId agent = new AgentId("a");
        Step<Reservation> step =
                new Budgets(closed, InstantSource.system()).reserve(agent, Budget.perMinute("calls", 9));
        RiskScore score = new Risk(closed, InstantSource.system()).assess(Rated.of(agent), RiskTerms.USUAL);
        assertThat(step).isEqualTo(Step.refuse(new Refusal.Undecidable("budget `calls` cannot be counted now")));
        assertThat(score.level()).isEqualTo(RiskScore.Level.HIGH);
        assertThat(score.signals()).extracting(RiskScore.Signal::name).isEqualTo(List.of("risk-unknown"));
    }
}
