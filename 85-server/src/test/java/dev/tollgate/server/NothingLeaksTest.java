// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.server.Wire.Reply;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.testing.Requirement;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// Values of a request, and what a bug carries, stay out of error replies and out of traces.
@Requirement("S2-22")
class NothingLeaksTest {
    private static final String CANARY = "canary7f3a";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .build();

    /// A span ends just after its reply was sent.
    private List<SpanData> finished(int atLeast) {
        for (int at = 0; at < 400 && spans.getFinishedSpanItems().size() < atLeast; at++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(25));
        }
        assertThat(spans.getFinishedSpanItems()).hasSizeGreaterThanOrEqualTo(atLeast);
        return spans.getFinishedSpanItems();
    }

    private static List<Reply> provoked(Wire wire) {
        List<Reply> replies = new ArrayList<>();
        String argument = "{\"id\":\"" + CANARY + "\",\"" + CANARY + "\":1}";
        replies.add(wire.call("alice", "contact_get", argument));
        replies.add(wire.call("alice", "tool_" + CANARY, argument));
        replies.add(wire.call(CANARY, "contact_get", argument));
        replies.add(wire.modern("alice", "method/" + CANARY, "", ""));
        replies.add(wire.modern("alice", "tools/list", "", "\"cursor\":\"" + CANARY + "%\""));
        replies.add(wire.modern(
                "alice", "tools/call", "contact_get", "\"name\":\"contact_get\",\"requestState\":\"" + CANARY + "\""));
        replies.add(wire.post("/mcp", Wire.headers("alice", "tools/call", CANARY), Wire.body("tools/call", "")));
        replies.add(wire.post("/mcp", Wire.headers("alice", "tools/call", ""), "{\"" + CANARY + "\": tru" + CANARY));
        replies.add(
                wire.post("/mcp", Wire.headers("alice", CANARY, ""), "{\"a" + CANARY + "\":1,\"a" + CANARY + "\":1}"));
        replies.add(wire.legacy("alice", CANARY, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + CANARY + "\"}"));
        Map<String, String> plain = Map.of("Authorization", "Bearer alice", "Content-Type", "application/json");
        replies.add(wire.post("/v1/tools/" + CANARY, plain, argument));
        replies.add(wire.post("/v1/tools/contact_get", plain, argument));
        replies.add(wire.post("/v1/tools/contact_get", plain, "{\"" + CANARY));
        replies.add(wire.post("/access/v1/evaluation", plain, argument));
        replies.add(wire.get("/" + CANARY, CANARY));
        return replies;
    }

    @Test
    void a_refusal_repeats_nothing_of_the_request() {
        // Given
        try (Wire wire = new Wire(telemetry)) {
            wire.front.answer = _ -> Step.refuse(new Refusal.NotFound());

            // When
            List<Reply> replies = provoked(wire);

            // Then
            assertThat(replies).allSatisfy(reply -> {
                assertThat(reply.text()).doesNotContain(CANARY);
                assertThat(reply.headers().toString()).doesNotContain(CANARY);
                assertThat(reply.status()).isBetween(200, 499);
            });
            assertThat(finished(10).toString()).doesNotContain(CANARY);
        }
    }

    @Test
    void a_bug_of_the_gateway_tells_nothing_of_itself() {
        // Given
        try (Wire wire = new Wire(telemetry)) {
            wire.front.answer = _ -> {
                throw new IllegalStateException("secret " + CANARY, new RuntimeException("caused by " + CANARY));
            };

            // When
            Reply mcp = wire.call("alice", "contact_get", "{\"id\":\"1\"}");
            Reply rest = wire.post(
                    "/v1/tools/contact_get",
                    Map.of("Authorization", "Bearer alice", "Content-Type", "application/json"),
                    "{}");

            // Then
            assertThat(List.of(mcp, rest)).allSatisfy(reply -> {
                assertThat(reply.status()).isEqualTo(500);
                assertThat(reply.text())
                        .doesNotContain(CANARY, "Exception", "java", "dev.tollgate.", "\tat ")
                        .contains(reply.header("x-request-id"));
            });
            assertThat(finished(2).toString()).doesNotContain(CANARY);
        }
    }

    @Test
    void a_span_belongs_to_the_callers_trace_whether_it_came_in_a_header_or_in_meta() {
        // Given
        String parent = "00-" + TRACE + "-00f067aa0ba902b7-01";
        try (Wire wire = new Wire(telemetry)) {
            Map<String, String> headers = Wire.headers("alice", "tools/call", "contact_get");
            String plain = Wire.body("tools/call", "\"name\":\"contact_get\",\"arguments\":{\"id\":\"1\"}");

            // When
            wire.post("/mcp", headers, plain.replace("\"_meta\":{", "\"_meta\":{\"traceparent\":\"" + parent + "\","));
            headers.put("traceparent", parent);
            wire.post("/mcp", headers, plain);
            headers.put("traceparent", "00-" + "0".repeat(32) + "-00f067aa0ba902b7-01");
            wire.post("/mcp", headers, plain);

            // Then
            List<SpanData> finished = finished(3);
            assertThat(finished.stream().filter(span -> span.getTraceId().equals(TRACE)))
                    .hasSize(2)
                    .allSatisfy(span -> assertThat(span.getName()).isEqualTo("tools/call"));
            assertThat(finished).hasSize(3);
            assertThat(wire.front.calls.get(0).traceId()).contains(TRACE);
            assertThat(wire.front.calls.get(1).traceId()).contains(TRACE);
        }
    }
}
