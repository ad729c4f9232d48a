// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.ops;

import dev.tollgate.server.http.Door;
import dev.tollgate.server.http.Problems;
import dev.tollgate.server.http.Turn;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/// The server's metrics, in the Prometheus text format at `/metrics`. Labels take their values from closed lists
/// or from tools that exist, and of those a bounded number: a stranger cannot make a new time series.
public final class Meters {
    /// Tools with a series of their own; further ones share `other`.
    private static final int TOOLS_MAX = 500;

    private static final double[] SECONDS = {
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
    };

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Set<String> tools = ConcurrentHashMap.newKeySet();

    private final Counter calls = Counter.builder()
            .name("tollgate_calls_total")
            .help("Calls by door, tool and outcome: permitted, or the code of the refusal")
            .labelNames("door", "tool", "outcome")
            .register(registry);
    private final Histogram took = Histogram.builder()
            .name("tollgate_call_seconds")
            .help("Time from a call's arrival at the gateway to its answer")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .labelNames("door")
            .register(registry);
    private final Gauge inFlight = Gauge.builder()
            .name("tollgate_calls_in_flight")
            .help("Calls under way")
            .register(registry);
    private final Counter unrecorded = Counter.builder()
            .name("tollgate_log_failures_total")
            .help("Calls refused because the audit log could not be written")
            .register(registry);
    private final Counter bugs = Counter.builder()
            .name("tollgate_failures_total")
            .help("Calls that ended in a failure of the gateway itself")
            .register(registry);

    /// Adds a gauge that is read when metrics are.
    public void gauge(String name, String help, IntSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsInt()))
                .register(registry);
    }

    /// The registry, for metrics of other rooms.
    public PrometheusRegistry registry() {
        return registry;
    }

    void began() {
        inFlight.inc();
    }

    /// @param tool the tool, when it is known to exist
    void ended(String door, Optional<String> tool, String outcome, long tookNanos) {
        inFlight.dec();
        calls.labelValues(door, tool.map(this::label).orElse("unknown"), outcome)
                .inc();
        took.labelValues(door).observe(tookNanos / 1e9);
    }

    void logFailed() {
        unrecorded.inc();
    }

    void failed() {
        bugs.inc();
    }

    private String label(String tool) {
        if (tools.contains(tool)) {
            return tool;
        }
        return tools.size() < TOOLS_MAX && tools.add(tool) ? tool : "other";
    }

    /// `/metrics`.
    public Door door() {
        return turn -> {
            if (!turn.method().equals("GET")) {
                Problems.methodNotAllowed(turn, "GET");
                return;
            }
            scrape(turn);
        };
    }

    private void scrape(Turn turn) {
        try {
            PrometheusTextFormatWriter writer =
                    PrometheusTextFormatWriter.builder().build();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            writer.write(out, registry.scrape());
            turn.reply(200, writer.getContentType(), ByteBuffer.wrap(out.toByteArray()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
