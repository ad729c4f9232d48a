// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.connectors.Tap;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogCapture;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.RawHttp;
import dev.tollgate.scenarios.harness.SpanCollector;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.scenarios.matrix.BrokenCrm.Fault;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// A CRM that is down, slow, wrong, or says more than it was asked, behind the whole gateway.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenCrmTest {
    private static final Ask.Token AGENT =
            Ask.as("sales-copilot", "alice", "prepare-sales-call").with("tryton:*:read");
    private static final String READ = "{\"id\":\"7\",\"fields\":[\"id\",\"name\"]}";
    private static final String READ_TYPED = "{\"id\":\"7\",\"fields\":[\"id\",\"name\",\"active\"]}";
    private static final Instant TODAY = Instant.parse("2026-11-21T06:00:00Z");

    private BrokenCrm crm;
    private LogCapture logs;
    private SpanCollector spans;
    private GatewayUnderTest gateway;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        crm = new BrokenCrm();
        logs = new LogCapture();
        spans = new SpanCollector();
        BundleFolder files = Ground.withTryton(folder.resolve("bundle"), "1")
                .replace("contracts/tryton.yaml", "timeout: 20s", "timeout: 2s");
        MovingClock clock = new MovingClock();
        clock.advance(Duration.between(clock.instant(), TODAY));
        gateway = GatewayUnderTest.start(
                Ground.traced(Ground.connected(folder.resolve("data"), files, crm.endpoint(), "no secret"), spans),
                clock);
    }

    @AfterAll
    void stop() {
        gateway.close();
        crm.close();
        spans.close();
        logs.close();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"SOUND", "MORE"},
            mode = EnumSource.Mode.EXCLUDE)
    @Requirement({"S2-22"})
    void a_crm_that_fails_is_a_typed_refusal_and_nothing_else(Fault fault) throws IOException {
        // Given
        crm.does(fault);
        gateway.clock().advance(Duration.ofMinutes(16));
        String word = fault == Fault.SILENT ? "timeout" : "unreachable|rejected|garbage";
        try (WireClient agent = gateway.agent(AGENT)) {
            // When
            WireClient.Reply reply = agent.call("tryton_party_get", READ_TYPED);
            RawHttp.Exchange rest = agent.rest("tryton_party_search", "{\"fields\":[\"id\",\"name\",\"active\"]}");

            // Then
            assertThat(reply.passed()).isFalse();
            assertThat(reply.text()).matches("system `tryton` .*(" + word + ").*");
            assertThat(reply.structured().isMissingNode()).isTrue();
            assertThat(rest.status()).isEqualTo(fault == Fault.SILENT ? 504 : 502);
            assertLogged(reply.exchange());
            assertLogged(rest);
            assertThat(agent.exchanges()).noneMatch(exchange -> exchange.wire().contains(BrokenCrm.CANARY));
        }
        assertNothingKept();
    }

    @Test
    @Requirement({"B-1", "S2-22"})
    void a_field_that_no_contract_knows_is_of_the_strictest_class() throws IOException {
        // Given
        crm.does(Fault.MORE);
        gateway.clock().advance(Duration.ofMinutes(16));
        try (WireClient agent = gateway.agent(AGENT)) {
            // When
            WireClient.Reply reply = agent.call("tryton_party_get", READ);

            // Then
            JsonNode record = reply.structured().path("records").path(0);
            assertThat(record.path("values").path("name").asString("")).isEqualTo("Sound");
            assertThat(record.path("values").has("secret_margin")).isFalse();
            assertThat(record.path("tags").path("secret_margin").path("class").asString(""))
                    .isEqualTo("unclassified");
            assertThat(record.path("tags").path("secret_margin").path("view").asString(""))
                    .isEqualTo("withheld");
            assertThat(record.path("tags").path("secret_margin").path("rule").asString(""))
                    .isNotEmpty();
            assertThat(reply.wire()).doesNotContain(BrokenCrm.CANARY);
        }
        assertNothingKept();
    }

    @Test
    @Requirement("S2-22")
    void a_crm_that_is_sound_again_is_read_again() {
        // Given
        crm.does(Fault.SOUND);
        gateway.clock().advance(Duration.ofMinutes(16));
        try (WireClient agent = gateway.agent(AGENT)) {
            // When
            WireClient.Reply reply = agent.call("tryton_party_get", READ);

            // Then
            assertThat(reply.text()).contains("Sound");
        }
    }

    @Test
    @Requirement("S2-22")
    void a_crm_that_is_down_is_a_typed_refusal(@TempDir Path folder) throws IOException {
        // Given
        BundleFolder files = Ground.withTryton(folder.resolve("bundle"), "1");
        URI nowhere = URI.create("http://127.0.0.1:" + Tap.freePort() + "/crm/");
        try (GatewayUnderTest alone = GatewayUnderTest.start(
                        Ground.connected(folder.resolve("data"), files, nowhere, "no secret"), new MovingClock());
                WireClient agent = alone.agent(AGENT)) {
            // When
            WireClient.Reply reply = agent.call("tryton_party_get", READ);

            // Then
            assertThat(reply.passed()).isFalse();
            assertThat(reply.text()).isEqualTo("system `tryton` did not answer as it should: unreachable");
            assertThat(reply.wire()).doesNotContain(nowhere.getAuthority());
        }
    }

    /// The refusal is in the audit log, under the request's own id, as what it is.
    private void assertLogged(RawHttp.Exchange exchange) throws IOException {
        String request = exchange.headers().getOrDefault("x-request-id", "none");
        assertThat(LogFolder.entries(gateway.data().resolve("log"), request))
                .anyMatch(entry -> entry.contains("\"kind\":\"decision\""))
                .anyMatch(entry -> entry.contains("\"result\":\"upstream_failed\""));
    }

    private void assertNothingKept() throws IOException {
        assertThat(logs.text()).doesNotContain(BrokenCrm.CANARY);
        assertThat(spans.text()).doesNotContain(BrokenCrm.CANARY);
        assertThat(LogFolder.text(gateway.data().resolve("log"))).doesNotContain(BrokenCrm.CANARY);
    }
}
