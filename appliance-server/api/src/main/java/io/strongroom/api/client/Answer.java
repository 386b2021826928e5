package io.strongroom.api.client;

import io.strongroom.api.Problem;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an appliance answers, read as it comes. Closing it gives the connection back. */
record Answer(int status, HttpHeaders headers, InputStream body) implements AutoCloseable {
    /** Problem documents longer than this are not read to their end. */
    private static final int MAX_PROBLEM_BYTES = 256 * 1024;

    /** What an answer of the ordinary kind may hold at most: one page of a query, one status. */
    private static final int MAX_BYTES = 64 * 1024 * 1024;

    /** The whole of it. */
    byte[] bytes() throws IOException {
        byte[] all = body.readNBytes(MAX_BYTES + 1);
        if (all.length > MAX_BYTES) {
            throw new IOException("the answer is longer than " + MAX_BYTES + " bytes");
        }
        return all;
    }

    /** The whole of it, as a JSON object. */
    Json.Obj object() throws IOException {
        return Json.parseObject(bytes());
    }

    /** Whether it says why there is no other. */
    boolean isProblem() {
        return status >= 400
                || headers.firstValue("Content-Type")
                        .filter(type -> type.startsWith(Problem.MEDIA_TYPE))
                        .isPresent();
    }

    /**
     * What it says.
     *
     * @param base who answered
     * @param now what a date in {@code Retry-After} is held against
     */
    StrongroomException problem(URI base, Instant now) throws IOException {
        byte[] document = body.readNBytes(MAX_PROBLEM_BYTES);
        Problem problem;
        try {
            problem = Problem.fromJson(Json.parseObject(document));
        } catch (JsonException | JsonShapeException e) {
            if (status < 500 && status != 429) {
                return new StrongroomException.UnexpectedAnswer(
                        base + " answered " + status + " without a problem document: is this the appliance?", e);
            }
            problem = new Problem(
                    "status-" + status,
                    "The appliance, or something before it, answered " + status,
                    status,
                    "",
                    null,
                    List.of(),
                    "Try again; if it stays, ask the operator.",
                    Json.Obj.EMPTY);
        }
        return StrongroomException.of(problem, retryAfter(now));
    }

    /** Retry-After in seconds or as a date (RFC 9110 §10.2.3); null where it is missing or not understood. */
    private @Nullable Duration retryAfter(Instant now) {
        String value = headers.firstValue("Retry-After").map(String::trim).orElse("");
        if (value.isEmpty()) {
            return null;
        }
        if (value.chars().allMatch(c -> c >= '0' && c <= '9') && value.length() <= 9) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(now, until);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
