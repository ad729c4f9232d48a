// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.governance.approval.Approval;
import dev.tollgate.governance.approval.ApprovalId;
import dev.tollgate.governance.approval.ApprovalLimits;
import dev.tollgate.governance.approval.Approvals;
import dev.tollgate.governance.approval.Approver;
import dev.tollgate.governance.halt.HaltScope;
import dev.tollgate.governance.halt.HaltScope.Kind;
import dev.tollgate.governance.halt.KillSwitch;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.Commands;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.testing.Property;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What people decide beside the gateway stands in its audit log, with who and when.
class AdministeredTest {
    private static final String DEAL = "opp_000001";
    private static final Approver DANA = new Approver(new UserId("dana"), new TenantId("acme"), Set.of("sales-lead"));
    private static final int TRIES_MAX = 3_000;
    private static final long PAUSE_NANOS = 10_000_000;
    private static final int HEARD_TRIES_MAX = 100;
    private static final long HEARD_PAUSE_NANOS = 200_000_000;

    private final GatewayUnderTest gateway;
    private final Store store;
    private final Approvals approvals;
    private final KillSwitch halts;

    AdministeredTest(@TempDir Path data) {
        gateway = GatewayUnderTest.start(data);
        store = Stores.open(StoreConfig.sqlite(data.resolve("tollgate.db")));
        approvals = new Approvals(store, gateway.clock(), Property.random(7), ApprovalLimits.DEFAULT, (_, _, _) -> {});
        halts = new KillSwitch(store, InstantSource.system(), Property.random(9), data.resolve("halt"));
    }

    @AfterEach
    void stop() {
        gateway.close();
        store.close();
    }

    private WireClient agent() {
        return gateway.agent(Ask.as("sales-copilot", "alice", "maintain-deals")
                .with("crm:opportunity:read", "crm:opportunity:write"));
    }

    private static String asked(WireClient agent, String factor) {
        BigDecimal now = agent.call("opportunity_get", "{\"id\":\"" + DEAL + "\",\"fields\":[\"id\",\"amount\"]}")
                .structured()
                .at("/records/0/values/amount")
                .decimalValue();
        String more = now.multiply(new BigDecimal(factor))
                .setScale(2, RoundingMode.DOWN)
                .toPlainString();
        return agent.call("opportunity_update", "{\"id\":\"" + DEAL + "\",\"values\":{\"amount\":" + more + "}}")
                .message()
                .at("/result/_meta/dev.tollgate~1refusal/approval")
                .asString("");
    }

    private void decide(String id, Approval.Verdict verdict) {
        approvals.shown(new ApprovalId(id), DANA);
        gateway.clock().advance(Duration.ofSeconds(5));
        approvals.decide(new ApprovalId(id), DANA, verdict, "as agreed with Pat Doe", Optional.empty());
    }

    private JsonNode until(String event) {
        return until(event, _ -> true);
    }

    private JsonNode until(String event, Predicate<JsonNode> wanted) {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            Optional<JsonNode> found = LogEntries.of(gateway).of("administered").stream()
                    .filter(entry -> entry.path("event").asString("").equals(event))
                    .filter(wanted)
                    .findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new AssertionError("no entry `" + event + "` came");
    }

    @Test
    @Requirement("S2-20")
    void who_granted_an_approval_and_when_is_in_the_log_and_what_they_wrote_is_not() {
        try (WireClient agent = agent()) {
            // Given
            String id = asked(agent, "1.05");
            Instant before = gateway.clock().instant();

            // When
            decide(id, Approval.Verdict.APPROVE);

            // Then
            JsonNode entry = until("approval-decided");
            assertThat(entry.path("by").asString("")).isEqualTo("dana");
            assertThat(entry.at("/detail/approval").asString("")).isEqualTo(id);
            assertThat(entry.at("/detail/verdict").asString("")).isEqualTo("approve");
            assertThat(entry.at("/detail/state").asString("")).isEqualTo("granted");
            assertThat(Instant.parse(entry.at("/detail/at").asString("")))
                    .isBetween(before, gateway.clock().instant());
            assertThat(entry.toString()).doesNotContain("Pat Doe");
        }
    }

    @Test
    @Requirement("B-12")
    void what_somebody_put_into_the_halt_file_and_took_out_is_in_the_log() throws IOException {
        try (WireClient agent = agent()) {
            // Given
            Path file = gateway.data().resolve("halt");

            // When
            Files.writeString(file, "agent sales-copilot\n");
            JsonNode stopped = until("halted");
            WireClient.Reply refused = agent.call("opportunity_get", "{\"id\":\"" + DEAL + "\"}");
            Files.writeString(file, "agent sales copilot, please\nnonsense\n");
            JsonNode unreadable = until(
                    "halted", entry -> entry.at("/detail/file").asString("").equals("unreadable"));
            Files.delete(file);
            JsonNode resumed = until(
                    "resumed", entry -> entry.at("/detail/scope").asString("").equals("agent sales-copilot"));

            // Then
            assertThat(stopped.path("by").asString("")).isEqualTo("halt-file");
            assertThat(stopped.at("/detail/scope").asString("")).isEqualTo("agent sales-copilot");
            assertThat(refused.passed()).isFalse();
            assertThat(unreadable.at("/detail/scope").asString("")).isEqualTo("all");
            assertThat(resumed.path("by").asString("")).isEqualTo("halt-file");
        }
    }

