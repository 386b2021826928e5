package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import org.jspecify.annotations.Nullable;

/**
 * What became of one line of a batch; one line of the answer, in input order.
 *
 * @param line the line's number in the batch, from 1
 * @param status what became of it
 * @param appended where it stands in the ledger; null unless acknowledged
 * @param problem why not; null when acknowledged
 * @param retryAfterSeconds with {@link LineStatus#RETRY}, how long to wait before sending it again; null where not told
 */
public record LineResult(
        int line,
        LineStatus status,
        @Nullable Appended appended,
        @Nullable Problem problem,
        @Nullable Long retryAfterSeconds) {
    /** The content type of the answer to a batch. */
    public static final String MEDIA_TYPE = "application/x-ndjson";

    public LineResult {
        requireNonNull(status, "status is null");
        if (status.acknowledged() != (appended != null)) {
            throw new IllegalArgumentException(
                    status.acknowledged() ? "an acknowledged line names its record" : "a refused line names no record");
        }
    }

    /** A line that stands in the ledger. */
    public static LineResult acknowledged(int line, Appended appended) {
        LineStatus status = appended.replayed() ? LineStatus.REPLAYED : LineStatus.APPENDED;
        return new LineResult(line, status, appended, null, null);
    }

    /** A line that does not. */
    public static LineResult refused(int line, LineStatus status, Problem problem) {
        return new LineResult(line, status, null, problem, null);
    }

    /** A line to be sent again. */
    public static LineResult retry(int line, Problem problem, long afterSeconds) {
        return new LineResult(line, LineStatus.RETRY, null, problem, afterSeconds);
    }

    /** The same result for another line number. */
    public LineResult atLine(int number) {
        return new LineResult(number, status, appended, problem, retryAfterSeconds);
    }

    public Json.Obj toJson() {
        Json.Builder json = Json.object().put("line", line).put("status", status.wire());
        if (appended != null) {
            json.putAll(appended.toJson());
        }
        return json.put("problem", problem == null ? null : problem.toJson())
                .put("retryAfter", retryAfterSeconds)
                .build();
    }

    public static LineResult fromJson(Json.Obj json) {
        LineStatus status = LineStatus.ofWire(json.text("status"))
                .orElseThrow(() -> new JsonShapeException(
                        "status", "one of appended, replayed, conflict, rejected, quarantined, retry"));
        var retryAfter = json.optionalInteger("retryAfter");
        return new LineResult(
                (int) json.integer("line"),
                status,
                status.acknowledged() ? Appended.fromJson(json, status == LineStatus.REPLAYED) : null,
                json.optionalObject("problem", Problem::fromJson).orElse(null),
                retryAfter.isPresent() ? Long.valueOf(retryAfter.getAsLong()) : null);
    }
}
