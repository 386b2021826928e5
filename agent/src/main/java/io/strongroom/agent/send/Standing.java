package io.strongroom.agent.send;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the agent stands with the appliance, as the last answers told. For any number of threads. */
public final class Standing {
    private volatile @Nullable String shutOut;
    private volatile @Nullable String halted;
    private volatile @Nullable String trouble;
    private volatile long lastAcknowledgedMillis;
    private long batches;
    private long lines;
    private long rejected;

    synchronized void acknowledged(long atMillis, long newLines, long newlyRejected) {
        batches++;
        lines += newLines;
        rejected += newlyRejected;
        lastAcknowledgedMillis = atMillis;
        trouble = null;
        shutOut = null;
    }

    /** The appliance lets this identity in no more: nothing is sent but now and then a question whether that changed. */
    void shutOut(String why) {
        shutOut = why;
    }

    /** Nothing more is sent in this run: what would be sent would not become what it should. */
    void halt(String why) {
        halted = why;
    }

    boolean isHalted() {
        return halted != null;
    }

    void trouble(String what) {
        trouble = what;
    }

    /** Why the appliance does not let this identity in; empty while it does. */
    public Optional<String> shutOut() {
        return Optional.ofNullable(halted).or(() -> Optional.ofNullable(shutOut));
    }

    /** What went wrong last; empty since something went well. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** In milliseconds since 1970; 0 before the first. */
    public long lastAcknowledgedMillis() {
        return lastAcknowledgedMillis;
    }

    public synchronized long batches() {
        return batches;
    }

    public synchronized long lines() {
        return lines;
    }

    /** Lines that the appliance set aside. */
    public synchronized long rejected() {
        return rejected;
    }
}
