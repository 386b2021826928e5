package io.strongroom.server.ops;

import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the appliance can take records and answer questions. Anyone may ask, so what was found holds for a second: a
 * flood of questions makes no work.
 */
@Singleton
final class Readiness {
    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
    private static final String NO_ANSWER = "no-answer";
    private static final long HOLDS_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final List<HealthCheck> checks;
    private final ExecutorService threads;
    private final LongSupplier nanoTime;

    // Guarded by this.
    private Map<String, String> faults = Map.of();
    private long asOfNanos;
    private boolean asked;

    @Inject
    Readiness(List<HealthCheck> checks, @Named(TaskExecutors.BLOCKING) ExecutorService threads) {
        this(checks, threads, System::nanoTime);
    }

    /** @param nanoTime by which an answer holds */
    Readiness(List<HealthCheck> checks, ExecutorService threads, LongSupplier nanoTime) {
        this.checks = List.copyOf(checks);
        this.threads = threads;
        this.nanoTime = nanoTime;
    }

    /** Each part that is not well, with what is wrong in a word; empty if the appliance is ready. */
    synchronized Map<String, String> faults() throws InterruptedException {
        if (!asked || nanoTime.getAsLong() - asOfNanos >= HOLDS_NANOS) {
            Map<String, String> found = look();
            if (!found.equals(faults)) {
                if (found.isEmpty()) {
                    LOG.info("ready again");
                } else {
                    LOG.warn("not ready: {}", found);
                }
            }
            faults = found;
            asOfNanos = nanoTime.getAsLong();
            asked = true;
        }
        return faults;
    }

    /** Asks all at once: one that does not answer costs its patience once. */
    private Map<String, String> look() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        List<Future<String>> answers = new ArrayList<>();
        for (HealthCheck check : checks) {
            answers.add(threads.submit(() -> ask(check)));
        }
        Map<String, String> found = new TreeMap<>();
        for (int i = 0; i < answers.size(); i++) {
            String fault = answer(answers.get(i), deadline);
            if (!fault.isEmpty()) {
                found.put(checks.get(i).part(), fault);
            }
        }
        return found;
    }

    private static String ask(HealthCheck check) throws InterruptedException {
        try {
            String fault = check.probe().fault();
            return fault == null ? "" : fault;
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} does not answer", check.part(), e);
            return NO_ANSWER;
        }
    }

    private static String answer(Future<String> asked, long deadline) throws InterruptedException {
        try {
            return asked.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // Not interrupted: an interrupt would close H2's file under whoever reads it.
            return NO_ANSWER;
        }
    }
}
