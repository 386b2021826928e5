package io.strongroom.console.review;

import io.strongroom.api.ShadowEvaluation;
import io.strongroom.api.client.Policies;
import io.strongroom.console.connection.Connection;
import io.strongroom.console.work.Job;
import java.time.Duration;
import java.util.function.DoubleConsumer;
import java.util.function.Function;

/**
 * Has the appliance replay the last days against a proposal, and waits for the end. Whoever cancels it stops the appliance,
 * too.
 */
final class Replay implements Job<Impact> {
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final Connection connection;
    private final String name;
    private final int days;
    private final int rate;

    /** @param rate entries a second, at most; 0 for full speed */
    Replay(Connection connection, String name, int days, int rate) {
        this.connection = connection;
        this.name = name;
        this.days = days;
        this.rate = rate;
    }

    @Override
    public Impact run(DoubleConsumer progress) throws InterruptedException {
        ShadowEvaluation now = call(policies -> policies.shadow(name, days, rate));
        try {
            while (!now.isEnded()) {
                if (now.total() > 0) {
                    progress.accept((double) now.done() / now.total());
                }
                Thread.sleep(BETWEEN);
                now = call(policies -> policies.shadow(name));
            }
        } catch (InterruptedException | RuntimeException e) {
            // A call that is cancelled may say so in its own way.
            if (!(e instanceof InterruptedException) && !Thread.interrupted()) {
                throw e;
            }
            call(policies -> {
                policies.cancelShadow(name);
                return name;
            });
            throw e;
        }
        if (now.summary().isEmpty()) {
            throw new IllegalStateException(now.reason() == null ? now.state() : now.reason());
        }
        ShadowEvaluation ended = now;
        return Impact.of(ended, call(policies -> policies.shadowReport(name)));
    }

    private <T> T call(Function<Policies, T> work) {
        return connection.call(client -> work.apply(client.policies()));
    }
}
