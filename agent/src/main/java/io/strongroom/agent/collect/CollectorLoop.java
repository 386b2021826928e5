package io.strongroom.agent.collect;

import io.strongroom.agent.launch.ThreadNames;
import io.strongroom.agent.line.DeviceLines;
import io.strongroom.agent.pace.Pace;
import io.strongroom.agent.queue.AgentQueue;
import io.strongroom.agent.queue.StreamQueue;
import io.strongroom.api.AuditRecord;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs a collector at its rate. Whatever goes wrong in it is told in the status and tried again: it takes neither the agent
 * nor another collector with it.
 */
public final class CollectorLoop implements AutoCloseable {
    private final Collector collector;
    private final Duration every;
    private final int mostPerSecond;
    private final AgentQueue queue;
    private final DeviceLines lines;
    private final Pace pace;
    private final Duration restsFirst;
    private final Thread thread;
    private final AtomicReference<@Nullable CompletableFuture<Void>> wanted = new AtomicReference<>();
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean resting = true;
    private volatile long taken;
    private volatile @Nullable String trouble;

    /**
     * @param every how long it rests where there was nothing more
     * @param mostPerSecond how many records are taken in a second at most
     * @param restsFirst how long it does not run, since it overran again and again
     */
    public CollectorLoop(
            Collector collector,
            Duration every,
            int mostPerSecond,
            AgentQueue queue,
            DeviceLines lines,
            Pace pace,
            Duration restsFirst) {
        this.collector = collector;
        this.every = every;
        this.mostPerSecond = mostPerSecond;
        this.queue = queue;
        this.lines = lines;
        this.pace = pace;
        this.restsFirst = restsFirst;
        this.trouble = restsFirst.isZero()
                ? null
                : "It overran again and again, and is off for " + restsFirst.toHours() + " h.";
        this.thread = Thread.ofPlatform()
                .name(ThreadNames.COLLECTOR + collector.name())
                .daemon()
                .unstarted(this::run);
    }

    public CollectorLoop start() {
        thread.start();
        return this;
    }

    public String name() {
        return collector.name();
    }

    /** How many records it gave in this run. */
    public long taken() {
        return taken;
    }

    /** What it took of the processor in this run, in milliseconds; empty if it does not run. */
    public OptionalLong cpuMillis() {
        long nanos = ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId());
        return nanos < 0 ? OptionalLong.empty() : OptionalLong.of(nanos / 1_000_000);
    }

    /** What is wrong with it; empty if nothing. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    private void run() {
        try {
            Thread.sleep(restsFirst);
            resting = false;
            while (true) {
                long before = taken;
                CompletableFuture<Void> asked = wanted.getAndSet(null);
                boolean more = once(asked != null);
                if (asked != null) {
                    asked.complete(null);
                }
                long pause = Math.max(
                        more ? (taken - before) * 1000 / mostPerSecond : every.toMillis(),
                        pace.rest().toMillis());
                if (wake.tryAcquire(pause, TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks now, whatever its rate, unless it is off; done once it has looked, and what it found is to be sent at once. */
    public CompletableFuture<Void> lookNow() {
        if (resting) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> already = wanted.compareAndExchange(null, mine);
        wake.release();
        return already == null ? mine : already;
    }

    private boolean once(boolean hurry) throws InterruptedException {
        try {
            StreamQueue stream = queue.stream(collector.stream());
            boolean more = collector.collect(new Into(stream));
            if (hurry) {
                stream.hurry();
            }
            trouble = null;
            return more;
        } catch (IOException | RuntimeException e) {
            // Whatever another's log or library comes up with: the next look is a new one.
            trouble = String.valueOf(e.getMessage() == null ? e : e.getMessage());
            return false;
        }
    }

    private final class Into implements Intake {
        private final StreamQueue stream;

        private Into(StreamQueue stream) {
            this.stream = stream;
        }

        @Override
        public void take(List<AuditRecord.Builder> records, String key, String position) throws IOException {
            List<byte[]> all = new ArrayList<>(records.size());
            for (AuditRecord.Builder record : records) {
                all.add(lines.line(record));
            }
            stream.append(all, key, position);
            taken += records.size();
        }

        @Override
        public Optional<String> position(String key) {
            return stream.position(key);
        }
    }

    /** Stops it, after what it is doing. */
    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
