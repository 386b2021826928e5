package io.strongroom.agent.send;

import io.strongroom.agent.queue.CutBatch;
import io.strongroom.agent.queue.StreamQueue;
import io.strongroom.api.BatchAck;
import io.strongroom.api.ProblemType;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Sends one stream: one batch at a time, the same bytes until it is acknowledged. Only an acknowledgement ends a batch;
 * whatever else comes, it stays and is sent again later.
 */
final class StreamSender {
    /** How often to look whether a batch is due. */
    static final Duration IDLE = Duration.ofMillis(200);

    /** How often to ask whether a device that was shut out is let in again. */
    static final Duration SHUT_OUT = Duration.ofMinutes(5);

    private static final Set<String> SHUTS_OUT = Set.of(
            ProblemType.DEVICE_LOCKED.code(),
            ProblemType.DEVICE_REVOKED.code(),
            ProblemType.INVALID_DEVICE_CERTIFICATE.code());

    /** The batch cannot be taken in its place, however often it is sent. */
    private static final Set<String> HOPELESS = Set.of(
            ProblemType.BATCH_OUT_OF_ORDER.code(),
            ProblemType.BATCH_CONFLICT.code(),
            ProblemType.BATCH_SIGNATURE.code(),
            ProblemType.MALFORMED_BATCH.code());

    private static final Set<String> WRONG_TENANT =
            Set.of(ProblemType.TENANT_MISMATCH.code(), ProblemType.MISSING_TENANT.code());

    private final StreamQueue queue;
    private final Transport transport;
    private final Window window;
    private final Standing standing;
    private final Backoff backoff;
    private final InstantSource clock;
    private final RandomGenerator random;
    private int failures;

    StreamSender(
            StreamQueue queue,
            Transport transport,
            Window window,
            Standing standing,
            Backoff backoff,
            InstantSource clock,
            RandomGenerator random) {
        this.queue = queue;
        this.transport = transport;
        this.window = window;
        this.standing = standing;
        this.backoff = backoff;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Sends the next batch, if there is one.
     *
     * @return how long to wait before the next call
     */
    Duration step() throws InterruptedException {
        if (standing.isHalted()) {
            return IDLE;
        }
        try {
            Optional<CutBatch> batch = queue.next();
            if (batch.isEmpty()) {
                return IDLE;
            }
            return settle(batch.get(), send(batch.get()));
        } catch (IOException e) {
            standing.trouble("The queue of " + queue.stream() + " cannot be read or written: " + e);
            return pause(Optional.empty());
        } catch (RuntimeException e) {
            // What a library comes up with must not end the sending for good.
            standing.trouble("Sending " + queue.stream() + " went wrong: " + e);
            return pause(Optional.empty());
        }
    }

    private Reply send(CutBatch batch) throws InterruptedException {
        window.enter();
        try {
            return transport.send(batch);
        } finally {
            window.leave();
        }
    }

    private Duration settle(CutBatch batch, Reply reply) throws IOException {
        return switch (reply) {
            case Reply.Acknowledged taken -> acknowledged(batch, taken.ack());
            case Reply.Refused refused -> refused(refused);
            case Reply.Unanswered unanswered -> {
                standing.trouble("The appliance cannot be reached: " + unanswered.why());
                yield pause(Optional.empty());
            }
        };
    }

    private Duration acknowledged(CutBatch batch, BatchAck ack) throws IOException {
        window.resize(ack.window());
        if (!ack.stream().equals(queue.stream().value())
                || !ack.epoch().equals(batch.epoch())
                || ack.durableThrough() < batch.last()) {
            standing.trouble("The appliance acknowledged something else than what was sent.");
            return pause(Optional.empty());
        }
        queue.acknowledge(batch);
        failures = 0;
        standing.acknowledged(clock.millis(), batch.lines(), ack.rejected().size());
        if (ack.rejected().stream().anyMatch(line -> WRONG_TENANT.contains(line.problem()))) {
            standing.halt(
                    "The appliance has another tenant than the setting tenant says. Set that right and start the agent"
                            + " again; what was sent stands in the appliance's quarantine.");
            return IDLE;
        }
        if (ack.durableThrough() > batch.last()) {
            // The appliance has what this queue does not know of: it was set back.
            queue.beginAnew();
        }
        return Duration.ZERO;
    }

    private Duration refused(Reply.Refused refused) throws IOException {
        if (SHUTS_OUT.contains(refused.code())) {
            standing.shutOut(refused.told());
            return shutOutPause();
        }
        standing.trouble(refused.told());
        if (HOPELESS.contains(refused.code())) {
            queue.beginAnew();
        }
        return pause(refused.retryAfter());
    }

    private Duration shutOutPause() {
        return SHUT_OUT.plusMillis(random.nextLong(SHUT_OUT.toMillis()));
    }

    private Duration pause(Optional<Duration> asked) {
        failures++;
        return backoff.pause(failures, asked, random);
    }
}
