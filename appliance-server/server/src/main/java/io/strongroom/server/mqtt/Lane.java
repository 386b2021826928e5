package io.strongroom.server.mqtt;

import io.strongroom.api.ProblemType;
import io.strongroom.server.access.DeviceIdentity;
import io.strongroom.server.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages of one connection on their way to intake, in their order. What waits while a group commits is the next
 * group, so that one device that sends much needs no more commits than it must. What cannot be taken now is tried again
 * until it can; meanwhile the lane is full.
 */
final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    /** Most messages of a group; a batch, or what came of a command, is a group of its own. */
    private static final int MOST_AT_ONCE = 256;

    /** From so much on the lane is full. */
    private static final long MOST_BYTES = 1L << 20;

    private static final int MOST_MESSAGES = 1_024;

    private static final Duration LEAST_PAUSE = Duration.ofMillis(20);
    private static final Duration MOST_PAUSE = Duration.ofSeconds(1);

    /** What may be otherwise in a while. */
    private static final Set<ProblemType> PASSING = EnumSet.of(
            ProblemType.OVERLOADED,
            ProblemType.QUOTA_EXCEEDED,
            ProblemType.RATE_LIMITED,
            ProblemType.CLOCK_JUMP,
            ProblemType.LEDGER_UNAVAILABLE,
            ProblemType.STORAGE_UNAVAILABLE,
            ProblemType.KEY_UNAVAILABLE,
            ProblemType.POLICY_UNAVAILABLE,
            ProblemType.INTERNAL);

    private final Upstream upstream;
    private final Room room;
    private final Executor threads;
    private final End end;

    /** Guarded by itself, as are the three below it. */
    private final Deque<Upward> waiting = new ArrayDeque<>();

    private long bytes;
    private boolean running;
    private boolean closed;

    private volatile boolean held;

    /** Whom the lane tells. Called on threads of the lane. */
    interface End {
        /**
         * The device, if it is let in now.
         *
         * @return null if it is not; then the connection is being closed
         */
        @Nullable
        DeviceIdentity admit();

        /** They are settled, durably. */
        void settled(List<Upward> messages);

        /** To be told on the device's topic of acknowledgements. */
        void tell(byte[] acknowledgement);

        /** The message is not in order, and will not be acknowledged. */
        void refused(Upward message, ProblemException why);

        /** The lane is full, or is not any more. */
        void changed();
    }

    Lane(Upstream upstream, Room room, Executor threads, End end) {
        this.upstream = upstream;
        this.room = room;
        this.threads = threads;
        this.end = end;
    }

    /** Takes a message. Never waits, and never refuses. */
    void offer(Upward message) {
        synchronized (waiting) {
            if (closed) {
                return;
            }
            waiting.add(message);
            bytes += message.payload().length;
            room.take(message.payload().length);
            if (running) {
                return;
            }
            running = true;
        }
        threads.execute(this::run);
    }

    /** Whether no more should be read for it now. */
    boolean isFull() {
        synchronized (waiting) {
            return held || bytes > MOST_BYTES || waiting.size() > MOST_MESSAGES;
        }
    }

    /** Forgets what waits: the connection has gone. What has begun ends. */
    void close() {
        synchronized (waiting) {
            closed = true;
            waiting.clear();
            room.give(bytes);
            bytes = 0;
        }
    }

    private boolean isClosed() {
        synchronized (waiting) {
            return closed;
        }
    }

    private void run() {
        List<Upward> group = next();
        while (!group.isEmpty()) {
            if (!settle(group)) {
                close();
            }
            group = next();
        }
    }

    /** The next group, which stays counted until it is {@link #done}; none ends the run. */
    private List<Upward> next() {
        synchronized (waiting) {
            List<Upward> group = new ArrayList<>();
            for (Upward message : waiting) {
                if (!group.isEmpty() && (message.isAlone() || group.getFirst().isAlone())
                        || group.size() == MOST_AT_ONCE) {
                    break;
                }
                group.add(message);
            }
            running = !group.isEmpty();
            return group;
        }
    }

    private void done(List<Upward> group) {
        synchronized (waiting) {
            if (!closed) {
                for (Upward message : group) {
                    waiting.remove();
                    bytes -= message.payload().length;
                    room.give(message.payload().length);
                }
            }
        }
        held = false;
        end.changed();
    }

    /** Whether the lane goes on. */
    private boolean settle(List<Upward> group) {
        DeviceIdentity device = end.admit();
        if (device == null) {
            return false;
        }
        return group.getFirst().isAlone() ? alone(device, group) : messages(device, group);
    }

    private boolean alone(DeviceIdentity device, List<Upward> group) {
        Duration pause = LEAST_PAUSE;
        while (true) {
            try {
                if (group.getFirst().isOutcome()) {
                    upstream.outcome(device, group.getFirst());
                } else {
                    end.tell(upstream.batch(device, group.getFirst()));
                }
                end.settled(group);
                done(group);
                return true;
            } catch (ProblemException e) {
                if (!PASSING.contains(e.type())) {
                    end.refused(group.getFirst(), e);
                    done(group);
                    return true;
                }
                note(e);
            } catch (RuntimeException e) {
                note(e);
            }
            if (!hold(pause)) {
                return false;
            }
            pause = longer(pause);
        }
    }

    private boolean messages(DeviceIdentity device, List<Upward> group) {
        Upstream.Examined examined = null;
        Duration pause = LEAST_PAUSE;
        while (true) {
            try {
                if (examined == null) {
                    examined = upstream.examine(device, group);
                }
                examined.settle();
                List<Upward> settled = List.copyOf(group.subList(0, examined.size()));
                if (!settled.isEmpty()) {
                    end.settled(settled);
                    done(settled);
                }
                // What policy puts off is the head of the next group.
                return examined.putOff().isEmpty() || hold(examined.putOff().get());
            } catch (RuntimeException e) {
                note(e);
            }
            if (!hold(pause)) {
                return false;
            }
            pause = longer(pause);
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(MOST_PAUSE) > 0 ? MOST_PAUSE : twice;
    }

    /** What passes is told by the metrics alone; the rest is ours to mend. */
    private static void note(RuntimeException e) {
        if (!(e instanceof ProblemException problem) || problem.type() == ProblemType.INTERNAL) {
            LOG.error("what a device published could not be taken; it is tried again", e);
        }
    }

    /**
     * Waits, with the lane full.
     *
     * @return whether the connection is still there
     */
    private boolean hold(Duration pause) {
        if (!held) {
            held = true;
            end.changed();
        }
        try {
            Thread.sleep(pause.compareTo(MOST_PAUSE) > 0 ? MOST_PAUSE : pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return !isClosed();
    }
}
