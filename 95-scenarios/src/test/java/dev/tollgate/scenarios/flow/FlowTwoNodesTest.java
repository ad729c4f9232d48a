// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.flow;

import static dev.tollgate.scenarios.flow.FlowGround.CALM;
import static dev.tollgate.scenarios.flow.FlowGround.TAINTED;
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

class FlowTwoNodesTest {
    @TempDir
    private Path folder;

    @Test
    @Requirement("B-5")
    void what_was_read_on_one_node_is_held_at_once_on_the_other() throws IOException {
        MovingClock clock = new MovingClock();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            Configuration first = GatewayUnderTest.withBundle(
                    NodeOnPostgres.in(folder.resolve("first"), postgres), FlowGround.bundle(folder.resolve("bundle")));
            Configuration second = NodeOnPostgres.in(folder.resolve("second"), postgres);
            try (Store store = Stores.open(
                    StoreConfig.postgres(NodeOnPostgres.url(postgres), "postgres", SecretValue.of("postgres")))) {
                DemoData.load(store, clock.instant());
                FlowGround.plant(store, clock.instant());
            }
            try (GatewayUnderTest one = GatewayUnderTest.start(first, clock)) {
                NodeOnPostgres.shareKeys(first.data(), second.data());
                try (GatewayUnderTest two = GatewayUnderTest.start(second, clock)) {
                    // Given
                    assertThat(FlowGround.draft(two, TAINTED, TAINTED, "before").passed())
                            .isTrue();
                    assertThat(FlowGround.readNote(one, TAINTED, "reading").passed())
                            .isTrue();

                    // When
                    WireClient.Reply there = FlowGround.draft(two, TAINTED, TAINTED, "writing");
                    WireClient.Reply calm = FlowGround.draft(two, CALM, CALM, "calm");

                    // Then
                    assertThat(there.text()).contains("notes-stay-in-the-house");
                    assertThat(calm.passed()).as(calm.text()).isTrue();
                }
            }
        }
    }
}
