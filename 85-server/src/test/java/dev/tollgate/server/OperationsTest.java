// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.server.Wire.Reply;
import dev.tollgate.server.ops.Readiness;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class OperationsTest {
    @Test
    void a_server_is_ready_when_every_check_holds() {
        // Given
        AtomicBoolean log = new AtomicBoolean(true);
        Readiness readiness = new Readiness(Map.of("log", log::get, "store", () -> {
            if (log.get()) {
                return true;
            }
            throw new IllegalStateException("the store is gone");
        }));
        try (Wire wire = new Wire(readiness)) {
            // When
            Reply before = wire.get("/health/ready", "");
            log.set(false);
            Reply after = wire.get("/health/ready", "");
            Reply live = wire.get("/health/live", "");

            // Then
            assertThat(before.status()).isEqualTo(200);
            assertThat(before.text()).isEqualTo("{\"status\":\"ready\",\"checks\":{\"log\":true,\"store\":true}}");
            assertThat(after.status()).isEqualTo(503);
            assertThat(after.text()).isEqualTo("{\"status\":\"not ready\",\"checks\":{\"log\":false,\"store\":false}}");
            assertThat(live.status()).isEqualTo(200);
        }
    }

    @Test
    void calls_are_counted_by_tool_and_outcome() {
        // Given
        try (Wire wire = new Wire()) {
            wire.call("alice", "contact_get", "{\"id\":\"1\"}");
            wire.front.answer = _ -> Step.refuse(new Refusal.NotFound());
            wire.call("alice", "contact_get", "{\"id\":\"1\"}");
            wire.front.answer = _ -> Step.refuse(new Refusal.Unrecorded());
            wire.call("alice", "contact_get", "{\"id\":\"1\"}");

            // When
            Reply metrics = wire.get("/metrics", "");

            // Then
            assertThat(metrics.header("content-type")).startsWith("text/plain");
            assertThat(metrics.text())
                    .contains("tollgate_calls_total{door=\"mcp\",outcome=\"permitted\",tool=\"contact_get\"} 1.0")
                    .contains("tollgate_calls_total{door=\"mcp\",outcome=\"not_found\",tool=\"contact_get\"} 1.0")
                    .contains("tollgate_log_failures_total 1.0")
                    .contains("tollgate_calls_in_flight 0.0")
                    .contains("tollgate_call_seconds_count{door=\"mcp\"} 3");
        }
    }

    @Test
    void strangers_cannot_make_new_series() {
        // Given
        try (Wire wire = new Wire()) {
            for (int at = 0; at < 50; at++) {
                wire.call("alice", "made_up_" + at, "{}");
                wire.call("mallory", "contact_get", "{}");
            }

            // When
            String metrics = wire.get("/metrics", "").text();

            // Then
            assertThat(metrics.lines().filter(line -> line.startsWith("tollgate_calls_total{")))
                    .containsExactlyInAnyOrder(
                            "tollgate_calls_total{door=\"mcp\",outcome=\"unknown_tool\",tool=\"unknown\"} 50.0",
                            "tollgate_calls_total{door=\"mcp\",outcome=\"unauthenticated\",tool=\"unknown\"} 50.0");
        }
    }
}
