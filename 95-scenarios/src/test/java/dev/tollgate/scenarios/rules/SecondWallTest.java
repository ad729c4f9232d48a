// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.app.Configuration;
import dev.tollgate.connectors.demo.DemoData;
import dev.tollgate.governance.journal.ChangeJournal;
import dev.tollgate.governance.journal.JournalEntry;
import dev.tollgate.governance.journal.Selection;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.NodeOnPostgres;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.store.Crossing;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.StoreFailure;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.testing.Requirement;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A node in a role that PostgreSQL keeps within one tenant at a time.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecondWallTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId GLOBEX = new TenantId("globex");
    private static final String DEAL = "opp_000001";

    @TempDir
    private static Path folder;

    private EmbeddedPostgres server;
    private GatewayUnderTest gateway;
    private Store store;

    @BeforeAll
    void start() throws IOException {
        server = EmbeddedPostgres.builder().start();
        Configuration configuration = NodeOnPostgres.walled(folder.resolve("node"), server);
        MovingClock clock = new MovingClock();
        Configuration.Database.Postgres database = (Configuration.Database.Postgres) configuration.store();
        store = Stores.open(StoreConfig.postgres(database.url(), database.user(), SecretValue.of("tollgate"), true));
        DemoData.load(store, clock.instant());
        gateway = GatewayUnderTest.start(configuration, clock);
    }

    @AfterAll
    void stop() throws IOException {
        gateway.close();
        store.close();
        server.close();
    }

    private WireClient agent(String user) {
        return gateway.agent(Ask.as("sales-copilot", user, "maintain-deals")
                .with("crm:account:read", "crm:opportunity:read", "crm:opportunity:write"));
    }

    private static long count(Store.Session session) {
        return session.query("select count(*) as many from demo_account")
                .getFirst()
                .number("many");
    }

    @Test
    @Requirement("S1-13")
    void each_tenant_works_as_ever_and_sees_its_own() {
        try (WireClient alice = agent("alice");
                WireClient mallory = agent("mallory")) {
            // When
            WireClient.Reply written = alice.call(
                    "opportunity_update",
                    "{\"id\":\"" + DEAL + "\",\"values\":{\"agent_suggested_next_step\":\"call on Monday\"}}");
            WireClient.Reply own = alice.call("account_get", "{\"id\":\"acc_000001\",\"fields\":[\"name\"]}");
            WireClient.Reply foreign = mallory.call("account_get", "{\"id\":\"acc_000001\",\"fields\":[\"name\"]}");
            WireClient.Reply absent = mallory.call("account_get", "{\"id\":\"acc_999999\",\"fields\":[\"name\"]}");

            // Then
            assertThat(written.passed()).as(written.exchange().toString()).isTrue();
            assertThat(own.passed()).isTrue();
            assertThat(foreign.passed()).isFalse();
            assertThat(foreign.message().path("result").path("content"))
                    .isEqualTo(absent.message().path("result").path("content"));
            List<JournalEntry> changes = new ChangeJournal(store, gateway.clock())
                    .list(Selection.lastOf(ACME, new AgentId("sales-copilot"), 1), Optional.empty(), 10)
                    .items();
            assertThat(changes)
                    .singleElement()
                    .satisfies(change -> assertThat(change.outcome()).isEqualTo(JournalEntry.Outcome.DONE));
        }
    }

    @Test
    @Requirement("S1-13")
    void a_planted_query_without_its_tenant_gets_no_row_of_another() {
        // Given
        long all = store.read(Crossing.DEMO, SecondWallTest::count);

        // When
        long acme = store.read(ACME, SecondWallTest::count);
        long globex = store.read(GLOBEX, SecondWallTest::count);
        List<Store.Record> stolen =
                store.read(GLOBEX, session -> session.query("select id from demo_account where id = 'acc_000001'"));

        // Then
        assertThat(acme).isPositive();
        assertThat(globex).isPositive();
        assertThat(acme + globex).isEqualTo(all);
        assertThat(stolen).isEmpty();
        assertThat(store.read(SecondWallTest::count)).isZero();
    }

    @Test
    void a_node_that_must_be_walled_does_not_start_in_a_role_that_is_not() throws IOException {
        Configuration.Database.Postgres superuser =
                new Configuration.Database.Postgres(NodeOnPostgres.url(server), "postgres", "database", true);
        Configuration refused = NodeOnPostgres.in(folder.resolve("refused"), superuser, "postgres");
        assertThatThrownBy(() -> GatewayUnderTest.start(refused, new MovingClock()))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("the wall between tenants does not stand");
    }
}
