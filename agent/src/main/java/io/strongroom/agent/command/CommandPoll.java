package io.strongroom.agent.command;

import io.strongroom.agent.identity.Connection;
import io.strongroom.agent.identity.Refusals;
import io.strongroom.agent.send.Backoff;
import io.strongroom.api.CommandOutcome;
import io.strongroom.api.Problem;
import io.strongroom.api.ProblemType;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.json.JsonException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Asks the appliance for commands, by long poll over HTTPS: it answers once there is one, or after half a minute. Each
 * question names what is known here, so whatever was lost on the way is given again.
 */
public final class CommandPoll implements AutoCloseable {
    private static final String PATH = "/api/v1/device/commands";

    /** How often to ask whether a device that was shut out is let in again. */
    private static final Duration SHUT_OUT = Duration.ofMinutes(5);

    /** The appliance holds a question for longer than this where it has nothing to say. */
    private static final Duration EARLY = Duration.ofSeconds(5);

    private static final Set<String> SHUTS_OUT = Set.of(
            ProblemType.DEVICE_LOCKED.code(),
            ProblemType.DEVICE_REVOKED.code(),
            ProblemType.INVALID_DEVICE_CERTIFICATE.code());

    /** Not let in, or not now. */
    private static final Set<Integer> LATER = Set.of(401, 403, 408, 429);

    /** Asks the appliance, and waits for its answer. */
    @FunctionalInterface
    interface Question {
        /** @param path with what is known here */
        Answer ask(String path) throws IOException, InterruptedException;
    }

    /** What the appliance answered. */
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(int status, byte[] body) {}

    private final Question question;
    private final Commands commands;
    private final Backoff backoff;
    private final RandomGenerator random;
    private final Thread thread = Thread.ofVirtual().name("command-poll").unstarted(this::run);
    private volatile @Nullable String trouble;
    private int failures;

    public CommandPoll(Connection connection, Commands commands, Backoff backoff, RandomGenerator random) {
        this(path -> ask(connection, path), commands, backoff, random);
    }

    private static Answer ask(Connection connection, String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer =
                connection.await(path, HttpRequest.newBuilder().GET());
        return new Answer(answer.statusCode(), answer.body());
    }

    CommandPoll(Question question, Commands commands, Backoff backoff, RandomGenerator random) {
        this.question = question;
        this.commands = commands;
        this.backoff = backoff;
        this.random = random;
    }

    /** Tells outcomes over a connection. */
    public static Outcomes outcomes(Connection connection) {
        return (command, outcome) -> tell(connection, command, outcome);
    }

    private static boolean tell(Connection connection, String command, CommandOutcome outcome)
            throws InterruptedException {
        try {
            HttpResponse<byte[]> answer = connection.send(
                    PATH + "/" + command + "/outcome",
                    HttpRequest.newBuilder()
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(
                                    outcome.toJson().bytes())));
            int status = answer.statusCode();
            // Whatever else it does not want, it will not want later: 404 is not known there, 409 has another outcome.
            return status == 204 || status >= 400 && status < 500 && !LATER.contains(status);
        } catch (IOException e) {
            return false;
        }
    }

    public CommandPoll start() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(step());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration step() throws InterruptedException {
        try {
            if (!commands.tell()) {
                return pause();
            }
            String known = String.join(",", commands.known());
            long asked = System.nanoTime();
            Answer answer = question.ask(known.isEmpty() ? PATH : PATH + "?known=" + known);
            if (answer.status() != 200) {
                return refused(answer.status(), Refusals.read(answer.body()).orElse(null));
            }
            List<Json.Obj> items = Json.parseObject(answer.body()).objects("items", each -> each);
            items.forEach(commands::take);
            trouble = null;
            boolean early = items.isEmpty() && System.nanoTime() - asked < EARLY.toNanos();
            if (early || commands.trouble().isPresent()) {
                // Early is an appliance that stops, or somebody else who asks as this device.
                return pause();
            }
            failures = 0;
            return Duration.ZERO;
        } catch (IOException e) {
            // That there is no way to the appliance is told by whoever sends.
            return pause();
        } catch (JsonException | JsonShapeException e) {
            trouble = "What the appliance answers about commands cannot be read: " + e.getMessage();
            return pause();
        } catch (RuntimeException e) {
            // Whatever a library comes up with: the next question is a new one.
            trouble = "Commands cannot be asked for: " + e;
            return pause();
        }
    }

    /** What is wrong with asking for commands, or with carrying them out; empty if nothing. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble).or(commands::trouble);
    }

    private Duration refused(int status, @Nullable Problem why) {
        if (why != null && SHUTS_OUT.contains(why.code())) {
            // Told by whoever sends.
            return SHUT_OUT.plusMillis(random.nextLong(SHUT_OUT.toMillis()));
        }
        trouble = "Commands cannot be asked for: the appliance answered " + status
                + (why == null ? "." : " (" + why.code() + ").");
        return pause();
    }

    private Duration pause() {
        failures++;
        return backoff.pause(failures, Optional.empty(), random);
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
