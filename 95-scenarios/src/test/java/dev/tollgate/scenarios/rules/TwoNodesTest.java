// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.app.Configuration;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.Commands;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.NodeOnPostgres;
import dev.tollgate.scenarios.harness.RawHttp;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class TwoNodesTest {
    private static final String ONE = "{\"id\":\"acc_000001\",\"fields\":[\"name\"]}";

    private static final int TRIES_MAX = 3_000;
    private static final long PAUSE_NANOS = 10_000_000;

    private static final String NO_ACCOUNTS = """

            @id("accounts-are-closed")
            forbid (principal, action, resource in Object::"account");
            """;

    @TempDir
    private Path folder;

    private static WireClient agent(GatewayUnderTest node) {
        return node.agent(Ask.as("sales-copilot", "alice", "prepare-sales-call").with("crm:account:read"));
    }

    /// The operator's command on the first node's machine.
    private Commands.Result activate(Path data, EmbeddedPostgres postgres, BundleFolder bundle) throws IOException {
        Path file = folder.resolve("tollgate.yaml");
        Files.writeString(
                file,
                "store: {kind: postgres, url: '" + NodeOnPostgres.url(postgres)
                        + "', user: postgres, password: database}");
        return new Commands(data)
                .run("policy", "activate", bundle.path().toString(), "--by", "olivia", "--config", file.toString());
    }

    @Test
    @Requirement("S3-13")
    void what_is_activated_on_one_node_binds_the_very_next_call_on_the_other() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            Configuration first = NodeOnPostgres.in(folder.resolve("first"), postgres);
            Configuration second = NodeOnPostgres.in(folder.resolve("second"), postgres);
            MovingClock clock = new MovingClock();
            try (GatewayUnderTest one = GatewayUnderTest.start(first, clock)) {
                NodeOnPostgres.shareKeys(first.data(), second.data());
                try (GatewayUnderTest two = GatewayUnderTest.start(second, clock);
                        WireClient here = agent(one);
                        WireClient there = agent(two);
                        RawHttp stream = there.listen()) {
                    // Given
                    assertThat(here.call("account_get", ONE).passed()).isTrue();
                    assertThat(there.call("account_get", ONE).passed()).isTrue();
                    BundleFolder bundle = BundleFolder.copy("default", folder.resolve("bundle"))
                            .untested()
                            .append("policies/10-walls.cedar", NO_ACCOUNTS);

                    // When
                    Commands.Result activated = activate(first.data(), postgres, bundle);
                    WireClient.Reply next = there.call("account_get", ONE);

                    // Then
                    assertThat(activated.code())
                            .as(activated.err() + activated.out())
                            .isZero();
                    assertThat(next.errorCode()).isEqualTo(-32602);
                    assertThat(here.call("account_get", ONE).errorCode()).isEqualTo(-32602);
                    assertThat(stream.until("notifications/tools/list_changed")).isNotEmpty();
                    for (GatewayUnderTest node : List.of(one, two)) {
                        List<JsonNode> administered = LogEntries.of(node).of("administered");
                        assertThat(administered.getLast().path("event").asString(""))
                                .isEqualTo("bundle-activated");
                        assertThat(administered.getLast().path("by").asString(""))
                                .isEqualTo("olivia");
                    }
                }
            }
        }
    }

    /// How often the password of the database was taken, by the logs of these nodes.
    private static long leased(List<GatewayUnderTest> nodes) {
        return nodes.stream()
                .flatMap(node -> LogEntries.of(node).of("secret-leased").stream())
                .filter(entry -> entry.path("credential").asString("").equals("database"))
                .count();
    }

    @Test
    @Requirement("S1-34")
    void what_a_command_takes_from_the_secrets_is_in_the_log_of_a_node_that_runs() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            // Given
            Configuration configuration = NodeOnPostgres.in(folder.resolve("node"), postgres);
            try (GatewayUnderTest node = GatewayUnderTest.start(configuration, new MovingClock())) {
                long before = leased(List.of(node));
                BundleFolder bundle =
                        BundleFolder.copy("default", folder.resolve("bundle")).untested();

                // When
                Commands.Result activated = activate(configuration.data(), postgres, bundle);
                long after = before;
                for (int tries = 0; tries < TRIES_MAX && after == before; tries++) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                    after = leased(List.of(node));
                }

                // Then
                assertThat(activated.code()).isZero();
                assertThat(before).isOne();
                assertThat(after).isEqualTo(2);
            }
        }
    }
}
