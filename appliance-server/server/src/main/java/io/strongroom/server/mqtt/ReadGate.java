package io.strongroom.server.mqtt;

import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Stops reading from a connection while what it sends cannot be taken, and looks again. For the connection's own thread. */
final class ReadGate {
    /** For how long nothing is read from a device before the connection is closed, so that it looks elsewhere. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final long LOOK_AGAIN_MILLIS = 50;

    private final Runnable look;
    private boolean looking;
    private long stoppedAt;
    private volatile boolean stopped;

    /** @param look called a little later, as long as reading is stopped; calls {@link #regulate} */
    ReadGate(Runnable look) {
        this.look = look;
    }

    /** Whether nothing is read until there is room. For any thread. */
    boolean isStopped() {
        return stopped;
    }

    /**
     * Stops reading, or goes on.
     *
     * @param full whether what would be read now cannot be taken
     * @return false once nothing could be taken for {@link #PATIENCE}
     */
    boolean regulate(ChannelHandlerContext ctx, boolean full) {
        if (full && !stopped) {
            stoppedAt = System.nanoTime();
        }
        if (full != stopped) {
            stopped = full;
            ctx.channel().config().setAutoRead(!full);
        }
        if (full && System.nanoTime() - stoppedAt > PATIENCE.toNanos()) {
            return false;
        }
        if (full && !looking) {
            looking = true;
            var unused = ctx.executor()
                    .schedule(
                            () -> {
                                looking = false;
                                look.run();
                            },
                            LOOK_AGAIN_MILLIS,
                            TimeUnit.MILLISECONDS);
        }
        return true;
    }
}
