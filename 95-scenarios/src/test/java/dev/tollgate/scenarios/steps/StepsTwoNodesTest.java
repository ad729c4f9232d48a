// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.app.Configuration;
import dev.tollgate.connectors.demo.DemoData;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.NodeOnPostgres;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.testing.Requirement;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepsTwoNodesTest {
    private static final String NEW = "\"email\":\"new@firm.example\"";

    @TempDir
    private Path folder;

    @Test
    @Requirement({"S2-5", "S2-10"})
    void who_was_verified_on_one_node_is_verified_on_the_other_and_tries_are_counted_on_both() throws IOException {
        MovingClock clock = new MovingClock();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            Configuration first = NodeOnPostgres.in(folder.resolve("first"), postgres);
            Configuration second = NodeOnPostgres.in(folder.resolve("second"), postgres);
            try (Store store = Stores.open(StoreConfig.postgres(
                            NodeOnPostgres.url(postgres), "postgres", SecretValue.of("postgres")));
                    GatewayUnderTest one = started(store, first, clock)) {
                NodeOnPostgres.shareKeys(first.data(), second.data());
                try (GatewayUnderTest two = GatewayUnderTest.start(second, clock)) {
                    // When
                    WireClient.Reply early = Counter.change(two, Counter.token("action"), Counter.CONTACT, NEW);
                    Counter.pass(one, Counter.token("verification"));
                    WireClient.Reply made = Counter.change(two, Counter.token("action"), Counter.CONTACT, NEW);
                    String wrong = "\"birth_date\":\"1990-01-01\",\"phone\":\"1\"";
                    Counter.verify(one, Counter.token("verification"), Counter.CONTACT, wrong);
                    Counter.verify(two, Counter.token("verification"), Counter.CONTACT, wrong);
                    WireClient.Reply fourth =
                            Counter.verify(one, Counter.token("verification"), Counter.CONTACT, Counter.RIGHT);

                    // Then
                    assertThat(Counter.code(early)).isEqualTo("step_needed");
                    assertThat(made.passed()).as(made.text()).isTrue();
                    assertThat(Counter.email(store, Counter.CONTACT)).isEqualTo("new@firm.example");
                    assertThat(Counter.code(fourth)).isEqualTo("over_budget");
                }
            }
        }
    }

    private static GatewayUnderTest started(Store store, Configuration node, MovingClock clock) {
        DemoData.load(store, clock.instant());
        Counter.plant(store, clock.instant());
        return GatewayUnderTest.start(node, clock);
    }
}
