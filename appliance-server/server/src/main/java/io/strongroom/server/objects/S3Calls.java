package io.strongroom.server.objects;

import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;

/** How the server is asked: again where that is safe and may help, and not at all while it does not answer. */
final class S3Calls {
    private static final int FAILURES_BEFORE_PAUSE = 8;
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final S3Settings settings;
    private final RetryPolicy retry;
    private final RandomGenerator random;
    private final CircuitBreaker breaker;

    S3Calls(S3Settings settings, RetryPolicy retry, RandomGenerator random, InstantSource clock) {
        this.settings = settings;
        this.retry = retry;
        this.random = random;
        this.breaker = new CircuitBreaker(FAILURES_BEFORE_PAUSE, PAUSE, clock);
    }

    /** One call to the server. */
    @FunctionalInterface
    interface Call<T> {
        CompletableFuture<T> start() throws MinioException;
    }

    /** What a failure means to one kind of call: an answer after all, another try, or neither. */
    sealed interface Answer<T> {
        record Given<T>(T value) implements Answer<T> {}

        record Again<T>() implements Answer<T> {}

        record None<T>() implements Answer<T> {}

        static <T> Answer<T> of(T value) {
            return new Given<>(value);
        }

        static <T> Answer<T> again() {
            return new Again<>();
        }

        static <T> Answer<T> none() {
            return new None<>();
        }
    }

    /** What one kind of call makes of a failure. */
    @FunctionalInterface
    interface Reading<T> {
        Answer<T> of(S3Failure failure);
    }

    /** Asks, and asks again where the failure is a passing one. Only for what may be repeated. */
    <T> T repeatable(String what, Call<T> call) throws IOException {
        return repeatable(what, call, failure -> Answer.none());
    }

    /** As {@link #repeatable(String, Call)}, where some failures are answers. */
    <T> T repeatable(String what, Call<T> call, Reading<T> reading) throws IOException {
        for (int attempt = 1; ; attempt++) {
            refuseWhilePaused(what);
            Throwable thrown;
            try {
                T value = call.start().get();
                breaker.succeeded();
                return value;
            } catch (ExecutionException e) {
                thrown = e.getCause() == null ? e : e.getCause();
            } catch (MinioException e) {
                thrown = e;
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            S3Failure failure = S3Failure.of(thrown);
            if (failure == S3Failure.PASSING) {
                breaker.failed();
            } else {
                // It answered, whatever the answer.
                breaker.succeeded();
            }
            Answer<T> answer = reading.of(failure);
            if (answer instanceof Answer.Given<T> given) {
                return given.value();
            }
            boolean again = answer instanceof Answer.Again<T> || failure == S3Failure.PASSING;
            if (!again || attempt >= retry.attempts()) {
                throw new IOException(
                        what + " failed at " + settings.endpoint() + ", bucket " + settings.bucket() + " ("
                                + reason(thrown) + "); "
                                + (again
                                        ? "tried " + attempt + " times: check that the store answers"
                                        : "check the bucket, its rights and the keys"),
                        thrown);
            }
            pause(attempt);
        }
    }

    private void refuseWhilePaused(String what) throws IOException {
        long refused = breaker.refusedForMillis();
        if (refused > 0) {
            throw new IOException("the object store at " + settings.endpoint() + " has not answered; " + what
                    + " was not tried, and nothing is for another " + refused + " ms");
        }
    }

    /** The server's own code and words where it answered; never the request, which has its headers. */
    private static String reason(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && !(cause instanceof ErrorResponseException)) {
            cause = cause.getCause();
        }
        return cause instanceof ErrorResponseException answered
                ? answered.errorResponse().code() + ": "
                        + answered.errorResponse().message()
                : cause.toString();
    }

    private void pause(int failed) throws IOException {
        try {
            Thread.sleep(retry.delayMillis(failed, random));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        IOException stopped = new InterruptedIOException("stopped while waiting for the object store");
        stopped.initCause(e);
        return stopped;
    }
}
