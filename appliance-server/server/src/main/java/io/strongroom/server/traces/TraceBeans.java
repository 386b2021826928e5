package io.strongroom.server.traces;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.settings.Setting;
import io.strongroom.server.settings.Settings;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Sends spans over OTLP/HTTP. An endpoint that is slow or away costs spans, never a request: the queue is bounded. */
@Factory
@Requires(property = TraceBeans.ON, value = "true")
final class TraceBeans {
    /** The framework's property that says whether the setting {@code traces.endpoint} is there. */
    static final String ON = "strongroom.traces.on";

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration DELAY = Duration.ofSeconds(1);
    private static final int QUEUE = 4_096;

    @Context
    @Bean(preDestroy = "close")
    SdkTracerProvider provider(Settings settings, Installation installation) {
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(settings.httpAddress(Setting.TRACES_ENDPOINT))
                .setTimeout(TIMEOUT)
                .setConnectTimeout(CONNECT_TIMEOUT)
                .build();
        return SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.of(
                        AttributeKey.stringKey("service.name"),
                        "strongroom",
                        AttributeKey.stringKey("service.instance.id"),
                        installation.origin().value())))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setMaxQueueSize(QUEUE)
                        .setScheduleDelay(DELAY)
                        .setExporterTimeout(TIMEOUT)
                        .build())
                .build();
    }

    @Singleton
    Tracer tracer(SdkTracerProvider provider) {
        return provider.get("io.strongroom");
    }
}
