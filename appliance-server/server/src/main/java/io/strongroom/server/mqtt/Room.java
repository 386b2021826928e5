package io.strongroom.server.mqtt;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of messages wait for intake, over all connections. What was read is always taken; more is not read. */
final class Room {
    /** Beyond which nothing more is read. */
    static final long MOST_BYTES = 64L << 20;

    private final AtomicLong bytes = new AtomicLong();

    void take(long count) {
        bytes.addAndGet(count);
    }

    void give(long count) {
        bytes.addAndGet(-count);
    }

    boolean isFull() {
        return bytes.get() > MOST_BYTES;
    }
}
