package io.strongroom.server.mqtt;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.ProblemType;
import io.strongroom.server.access.DeviceIdentity;
import io.strongroom.server.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The appliance's intake, which a test can make full. */
final class HeldUpstream implements Upstream {
    final AtomicInteger turnedAway = new AtomicInteger();
    volatile boolean full;
    volatile @Nullable Upstream intake;

    private Upstream intake() {
        return requireNonNull(intake);
    }

    private void requireRoom() {
        if (full) {
            turnedAway.incrementAndGet();
            throw new ProblemException(ProblemType.OVERLOADED, "full").retryAfter(Duration.ofSeconds(1));
        }
    }

    @Override
    public byte[] batch(DeviceIdentity device, Upward batch) {
        requireRoom();
        return intake().batch(device, batch);
    }

    @Override
    public void outcome(DeviceIdentity device, Upward outcome) {
        requireRoom();
        intake().outcome(device, outcome);
    }

    @Override
    public Examined examine(DeviceIdentity device, List<Upward> messages) {
        Examined examined = intake().examine(device, messages);
        return new Examined() {
            @Override
            public int size() {
                return examined.size();
            }

            @Override
            public Optional<Duration> putOff() {
                return examined.putOff();
            }

            @Override
            public void settle() {
                requireRoom();
                examined.settle();
            }
        };
    }
}
