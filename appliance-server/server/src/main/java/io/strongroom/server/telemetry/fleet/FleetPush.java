package io.strongroom.server.telemetry.fleet;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableMeasurement;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Pushes the fleet's numbers by OTLP over HTTP (protobuf), at a fixed rate. What the other side does not take in time is
 * lost: the next push tells what is so then.
 */
final class FleetPush implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final ObservableMeasurement[] NONE = {};

    private final SdkMeterProvider provider;

    /**
     * @param endpoint e.g. {@code http://127.0.0.1:4318/v1/metrics}
     * @param instance which appliance it is: the origin of its log
     */
    FleetPush(FleetNumbers numbers, String endpoint, Duration every, String instance) {
        OtlpHttpMetricExporter exporter = OtlpHttpMetricExporter.builder()
                .setEndpoint(endpoint)
                .setTimeout(TIMEOUT)
                .setConnectTimeout(CONNECT_TIMEOUT)
                .build();
        provider = SdkMeterProvider.builder()
                .setResource(Resource.create(Attributes.of(
                        AttributeKey.stringKey("service.name"),
                        "strongroom",
                        AttributeKey.stringKey("service.instance.id"),
                        instance)))
                .registerMetricReader(PeriodicMetricReader.builder(exporter)
                        .setInterval(every)
                        .build())
                .build();
        observe(provider.get("io.strongroom"), numbers);
    }

    private static void observe(Meter meter, FleetNumbers numbers) {
        Map<String, ObservableDoubleMeasurement> gauges = new HashMap<>();
        numbers.names()
                .forEach((name, help) -> gauges.put(
                        name, meter.gaugeBuilder(name).setDescription(help).buildObserver()));
        ObservableMeasurement[] all = gauges.values().toArray(NONE);
        // One reading of the database for all of them.
        var unused = meter.batchCallback(
                () -> {
                    for (FleetNumber number : numbers.read()) {
                        ObservableDoubleMeasurement gauge = gauges.get(number.name());
                        if (gauge != null) {
                            number.values().forEach(value -> gauge.record(value.value(), attributes(value.labels())));
                        }
                    }
                },
                all[0],
                java.util.Arrays.copyOfRange(all, 1, all.length));
    }

    private static Attributes attributes(Map<String, String> labels) {
        AttributesBuilder attributes = Attributes.builder();
        labels.forEach(attributes::put);
        return attributes.build();
    }

    /** Stops, with a last push. */
    @Override
    public void close() {
        provider.close();
    }
}
