package io.strongroom.server.telemetry.incident.rule;

import java.util.Arrays;

/** Statistics that a few wild values do not move: their breakdown point is one half, that of the slope 29 percent. */
final class RobustStatistics {
    /** Makes the median absolute deviation of normally distributed values their standard deviation. */
    private static final double NORMAL = 1.4826;

    private RobustStatistics() {}

    /** The median; the mean of the middle two where there are two. There is one value at least. */
    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** How far values usually are from {@code median}: the median absolute deviation, scaled to a standard deviation. */
    static double deviation(double[] values, double median) {
        double[] distances = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            distances[i] = Math.abs(values[i] - median);
        }
        return NORMAL * median(distances);
    }

    /**
     * The slope by Theil and Sen: the median of the slopes between any two points. At least two points, of different x.
     */
    static double slope(double[] x, double[] y) {
        double[] slopes = new double[x.length * (x.length - 1) / 2];
        int count = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = i + 1; j < x.length; j++) {
                slopes[count++] = (y[j] - y[i]) / (x[j] - x[i]);
            }
        }
        return median(slopes);
    }
}