    @Test
    @Requirement("B-9")
    void who_erased_how_many_values_is_in_the_log_and_whose_they_were_is_not() {
        try (WireClient agent = agent()) {
            // Given
            agent.call("opportunity_get", "{\"id\":\"" + DEAL + "\"}");

            // When
            Commands.Result erased = new Commands(gateway.data())
                    .run("audit", "erase", "--customer", DEAL, "--by", "olivia", "--reference", "dsr-17");

            // Then
            assertThat(erased.code()).as(erased.err()).isZero();
            JsonNode entry = until("erased");
            assertThat(entry.path("by").asString("")).isEqualTo("olivia");
            assertThat(entry.at("/detail/reference").asString("")).isEqualTo("dsr-17");
            assertThat(erased.out()).contains(":" + entry.at("/detail/values").asString("") + "}");
            assertThat(entry.toString()).doesNotContain(DEAL).doesNotContain("\"values\":\"0\"");
            assertThat(new Commands(gateway.data()).run("audit", "verify").code())
                    .isZero();
        }
    }

    @Test
    void an_approval_that_is_refused_or_runs_out_is_in_the_log_once() {
        try (WireClient agent = agent()) {
            // Given
            String refused = asked(agent, "1.05");
            decide(refused, Approval.Verdict.REJECT);
            String late = asked(agent, "1.04");

            // When
            gateway.clock().advance(Duration.ofHours(25));
            JsonNode expired = until("approval-expired");
            halts.set(new HaltScope(Kind.USER, "nobody"), "olivia", "a mark");
            until("halted");

            // Then
            assertThat(until("approval-decided").at("/detail/state").asString(""))
                    .isEqualTo("rejected");
            assertThat(expired.at("/detail/approval").asString("")).isEqualTo(late);
            assertThat(expired.path("by").asString("")).isEqualTo("gateway");
            assertThat(LogEntries.of(gateway).of("administered"))
                    .filteredOn(entry -> entry.path("event").asString("").startsWith("approval-"))
                    .hasSize(2);
        }
    }

    @Test
    @Requirement("B-12")
    void who_stopped_and_resumed_what_is_told_by_the_auditors_command() {
        // Given
        halts.set(new HaltScope(Kind.AGENT, "sales-copilot"), "olivia", "it loops");
        halts.clear(new HaltScope(Kind.AGENT, "sales-copilot"), "erin", "mended");
        until("halted");
        until("resumed");

        // When
        Commands.Result told = new Commands(gateway.data()).run("audit", "ask", "--administered");

        // Then
        assertThat(told.lines())
                .anySatisfy(line -> assertThat(line).contains("\"halted\"", "agent sales-copilot", "\"by\":\"olivia\""))
                .anySatisfy(line -> assertThat(line).contains("\"resumed\"", "agent sales-copilot", "\"by\":\"erin\""));
    }

    @Test
    @Requirement("B-12")
    void each_scope_stops_what_it_names_and_leaves_the_rest() {
        for (HaltScope scope : List.of(
                new HaltScope(Kind.AGENT, "sales-copilot"),
                new HaltScope(Kind.AGENT_TYPE, "sales-copilot"),
                new HaltScope(Kind.USER, "alice"),
                new HaltScope(Kind.TOOL, "opportunity_get"),
                new HaltScope(Kind.FIELD, "opportunity.amount"),
                new HaltScope(Kind.TENANT, "acme"),
                new HaltScope(Kind.DESTINATION, "agent"),
                HaltScope.EVERYTHING)) {
            boolean both = Set.of(Kind.TENANT, Kind.DESTINATION, Kind.ALL).contains(scope.kind());

            // When
            halts.set(scope, "olivia", "a test");
            heard("halted");

            // Then
            try (WireClient other =
                    gateway.agent(Ask.as("analyst", "erin", "review-pipeline").with("crm:account:read"))) {
                assertThat(account(other).passed()).as(scope.toString()).isNotEqualTo(both);
            }
            halts.clear(scope, "olivia", "a test");
            heard("");
        }
    }

    private static WireClient.Reply account(WireClient other) {
        return other.call("account_get", "{\"id\":\"acc_000001\",\"fields\":[\"id\"]}");
    }

    /// Asks until the answer is this refusal, or none: a minute apart, as an agent that asks again at once loops.
    private void heard(String refusal) {
        String said = "";
        for (int tries = 0; tries < HEARD_TRIES_MAX; tries++) {
            gateway.clock().advance(Duration.ofMinutes(2));
            try (WireClient agent = agent()) {
                WireClient.Reply reply =
                        agent.call("opportunity_get", "{\"id\":\"" + DEAL + "\",\"fields\":[\"id\",\"amount\"]}");
                said = reply.message()
                        .at("/result/_meta/dev.tollgate~1refusal/code")
                        .asString("");
                if (said.equals(refusal)) {
                    return;
                }
            }
            LockSupport.parkNanos(HEARD_PAUSE_NANOS);
        }
        throw new AssertionError("the node never heard of it: " + said);
    }
}
