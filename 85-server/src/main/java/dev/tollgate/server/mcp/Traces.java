// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import dev.tollgate.terms.RequestId;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// A span for each request, child of the caller's (W3C Trace Context, from the header or from `_meta`). Spans
/// hold methods, never arguments, results or tokens. Where they go is decided by whoever builds the
/// `OpenTelemetry`.
public final class Traces {
    /// Span names are the protocol's methods; whatever else a stranger sends is one name, so that names stay
    /// few.
    private static final Set<String> NAMES = Set.of(
            "initialize",
            "model",
            "ping",
            "server/discover",
            "subscriptions/listen",
            "tools/list",
            "tools/call",
            "prompts/list",
            "prompts/get",
            "resources/list",
            "resources/templates/list",
            "resources/read",
            "completion/complete",
            "logging/setLevel",
            "rest/tools",
            "rest/call",
            "authzen/evaluation");

    /// `version-traceid-spanid-flags` of version 00 (W3C Trace Context §3.2).
    private static final int PARENT_CHARS = 55;

    private final Tracer tracer;

    /// Spans of this source.
    public Traces(OpenTelemetry telemetry) {
        this.tracer = telemetry.getTracer("dev.tollgate.server");
    }

    /// Runs `work` in a span and tells it the trace it belongs to, when there is one.
    public void around(
            String method, Optional<String> traceparent, RequestId request, Consumer<Optional<String>> work) {
        Context caller =
                Context.root().with(Span.wrap(traceparent.map(Traces::caller).orElseGet(SpanContext::getInvalid)));
        Span span = tracer.spanBuilder(NAMES.contains(method) ? method : "unknown")
                .setSpanKind(SpanKind.SERVER)
                .setParent(caller)
                .startSpan();
        span.setAttribute("tollgate.request.id", request.value());
        try (Scope _ = caller.with(span).makeCurrent()) {
            String traceId = span.getSpanContext().getTraceId();
            work.accept(span.getSpanContext().isValid() ? Optional.of(traceId) : Optional.empty());
        } catch (RuntimeException bug) {
            // The message of a bug may hold a value; its kind may not.
            span.setStatus(StatusCode.ERROR, bug.getClass().getSimpleName());
            throw bug;
        } finally {
            span.end();
        }
    }

    private static SpanContext caller(String traceparent) {
        if (traceparent.length() != PARENT_CHARS
                || !traceparent.startsWith("00-")
                || traceparent.charAt(35) != '-'
                || traceparent.charAt(52) != '-') {
            return SpanContext.getInvalid();
        }
        String traceId = traceparent.substring(3, 35);
        String spanId = traceparent.substring(36, 52);
        String flags = traceparent.substring(53);
        boolean valid = TraceId.isValid(traceId) && SpanId.isValid(spanId) && flags.matches("[0-9a-f]{2}");
        return valid
                ? SpanContext.createFromRemoteParent(
                        traceId, spanId, TraceFlags.fromHex(flags, 0), TraceState.getDefault())
                : SpanContext.getInvalid();
    }
}
