// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Changes that an agent makes under an idempotency key, over MCP.
class RepeatedWritesTest {
    private static final Ask.Token REFUND = Ask.as("support-triage", "bob", "request-refund")
            .about("acc_000001")
            .with("crm:refund_request:create", "crm:refund_request:read");

    private final GatewayUnderTest gateway;
    private final Store store;

    RepeatedWritesTest(@TempDir Path data) {
        gateway = GatewayUnderTest.start(data);
        store = Stores.open(StoreConfig.sqlite(data.resolve("tollgate.db")));
    }

    @AfterEach
    void stop() {
        gateway.close();
        store.close();
    }

    private static WireClient.Reply refund(WireClient agent, String amount, String key) {
        return agent.call(
                "refund_request_create",
                "{\"values\":{\"account_id\":\"acc_000001\",\"order_id\":\"ord_000001\",\"amount\":" + amount
                        + ",\"currency\":\"EUR\",\"reason\":\"damaged\",\"justification\":\"it came broken\"},"
                        + "\"idempotency_key\":\"" + key + "\"}");
    }

    private long made() {
        return store.read(
                        session -> session.query("select count(*) as made from journal_change where outcome = 'done'"))
                .getFirst()
                .number("made");
    }

    private static String code(WireClient.Reply reply) {
        return reply.message().at("/result/_meta/dev.tollgate~1refusal/code").asString("");
    }

    @Test
    void a_change_that_is_asked_for_twice_is_made_once_and_told_twice() {
        try (WireClient agent = gateway.agent(REFUND)) {
            // When
            WireClient.Reply first = refund(agent, "20", "ticket-7");
            WireClient.Reply second = refund(agent, "20", "ticket-7");

            // Then
            String id = first.structured().at("/records/0/values/id").asString("");
            assertThat(first.passed()).isTrue();
            assertThat(id).isNotEmpty();
            assertThat(second.passed()).isTrue();
            assertThat(second.structured().path("records")).isEmpty();
            assertThat(second.structured().at("/repeated/record").asString("")).isEqualTo(id);
            assertThat(second.structured().at("/decision/log_index"))
                    .isEqualTo(first.structured().at("/decision/log_index"));
            assertThat(made()).isEqualTo(1);
            assertThat(LogEntries.of(gateway).texts()).anyMatch(entry -> entry.contains("change-repeated"));
        }
    }

    @Test
    void another_change_under_the_same_key_is_refused() {
        try (WireClient agent = gateway.agent(REFUND)) {
            // Given
            refund(agent, "20", "ticket-7");

            // When
            WireClient.Reply other = refund(agent, "21", "ticket-7");
            WireClient.Reply own = refund(agent, "21", "ticket-8");

            // Then
            assertThat(code(other)).isEqualTo("key_reused");
            assertThat(other.text()).contains("a key of its own");
            assertThat(own.passed()).isTrue();
            assertThat(made()).isEqualTo(2);
        }
    }

    @Test
    void a_change_that_was_refused_leaves_its_key_free() {
        try (WireClient agent = gateway.agent(REFUND)) {
            // Given
            WireClient.Reply refused = refund(agent, "2000.01", "ticket-7");

            // When
            WireClient.Reply smaller = refund(agent, "20", "ticket-7");

            // Then
            assertThat(code(refused)).isEqualTo("denied");
            assertThat(smaller.passed()).isTrue();
        }
    }

    @Test
    void calls_that_race_under_one_key_make_one_change() throws InterruptedException {
        // Given
        List<WireClient.Reply> replies = java.util.Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(8);

        // When
        for (int caller = 0; caller < 8; caller++) {
            Thread.ofVirtual().start(() -> {
                try (WireClient agent = gateway.agent(REFUND)) {
                    replies.add(refund(agent, "20", "ticket-7"));
                } finally {
                    done.countDown();
                }
            });
        }
        done.await();

        // Then
        assertThat(made()).isEqualTo(1);
        assertThat(replies).hasSize(8).anyMatch(WireClient.Reply::passed);
        assertThat(replies).allMatch(reply -> reply.passed() || code(reply).equals("key_under_way"));
    }

    @Test
    void of_a_change_whose_end_nobody_wrote_down_nobody_claims_to_know() {
        try (WireClient agent = gateway.agent(REFUND)) {
            // Given a node that died between the two
            refund(agent, "20", "ticket-7");
            store.write(session -> session.update("update journal_change set outcome = 'unknown', finished_at = null"));

            // When
            WireClient.Reply soon = refund(agent, "20", "ticket-7");
            gateway.clock().advance(Duration.ofMinutes(3));
            WireClient.Reply later = refund(agent, "20", "ticket-7");

            // Then
            assertThat(code(soon)).isEqualTo("key_under_way");
            assertThat(code(later)).isEqualTo("upstream_failed");
            assertThat(later.text()).contains("unknown_outcome");
        }
    }

    @Test
    void a_key_is_remembered_for_a_day() {
        // Given
        try (WireClient agent = gateway.agent(REFUND)) {
            refund(agent, "20", "ticket-7");
        }

        // When
        gateway.clock().advance(Duration.ofHours(25));

        // Then
        try (WireClient agent = gateway.agent(REFUND)) {
            WireClient.Reply next = refund(agent, "21", "ticket-7");
            assertThat(next.passed()).isTrue();
            assertThat(next.structured().path("records")).isNotEmpty();
        }
    }
}
