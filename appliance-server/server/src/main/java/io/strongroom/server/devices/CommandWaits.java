package io.strongroom.server.devices;

import io.micronaut.runtime.graceful.GracefulShutdownCapable;
import io.strongroom.server.access.DeviceShutOut;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Devices that wait for a command, each on a virtual thread of its own: one wait a device, the newest. */
@Singleton
final class CommandWaits implements DeviceShutOut, GracefulShutdownCapable {
    private final Map<String, Wait> waits = new ConcurrentHashMap<>();
    private volatile boolean closing;

    /** One that waits. */
    final class Wait implements AutoCloseable {
        private final String device;
        private final Semaphore news = new Semaphore(0);
        private volatile boolean ended;

        private Wait(String device) {
            this.device = device;
        }

        /**
         * Waits for news.
         *
         * @return whether it is worth to look; if not, the time is over, or it is to be answered now
         */
        boolean await(Duration most) throws InterruptedException {
            return !ended
                    && !closing
                    && news.tryAcquire(Math.max(0, most.toNanos()), TimeUnit.NANOSECONDS)
                    && !ended
                    && !closing;
        }

        private void end() {
            ended = true;
            news.release();
        }

        @Override
        public void close() {
            waits.remove(device, this);
        }
    }

    /** Begins to wait. What is asked from now on is told; an earlier wait of the device ends. */
    Wait begin(String device) {
        Wait wait = new Wait(device);
        Wait before = waits.put(device, wait);
        if (before != null) {
            before.end();
        }
        return wait;
    }

    /** There is something to look at. */
    void tell(String device) {
        Wait wait = waits.get(device);
        if (wait != null) {
            wait.news.release();
        }
    }

    @Override
    public void shutOut(String device) {
        tell(device);
    }

    boolean isWaiting(String device) {
        return waits.containsKey(device);
    }

    @Override
    public CompletionStage<?> shutdownGracefully() {
        closing = true;
        waits.values().forEach(wait -> wait.news.release());
        return CompletableFuture.completedFuture(null);
    }
}
