package io.strongroom.agent.send;

import io.strongroom.agent.pace.Pace;
import io.strongroom.agent.queue.AgentQueue;
import io.strongroom.agent.queue.StreamQueue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Sends all streams, each by a thread of its own, so that none waits for another longer than the window says. */
public final class Sender implements AutoCloseable {
    private final AgentQueue queue;
    private final Transport transport;
    private final Standing standing;
    private final Backoff backoff;
    private final InstantSource clock;
    private final Pace pace;
    private final Window window = new Window();
    private final Set<String> sending = new HashSet<>();
    private final List<Thread> threads = new ArrayList<>();

    public Sender(
            AgentQueue queue, Transport transport, Standing standing, Backoff backoff, InstantSource clock, Pace pace) {
        this.queue = queue;
        this.transport = transport;
        this.standing = standing;
        this.backoff = backoff;
        this.clock = clock;
        this.pace = pace;
    }

    /** Begins to send streams that are new since the last call. */
    public synchronized void take() {
        for (StreamQueue stream : queue.streams()) {
            if (sending.add(stream.stream().value())) {
                StreamSender sender = new StreamSender(
                        stream, transport, window, standing, backoff, clock, RandomGenerator.getDefault());
                threads.add(Thread.ofVirtual().name("send-" + stream.stream()).start(() -> run(sender)));
            }
        }
    }

    private void run(StreamSender sender) {
        try {
            while (true) {
                Duration pause = sender.step();
                Duration rest = pace.rest();
                Thread.sleep(pause.compareTo(rest) > 0 ? pause : rest);
            }
        } catch (InterruptedException e) {
            // It is to stop. What was not acknowledged is sent again by the next run.
            Thread.currentThread().interrupt();
        }
    }

    /** Stops. What is under way is broken off: its batch is sent again, and taken once. */
    @Override
    public synchronized void close() throws InterruptedException {
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
