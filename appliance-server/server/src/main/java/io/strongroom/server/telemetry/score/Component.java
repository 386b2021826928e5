package io.strongroom.server.telemetry.score;

/**
 * What a score is made of. Each has one input, and is worth 100 points up to {@link #good}, none from {@link #bad} on, and in
 * between in proportion. The weights add up to 100.
 */
enum Component {
    /** The mean of the last day, in seconds. */
    RESPONSIVENESS(20, "network.latency", Measure.MEAN, 0.05, 0.5),
    /** The mean of the last day. */
    PROCESSOR(20, "system.cpu.utilization", Measure.MEAN, 0.6, 1),
    /** The mean of the last day. */
    MEMORY(20, "system.memory.utilization", Measure.MEAN, 0.75, 1),
    /** The fullest disk, as it was told last. */
    DISK(15, "system.filesystem.utilization", Measure.FULLEST, 0.8, 0.98),
    /** How many processes crashed in the last day. */
    STABILITY(15, "process.crashes", Measure.COUNT, 0, 10),
    /** What waited in the agent's queue: the mean of the last day. */
    AGENT(10, "agent.queue.depth", Measure.MEAN, 1_000, 50_000);

    /** What is taken of the input's series. */
    enum Measure {
        MEAN,
        FULLEST,
        COUNT
    }

    private final int weight;
    private final String metric;
    private final Measure measure;
    private final double good;
    private final double bad;

    Component(int weight, String metric, Measure measure, double good, double bad) {
        this.weight = weight;
        this.metric = metric;
        this.measure = measure;
        this.good = good;
        this.bad = bad;
    }

    int weight() {
        return weight;
    }

    String metric() {
        return metric;
    }

    Measure measure() {
        return measure;
    }

    double good() {
        return good;
    }

    double bad() {
        return bad;
    }

    /** From 0 to 100. */
    double points(double value) {
        return Math.clamp(100 * (bad - value) / (bad - good), 0, 100);
    }
}
