package io.strongroom.agent.queue;

import io.strongroom.evidence.StreamName;

/** What kind of data a stream has: in the order in which it is given up where there is no room. */
public enum StreamClass {
    TELEMETRY("telemetry.", 500, 60_000),
    INVENTORY("inventory.", 500, 60_000),
    INCIDENT("incident.", 50, 5_000),
    AUDIT("audit.", 50, 5_000);

    private final String prefix;
    private final long syncMillis;
    private final long waitMillis;

    StreamClass(String prefix, long syncMillis, long waitMillis) {
        this.prefix = prefix;
        this.syncMillis = syncMillis;
        this.waitMillis = waitMillis;
    }

    /** By the beginning of its name; whatever is not known is kept as long as audit is. */
    public static StreamClass of(StreamName stream) {
        for (StreamClass each : values()) {
            if (stream.value().startsWith(each.prefix)) {
                return each;
            }
        }
        return AUDIT;
    }

    /** How long a line may be on its way to the disk. */
    public long syncMillis() {
        return syncMillis;
    }

    /** How long a line waits for others before a batch is cut. */
    public long waitMillis() {
        return waitMillis;
    }

    /** Whether half of it is better than none. */
    boolean thins() {
        return this == TELEMETRY;
    }
}
