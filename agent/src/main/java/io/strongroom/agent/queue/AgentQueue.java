package io.strongroom.agent.queue;

import io.strongroom.api.GapCause;
import io.strongroom.evidence.StreamName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All streams' queues in one folder, which one process holds. Puts on disk what was appended, in groups, and makes room:
 * telemetry goes before inventory, inventory before incidents, incidents before audit.
 */
public final class AgentQueue implements AutoCloseable {
    private static final long ROOM_MILLIS = 2_000;

    private final Path data;
    private final QueueLimits limits;
    private final Notices notices;
    private final Sealing sealing;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final TreeMap<String, StreamQueue> streams = new TreeMap<>();
    private final ScheduledExecutorService housekeeping = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("queue").daemon().unstarted(task));
    private volatile @Nullable String problem;

    /**
     * @param data the agent's data folder
     * @param clock for the age of lines
     * @param nanos for how long they wait
     */
    public AgentQueue(
            Path data, QueueLimits limits, Notices notices, Sealing sealing, InstantSource clock, LongSupplier nanos) {
        this.data = data;
        this.limits = limits;
        this.notices = notices;
        this.sealing = sealing;
        this.clock = clock;
        this.nanos = nanos;
    }

    /** Opens what is there, and begins to put on disk what comes. */
    public AgentQueue start() {
        for (String stream : known()) {
            try {
                var unused = stream(new StreamName(stream));
            } catch (IOException e) {
                problem = describe(e);
            }
        }
        for (StreamClass kind : StreamClass.values()) {
            var unused = housekeeping.scheduleWithFixedDelay(
                    () -> sync(kind), kind.syncMillis(), kind.syncMillis(), TimeUnit.MILLISECONDS);
        }
        var unused =
                housekeeping.scheduleWithFixedDelay(this::makeRoom, ROOM_MILLIS, ROOM_MILLIS, TimeUnit.MILLISECONDS);
        return this;
    }

    private List<String> known() {
        Path queues = data.resolve("queue");
        if (!Files.isDirectory(queues)) {
            return List.of();
        }
        try (var folders = Files.list(queues)) {
            return folders.map(folder -> folder.getFileName().toString())
                    // A replacement that was cut off leaves its stream under this name alone.
                    .map(name -> name.endsWith(".new") || name.endsWith(".old")
                            ? name.substring(0, name.length() - 4)
                            : name)
                    .filter(StreamName::is)
                    .distinct()
                    .toList();
        } catch (IOException e) {
            problem = describe(e);
            return List.of();
        }
    }

    /**
     * A stream's queue, which is created if there is none.
     *
     * @throws IOException if it can be neither opened nor created; later it may
     */
    public StreamQueue stream(StreamName stream) throws IOException {
        synchronized (streams) {
            StreamQueue known = streams.get(stream.value());
            if (known == null) {
                known = StreamQueue.open(stream, StreamFolder.of(data, stream.value()), notices, sealing, nanos);
                streams.put(stream.value(), known);
            }
            return known;
        }
    }

    /** Those that are open. */
    public List<StreamQueue> streams() {
        synchronized (streams) {
            return new ArrayList<>(streams.values());
        }
    }

    /** What is wrong with the disk; empty if nothing is known to be. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private static String describe(IOException e) {
        return "The queue cannot be read or written: " + e;
    }

    private void sync(StreamClass kind) {
        for (StreamQueue queue : streams()) {
            if (queue.kind() == kind) {
                try {
                    queue.sync();
                } catch (IOException e) {
                    problem = describe(e);
                }
            }
        }
    }

    /** Gives up what is too old, and what there is no room for. */
    void makeRoom() {
        try {
            List<StreamQueue> inOrder = new ArrayList<>(streams());
            inOrder.sort(Comparator.comparing(StreamQueue::kind));
            for (StreamQueue queue : inOrder) {
                while (clock.millis() - queue.oldestMillis() > limits.mostAgeMillis() && queue.evict(GapCause.AGED)) {
                    problem = null;
                }
            }
            while (isFull(inOrder) && giveUp(inOrder)) {
                problem = null;
            }
            problem = null;
        } catch (IOException e) {
            problem = describe(e);
        }
    }

    private boolean isFull(List<StreamQueue> queues) throws IOException {
        long sum = 0;
        for (StreamQueue queue : queues) {
            sum += queue.diskBytes() + queue.sentBytes();
        }
        return sum > limits.mostBytes() || freeBytes(data) < limits.leastFreeBytes();
    }

    /**
     * How many bytes are free for the agent: on the disk of its folder or, where the queue is on another, on the fuller
     * of the two.
     *
     * @param data the agent's data folder, which is there
     */
    public static long freeBytes(Path data) throws IOException {
        long free = Files.getFileStore(data).getUsableSpace();
        Path queues = data.resolve("queue");
        return Files.isDirectory(queues)
                ? Math.min(free, Files.getFileStore(queues).getUsableSpace())
                : free;
    }

    private static boolean giveUp(List<StreamQueue> queues) throws IOException {
        for (StreamQueue queue : queues) {
            if (queue.forgetSent()) {
                return true;
            }
        }
        for (StreamQueue queue : queues) {
            if (queue.thin()) {
                return true;
            }
        }
        for (StreamQueue queue : queues) {
            if (queue.evict(GapCause.EVICTED)) {
                return true;
            }
        }
        return false;
    }

    /** How many lines are not acknowledged. */
    public long depth() {
        return streams().stream().mapToLong(StreamQueue::depth).sum();
    }

    /** What all streams take on disk, in bytes. */
    public long diskBytes() throws IOException {
        long sum = 0;
        for (StreamQueue queue : streams()) {
            sum += queue.diskBytes();
        }
        return sum;
    }

    @Override
    public void close() throws IOException {
        housekeeping.shutdown();
        IOException failure = null;
        for (StreamQueue queue : streams()) {
            try {
                queue.close();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
