package io.strongroom.agent.send;

import io.strongroom.agent.queue.CutBatch;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * HTTPS, and MQTT while HTTPS is blocked: from the third batch in a row on to which nobody who is the appliance answered by
 * HTTPS, and which the appliance then answered by MQTT, until it can be reached by HTTPS again. The same bytes go either way
 * and a stream has one batch under way, so a change in between loses, doubles and disorders nothing.
 */
public final class TwoWays implements Transport {
    static final int FAILURES = 3;

    private final Transport https;
    private final Transport mqtt;
    private final BooleanSupplier mqttIsKnown;
    private final BooleanSupplier httpsAnswers;
    private final Duration lookEvery;
    private final Executor looking;
    private final LongSupplier nanos;

    // Guarded by this.
    private boolean byMqtt;
    private int failures;
    private long lookedAt;

    /**
     * Begins with HTTPS.
     *
     * @param httpsAnswers asks the appliance something by HTTPS
     * @param lookEvery how often it is asked, while MQTT is used and there is something to send
     * @param looking runs that question
     */
    public TwoWays(
            Transport https,
            Transport mqtt,
            BooleanSupplier mqttIsKnown,
            BooleanSupplier httpsAnswers,
            Duration lookEvery,
            Executor looking,
            LongSupplier nanos) {
        this.https = https;
        this.mqtt = mqtt;
        this.mqttIsKnown = mqttIsKnown;
        this.httpsAnswers = httpsAnswers;
        this.lookEvery = lookEvery;
        this.looking = looking;
        this.nanos = nanos;
    }

    /** Whether MQTT is used at the moment. */
    public synchronized boolean isByMqtt() {
        return byMqtt;
    }

    @Override
    public Reply send(CutBatch batch) throws InterruptedException {
        if (isByMqtt()) {
            lookBack();
            Reply reply = mqtt.send(batch);
            count(reply, true);
            return reply;
        }
        Reply reply = https.send(batch);
        if (count(reply, false) < FAILURES || !mqttIsKnown.getAsBoolean()) {
            return reply;
        }
        Reply other = mqtt.send(batch);
        if (!isTheAppliances(other)) {
            return reply;
        }
        use(true);
        return other;
    }

    /** A page of something in between is no answer of the appliance's. */
    private static boolean isTheAppliances(Reply reply) {
        return switch (reply) {
            case Reply.Acknowledged taken -> true;
            case Reply.Refused refused -> refused.problem().isPresent();
            case Reply.Unanswered unanswered -> false;
        };
    }

    /** How many batches in a row nobody answered. Where MQTT fails, HTTPS has its turn again. */
    private synchronized int count(Reply reply, boolean usedMqtt) {
        if (usedMqtt != byMqtt) {
            // Sent before the way was changed.
            return 0;
        }
        failures = isTheAppliances(reply) ? 0 : failures + 1;
        if (byMqtt && failures == FAILURES) {
            use(false);
        }
        return failures;
    }

    private synchronized void use(boolean theOther) {
        byMqtt = theOther;
        failures = 0;
        lookedAt = nanos.getAsLong();
    }

    private synchronized void lookBack() {
        if (nanos.getAsLong() - lookedAt < lookEvery.toNanos()) {
            return;
        }
        lookedAt = nanos.getAsLong();
        looking.execute(() -> {
            if (httpsAnswers.getAsBoolean()) {
                use(false);
            }
        });
    }
}
