package io.strongroom.server.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** Counts observations by size. For any number of threads; an observation costs two additions. */
public final class Histogram {
    private final double[] upperBounds;
    private final LongAdder[] counts;
    private final DoubleAdder sum = new DoubleAdder();

    /** @param upperBounds growing; a last one without bound is added */
    public Histogram(double... upperBounds) {
        for (int i = 1; i < upperBounds.length; i++) {
            if (upperBounds[i] <= upperBounds[i - 1]) {
                throw new IllegalArgumentException("the bounds must grow");
            }
        }
        this.upperBounds = upperBounds.clone();
        counts = new LongAdder[upperBounds.length + 1];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    /** For the time that a request or a commit takes, in seconds: 1 ms to 30 s. */
    public static Histogram ofSeconds() {
        return new Histogram(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30);
    }

    public void observe(double value) {
        int bucket = 0;
        while (bucket < upperBounds.length && value > upperBounds[bucket]) {
            bucket++;
        }
        counts[bucket].increment();
        sum.add(value);
    }

    public void observeNanos(long nanos) {
        observe(nanos / 1e9);
    }

    /** How many were observed. */
    public long count() {
        long count = 0;
        for (LongAdder bucket : counts) {
            count += bucket.sum();
        }
        return count;
    }

    double sum() {
        return sum.sum();
    }

    ClassicHistogramBuckets buckets() {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        for (int i = 0; i < counts.length; i++) {
            buckets.bucket(i < upperBounds.length ? upperBounds[i] : Double.POSITIVE_INFINITY, counts[i].sum());
        }
        return buckets.build();
    }
}
