package io.strongroom.server.metrics;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** One scrape: takes what the slices tell, and writes it in Prometheus' text format 0.0.4. For one thread. */
public final class Meters {
    private static final PrometheusTextFormatWriter WRITER = PrometheusTextFormatWriter.create();

    private final MetricSnapshots.Builder snapshots = MetricSnapshots.builder();

    /** What is so now. */
    public Meters gauge(String name, String help, double value) {
        snapshots.metricSnapshot(GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
                .build());
        return this;
    }

    /** What is so now, by the values of one label. */
    public Meters gauge(String name, String help, String label, Map<String, ? extends Number> values) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        values.forEach((value, count) -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(Labels.of(label, value))
                .value(count.doubleValue())
                .build()));
        snapshots.metricSnapshot(gauge.build());
        return this;
    }

    /** What is so now, by the values of several labels. */
    public Meters gauges(String name, String help, Map<Map<String, String>, ? extends Number> values) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        values.forEach((labels, value) -> {
            Labels.Builder all = Labels.builder();
            labels.forEach(all::label);
            gauge.dataPoint(GaugeDataPointSnapshot.builder()
                    .labels(all.build())
                    .value(value.doubleValue())
                    .build());
        });
        snapshots.metricSnapshot(gauge.build());
        return this;
    }

    /** What was counted since the process began. {@code name} without {@code _total}, which is added. */
    public Meters counter(String name, String help, double count) {
        snapshots.metricSnapshot(CounterSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(CounterDataPointSnapshot.builder().value(count).build())
                .build());
        return this;
    }

    /** What was counted by the values of one label. */
    public Meters counter(String name, String help, String label, Map<String, ? extends Number> counts) {
        CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
        counts.forEach((value, count) -> counter.dataPoint(CounterDataPointSnapshot.builder()
                .labels(Labels.of(label, value))
                .value(count.doubleValue())
                .build()));
        snapshots.metricSnapshot(counter.build());
        return this;
    }

    /** How what was observed is spread. */
    public Meters histogram(String name, String help, Histogram histogram) {
        return histograms(name, help, Map.of(Labels.EMPTY, histogram));
    }

    /** The same by labels. */
    public Meters histograms(String name, String help, Map<Labels, Histogram> histograms) {
        HistogramSnapshot.Builder snapshot =
                HistogramSnapshot.builder().name(name).help(help);
        histograms.forEach((labels, histogram) -> snapshot.dataPoint(HistogramDataPointSnapshot.builder()
                .labels(labels)
                .classicHistogramBuckets(histogram.buckets())
                .sum(histogram.sum())
                .build()));
        snapshots.metricSnapshot(snapshot.build());
        return this;
    }

    /** The media type of {@link #text}. */
    public static String contentType() {
        return WRITER.getContentType();
    }

    /** All that was told, in the order of the names. */
    public byte[] text() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(16 * 1024);
        try {
            WRITER.write(out, snapshots.build());
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return out.toByteArray();
    }
}
