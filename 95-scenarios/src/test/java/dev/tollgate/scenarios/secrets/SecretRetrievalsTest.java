// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.app.Configuration;
import dev.tollgate.app.SecretPlace;
import dev.tollgate.governance.exception.ExceptionCase;
import dev.tollgate.governance.exception.ExceptionQueue;
import dev.tollgate.governance.exception.QueueLimits;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.scenarios.writes.OpenBundle;
import dev.tollgate.secrets.vault.VaultPlace;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.testing.Property;
import dev.tollgate.terms.testing.Requirement;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Records in a database whose password is in a vault: what agents, the log and people see of each use.
class SecretRetrievalsTest {
    private static final String PASSWORD = "password-canary-77231";
    private static final int TRIES_MAX = 500;
    private static final long PAUSE_NANOS = 10_000_000;
    private static final String GET = "{\"id\":\"1\"}";
    private static final String CONTRACT = """
            contract: 1
            system: desk
            connector: sql
            scopes: desk
            objects:
              ticket:
                upstream: public.ticket
                id: id
                window: none
                owner: Support
                facts: {tenant: tenant_id}
                fields:
                  id: {type: reference, class: record-identifier, write: system}
                  subject: {type: text, class: operational, write: operational}
                  tenant_id: {type: reference, class: record-metadata, write: system}
            tools:
              ticket_get: {object: ticket, kind: get, scopes: ['desk:ticket:read'], title: Read a ticket,
                description: Reads a ticket., fields: [id, subject], reversibility: read-only}
            """;

    private final KeyValue vault;
    private final EmbeddedPostgres desk;
    private final GatewayUnderTest gateway;
    private final Store store;

    SecretRetrievalsTest(@TempDir Path folder) throws IOException, SQLException {
        vault = new KeyValue();
        vault.values.put("desk", PASSWORD);
        desk = EmbeddedPostgres.builder().start();
        try (Connection connection = desk.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create role reader login password '" + PASSWORD + "'");
            statement.execute("create table ticket (id bigint primary key, subject text, tenant_id text)");
            statement.execute("insert into ticket values (1, 'it is broken', 'acme')");
            statement.execute("grant select on ticket to reader");
        }
        Path token = Files.writeString(folder.resolve("vault-token"), KeyValue.TOKEN);
        VaultPlace place = new VaultPlace(
                vault.url(),
                Optional.empty(),
                Optional.empty(),
                new VaultPlace.Login.TokenFile(token),
                "secret",
                "tollgate",
                Map.of());
        BundleFolder bundle = OpenBundle.at(folder.resolve("bundle")).append("contracts/desk.yaml", CONTRACT);
        Configuration from = GatewayUnderTest.withBundle(GatewayUnderTest.embedded(folder.resolve("data")), bundle);
        Configuration configuration = new Configuration(
                from.listen(),
                from.data(),
                from.bundle(),
                from.store(),
                new SecretPlace(new SecretPlace.Kept.Vault(place), Optional.empty()),
                List.of(new Configuration.ConnectedSystem(
                        "desk",
                        "sql",
                        URI.create("postgresql://127.0.0.1:" + desk.getPort() + "/postgres"),
                        "reader",
                        "desk")),
                from.demo(),
                from.log(),
                from.telemetry(),
                from.fixtures());
        gateway = GatewayUnderTest.start(configuration, new MovingClock());
        store = Stores.open(StoreConfig.sqlite(folder.resolve("data/tollgate.db")));
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        store.close();
        desk.close();
        vault.close();
    }

    private WireClient agent() {
        return gateway.agent(Ask.as("analyst", "erin", OpenBundle.EVERYTHING).with("desk:ticket:read"));
    }

    private List<ExceptionCase> alerts() {
        return new ExceptionQueue(store, gateway.clock(), Property.random(3), QueueLimits.DEFAULT)
                .list(new TenantId("acme"), Optional.empty(), Optional.empty(), 200).items().stream()
                        .filter(one -> one.report().rule().value().startsWith("secret-"))
                        .toList();
    }

    @Test
    @Requirement("S1-34")
    void every_use_of_a_credential_is_in_the_log_with_its_decision_and_the_credential_nowhere() {
        try (WireClient agent = agent()) {
            // When
            WireClient.Reply first = agent.call("ticket_get", GET);
            WireClient.Reply second = agent.call("ticket_get", GET);

            // Then
            assertThat(first.passed()).as(first.wire()).isTrue();
            assertThat(second.wire()).contains("it is broken").doesNotContain(PASSWORD, KeyValue.TOKEN);
            LogEntries log = LogEntries.of(gateway);
            List<String> decisions = log.of("decision").stream()
                    .map(entry -> entry.at("/ruling/decision").asString(""))
                    .toList();
            List<JsonNode> leases = log.of("secret-leased");
            assertThat(leases).hasSize(2).allSatisfy(entry -> {
                assertThat(entry.path("system").asString("")).isEqualTo("desk");
                assertThat(entry.path("credential").asString("")).isEqualTo("desk");
                assertThat(entry.path("seconds_max").asInt(0)).isBetween(1, 900);
            });
            assertThat(leases)
                    .extracting(entry -> entry.path("decision").asString(""))
                    .containsExactlyElementsOf(decisions);
            assertThat(String.join("\n", log.texts())).doesNotContain(PASSWORD, KeyValue.TOKEN);
            assertThat(alerts()).isEmpty();
        }
    }

    @Test
    @Requirement("S1-34")
    void a_credential_that_is_taken_back_counts_for_no_further_call_and_people_are_told_of_what_is_unusual() {
        try (WireClient agent = agent()) {
            // Given
            assertThat(agent.call("ticket_get", GET).passed()).isTrue();

            // When
            vault.values.clear();
            List<WireClient.Reply> refused = List.of(
                    agent.call("ticket_get", GET), agent.call("ticket_get", GET), agent.call("ticket_get", GET));
            List<ExceptionCase> alerts = List.of();
            for (int tries = 0; tries < TRIES_MAX && alerts.isEmpty(); tries++) {
                LockSupport.parkNanos(PAUSE_NANOS);
                alerts = alerts();
            }

            // Then
            assertThat(refused)
                    .allSatisfy(reply -> assertThat(reply.message()
                                    .at("/result/_meta/dev.tollgate~1refusal/code")
                                    .asString(""))
                            .isEqualTo("upstream_failed"));
            List<JsonNode> leases = LogEntries.of(gateway).of("secret-leased");
            assertThat(leases)
                    .extracting(entry -> entry.path("seconds_max").asInt(-1))
                    .endsWith(0, 0, 0);
            assertThat(alerts).singleElement().satisfies(one -> {
                assertThat(one.report().rule().value()).isEqualTo("secret-refused");
                assertThat(one.report().owner()).isEqualTo("operations");
                assertThat(one.report().reason()).contains("`desk`").doesNotContain(PASSWORD);
                assertThat(LogEntries.of(gateway)
                                .all()
                                .get(one.report().evidence().getFirst().intValue())
                                .path("kind")
                                .asString(""))
                        .isEqualTo("secret-leased");
            });
        }
    }
}
