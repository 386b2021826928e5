package io.strongroom.server.policy;

/** How far a run has come, for those who ask; and whether it is still wanted. */
final class ShadowProgress {
    private volatile long done;
    private volatile long total;
    private volatile boolean stopped;

    void begin(long entries) {
        total = entries;
    }

    /** @return whether to go on */
    boolean at(long entries) {
        done = entries;
        return !stopped;
    }

    void stop() {
        stopped = true;
    }

    /** Entries that were replayed. */
    long done() {
        return done;
    }

    /** Entries to replay; 0 while that is not known. */
    long total() {
        return total;
    }
}
