// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Traces of calls, without arguments and results, sent to a collector when one is configured.
///
/// @param openTelemetry where the doors start their spans
/// @param sdk           what exports them, when anything does
record Telemetry(OpenTelemetry openTelemetry, @Nullable OpenTelemetrySdk sdk) implements AutoCloseable {
    static Telemetry of(Optional<Configuration.Telemetry> configured) {
        if (configured.isEmpty()) {
            return new Telemetry(OpenTelemetry.noop(), null);
        }
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(configured.get().otlp() + "/v1/traces")
                .build();
        OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setResource(Resource.getDefault()
                                .merge(Resource.create(Attributes.builder()
                                        .put("service.name", "tollgate")
                                        .build())))
                        .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                        .build())
                .build();
        return new Telemetry(sdk, sdk);
    }

    @Override
    public void close() {
        if (sdk != null) {
            sdk.close();
        }
    }
}
