package io.strongroom.api.client;

import io.strongroom.api.ProblemType;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One appliance over HTTP: sends, repeats where that is safe, and turns problems into exceptions. */
final class Transport {
    private static final String AUTHORIZATION = "Authorization";
    private static final String BEARER = "Bearer ";

    private final URI base;
    private final HttpClient http;
    private final Supplier<@Nullable String> token;
    private final Supplier<@Nullable String> purpose;
    private final @Nullable String tenantId;
    private final Duration timeout;
    private final RetryPolicy retry;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final Pause pause;
    private final ScheduledExecutorService watch;
    private volatile @Nullable StepUp stepUp;

    Transport(
            URI base,
            HttpClient http,
            Supplier<@Nullable String> token,
            Supplier<@Nullable String> purpose,
            @Nullable String tenantId,
            Duration timeout,
            RetryPolicy retry,
            RandomGenerator random,
            InstantSource clock,
            Pause pause,
            ScheduledExecutorService watch) {
        this.base = base;
        this.http = http;
        this.token = token;
        this.purpose = purpose;
        this.tenantId = tenantId;
        this.timeout = timeout;
        this.retry = retry;
        this.random = random;
        this.clock = clock;
        this.pause = pause;
        this.watch = watch;
    }

    /** Something that is done to an answer while it is open. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Answer answer) throws IOException;
    }

    /** The same appliance, called by nobody in particular. */
    Transport anonymous() {
        return new Transport(base, http, () -> null, purpose, tenantId, timeout, retry, random, clock, pause, watch);
    }

    /** The same appliance, called with the same token, by somebody who shows no second factor meanwhile. */
    Transport unasked() {
        return new Transport(base, http, token, purpose, tenantId, timeout, retry, random, clock, pause, watch);
    }

    /** Says how the second factor is shown where a request is refused for want of it. */
    void steppingUp(StepUp how) {
        stepUp = how;
    }

    /** A request to a path, with identity and tenant. */
    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(timeout).header("Accept", "application/json");
        String secret = token.get();
        if (secret != null) {
            request.header(AUTHORIZATION, BEARER + secret);
        }
        String stated = purpose.get();
        if (stated != null) {
            request.header("X-Purpose", stated);
        }
        if (tenantId != null) {
            request.header("X-Tenant-Id", tenantId);
        }
        return request;
    }

    /** GET, repeated as the policy says, the answer as JSON. */
    Json.Obj getJson(String path) {
        return repeating(request(path).GET().build(), Answer::object);
    }

    /** GET, repeated as the policy says, the answer as bytes. */
    byte[] getBytes(String path) {
        return repeating(request(path).setHeader("Accept", "*/*").GET().build(), Answer::bytes);
    }

    /** POST of a document, once: repeating it would do it twice. */
    Json.Obj postJson(String path, Json body) {
        return once(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(body.bytes()))
                        .build(),
                Answer::object);
    }

    /** POST of a question, which changes nothing: repeated as the policy says. */
    Json.Obj askJson(String path, Json question) {
        return repeating(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(question.bytes()))
                        .build(),
                Answer::object);
    }

    /** PUT of a document, once. */
    Json.Obj putJson(String path, Json body) {
        return once(
                request(path)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofByteArray(body.bytes()))
                        .build(),
                Answer::object);
    }

    /** DELETE, once. */
    void delete(String path) {
        once(request(path).DELETE().build(), Answer::bytes);
    }

    /**
     * Sends a request that may be repeated without harm, until it is answered or the policy gives up.
     *
     * @throws StrongroomException if it is refused, or not answered in the end
     */
    <T> T repeating(HttpRequest request, Reader<T> reader) {
        Instant begun = clock.instant();
        for (int attempt = 1; ; attempt++) {
            try {
                return once(request, reader);
            } catch (StrongroomException.TryLater e) {
                pauseOrGiveUp(e, attempt, begun, e.retryAfter().orElse(null));
            } catch (StrongroomException.ServerFailed | StrongroomException.Unreachable e) {
                pauseOrGiveUp(e, attempt, begun, null);
            }
        }
    }

    /** Waits before the next attempt, or throws {@code failure} when there is none. */
    void pauseOrGiveUp(StrongroomException failure, int attempt, Instant begun, @Nullable Duration retryAfter) {
        if (failure instanceof StrongroomException.AnotherAppliance) {
            throw failure;
        }
        long spent = Duration.between(begun, clock.instant()).toMillis();
        Optional<Duration> wait = retry.pause(attempt, spent, retryAfter, random);
        if (wait.isEmpty()) {
            throw failure;
        }
        sleep(wait.get());
    }

    void sleep(Duration length) {
        try {
            pause.sleep(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StrongroomException.Interrupted(e);
        }
    }

    /** How long an answer is waited for. */
    Duration timeout() {
        return timeout;
    }

    Instant now() {
        return clock.instant();
    }

    /**
     * Sends a request once; and again where it was refused for want of a second factor, which was shown then, or for a token
     * that has been replaced while it was on its way. So what was done before it is not done again.
     *
     * @throws StrongroomException if it is refused or not answered
     */
    <T> T once(HttpRequest request, Reader<T> reader) {
        StepUp how = stepUp;
        if (how == null) {
            return authenticated(request, reader);
        }
        int before = how.shown();
        try {
            return authenticated(request, reader);
        } catch (StrongroomException.Forbidden e) {
            if (e.type().filter(ProblemType.STEP_UP_REQUIRED::equals).isEmpty()) {
                throw e;
            }
            how.show(before);
            return authenticated(request, reader);
        }
    }

    private <T> T authenticated(HttpRequest request, Reader<T> reader) {
        try {
            return send(request, reader);
        } catch (StrongroomException.Unauthenticated e) {
            String current = BEARER + token.get();
            Optional<String> shown = request.headers().firstValue(AUTHORIZATION);
            if (shown.isEmpty() || shown.get().equals(current)) {
                throw e;
            }
            return send(
                    HttpRequest.newBuilder(request, (name, value) -> !name.equalsIgnoreCase(AUTHORIZATION))
                            .header(AUTHORIZATION, current)
                            .build(),
                    reader);
        }
    }

    private <T> T send(HttpRequest request, Reader<T> reader) {
        HttpResponse<InputStream> response;
        try {
            response = http.send(request, BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StrongroomException.Interrupted(e);
        } catch (IOException e) {
            String message = "no answer from " + base + " to " + request.method() + " "
                    + request.uri().getPath() + ": " + message(root(e));
            throw root(e) instanceof ApplianceTrust.AnotherAuthorityException
                    ? new StrongroomException.AnotherAppliance(message, e)
                    : new StrongroomException.Unreachable(message, e);
        }
        try (Answer answer = new Answer(
                response.statusCode(), response.headers(), new StallGuard(response.body(), timeout, watch))) {
            if (answer.isProblem()) {
                throw answer.problem(base, clock.instant());
            }
            return reader.read(answer);
        } catch (IOException e) {
            throw new StrongroomException.Unreachable(
                    "the answer of " + base + " to " + request.method() + " "
                            + request.uri().getPath() + " broke off: " + message(root(e)),
                    e);
        } catch (JsonException | JsonShapeException e) {
            throw new StrongroomException.UnexpectedAnswer(
                    "the answer to " + request.method() + " " + request.uri().getPath() + " is not understood: "
                            + e.getMessage(),
                    e);
        }
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
