package io.strongroom.agent;

import io.strongroom.agent.identity.DeviceIdentity;
import io.strongroom.agent.queue.Sealing;
import io.strongroom.evidence.SourceId;
import io.strongroom.evidence.batch.write.BatchSigner;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Seals batches with the key that the device has at the moment, and this machine's clocks. */
record DeviceSealing(Supplier<DeviceIdentity> identity, InstantSource clock) implements Sealing {
    @Override
    public SourceId device() {
        return identity.get().device();
    }

    @Override
    public BatchSigner signer() {
        return identity.get().signer();
    }

    @Override
    public long sentAt() {
        return Math.max(0, clock.instant().getEpochSecond());
    }

    @Override
    public String boot() {
        return Boot.id();
    }

    @Override
    public long monotonicMillis() {
        return Boot.millis();
    }
}
