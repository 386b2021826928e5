package io.strongroom.bench;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A device of a fleet on its open connection: a batch each time that it is its turn, unless the one before is not
 * acknowledged yet. What is refused for now is sent again, the same bytes. For the connection's own thread.
 */
final class FleetDevice {
    private final SimulatedDevice device;
    private final FleetCounts counts;
    private final int lines;
    private final long everyMillis;
    private @Nullable Channel channel;
    private @Nullable Consumer<byte[]> wire;
    private byte @Nullable [] inFlight;
    private long sentAt;
    private boolean stopped;

    FleetDevice(SimulatedDevice device, FleetCounts counts, int lines, long everyMillis) {
        this.device = device;
        this.counts = counts;
        this.lines = lines;
        this.everyMillis = everyMillis;
    }

    EnrolledDevice identity() {
        return device.device();
    }

    /** The connection is there, and takes batches. */
    void opened(Channel open, Consumer<byte[]> sender) {
        channel = open;
        wire = sender;
        counts.connected.increment();
        EventLoop loop = open.eventLoop();
        var unused = loop.scheduleAtFixedRate(
                this::turn, ThreadLocalRandom.current().nextLong(everyMillis), everyMillis, TimeUnit.MILLISECONDS);
    }

    private void turn() {
        if (stopped) {
            return;
        }
        if (inFlight != null) {
            counts.late.increment();
            return;
        }
        inFlight = device.batch(lines);
        sentAt = System.nanoTime();
        counts.sent.increment();
        write();
    }

    private void write() {
        if (inFlight != null && wire != null) {
            wire.accept(inFlight);
        }
    }

    void acknowledged() {
        inFlight = null;
        counts.acknowledged(System.nanoTime() - sentAt);
    }

    /** Not now. */
    void putOff(long againMillis) {
        counts.putOff.increment();
        if (channel != null) {
            var unused = channel.eventLoop().schedule(this::write, againMillis, TimeUnit.MILLISECONDS);
        }
    }

    /** Never. */
    void refused(String why) {
        inFlight = null;
        stopped = true;
        counts.failed(device.device().id() + ": " + why);
    }

    void closed() {
        if (!stopped) {
            refused("its connection was closed");
        }
    }

    /** No more turns. */
    void stop() {
        Channel open = channel;
        if (open != null) {
            open.eventLoop().execute(() -> stopped = true);
        }
    }
}
