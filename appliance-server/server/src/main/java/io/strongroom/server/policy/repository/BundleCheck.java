package io.strongroom.server.policy.repository;

import io.strongroom.policies.Fault;
import io.strongroom.policies.InvalidBundleException;
import io.strongroom.policies.bundle.Bundle;
import io.strongroom.policies.bundle.BundleLoader;
import io.strongroom.policies.check.BundleTests;
import io.strongroom.policies.check.TestReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Validates bundles that nobody has approved yet and runs their tests: on threads of its own, few at once, and not for
 * ever. One that does not come to its end keeps its place until it does, so that such bundles can take two threads and no
 * more.
 */
public final class BundleCheck {
    /** For how long one bundle may be looked at. */
    public static final Duration LIMIT = Duration.ofSeconds(30);

    private static final int AT_ONCE = 2;

    private final Duration limit;
    private final Semaphore places = new Semaphore(AT_ONCE, true);

    public BundleCheck() {
        this(LIMIT);
    }

    BundleCheck(Duration limit) {
        this.limit = limit;
    }

    /** A bundle that says what it says, and how its tests went. */
    public record Checked(Bundle bundle, TestReport tests) {}

    /**
     * Reads, validates, compiles and tests.
     *
     * @throws InvalidBundleException if anything is wrong with it, a failed test, rules that nobody could change again
     *     and the time that it took included
     */
    public Checked check(Map<String, byte[]> files) {
        Checked checked = bounded(() -> {
            Bundle bundle = BundleLoader.load(files);
            return new Checked(bundle, BundleTests.run(bundle));
        });
        List<Fault> failed = new ArrayList<>(checked.tests().faults());
        checked.tests().cases().stream()
                .filter(test -> !test.passed())
                .map(test -> new Fault(
                        test.file(),
                        test.line(),
                        "the test \"" + test.name() + "\" fails: "
                                + test.failures().getFirst(),
                        "change the rules or the test; strongroom policy test tells all of it"))
                .forEach(failed::add);
        if (!failed.isEmpty()) {
            throw new InvalidBundleException(failed);
        }
        return checked;
    }

    /**
     * Does something else that takes as long as bundles want it to, under the same bounds.
     *
     * @throws InvalidBundleException if it takes too long, or as {@code work} does
     */
    public <T> T bounded(Callable<T> work) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            if (!places.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw tooLong("the appliance is busy with other bundles", "try again later");
            }
            FutureTask<T> task = new FutureTask<>(work);
            Thread.ofPlatform().name("bundle-check").daemon().start(() -> {
                try {
                    task.run();
                } finally {
                    places.release();
                }
            });
            try {
                return task.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                task.cancel(true);
                throw tooLong(
                        "takes longer than " + limit.toSeconds() + " s to validate and test",
                        "use fewer or simpler rules, patterns and tests");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw tooLong("the appliance is being stopped", "try again later");
        } catch (CancellationException e) {
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw failure(cause == null ? e : cause);
        }
    }

    private static RuntimeException failure(Throwable cause) {
        return switch (cause) {
            case RuntimeException exception -> exception;
            case StackOverflowError deep -> tooLong("is nested too deeply", "nest less");
            case OutOfMemoryError large -> tooLong("needs too much memory", "use fewer or simpler rules");
            default -> new IllegalStateException("a bundle could not be checked", cause);
        };
    }

    private static InvalidBundleException tooLong(String reason, String remedy) {
        return new InvalidBundleException(List.of(new Fault("", 0, reason, remedy)));
    }
}
