package io.strongroom.api;

import io.strongroom.api.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * What the appliance found when it re-read its own store: {@code POST /api/v1/integrity/verify/record} and {@code /range}.
 *
 * @param fromSeq the first entry that was read
 * @param toSeq the last, included
 * @param checkpointSize of the checkpoint that it was held against
 * @param bodies how many records were there
 * @param bodiesAbsent how many were not, because they expired
 * @param firstFailure null if all held
 */
public record LedgerCheck(
        boolean verified,
        long fromSeq,
        long toSeq,
        long checkpointSize,
        long entries,
        long bodies,
        long bodiesAbsent,
        @Nullable Failure firstFailure) {
    /** The first entry that does not hold. */
    public record Failure(long seq, String what, String expected, String found) {
        static Failure fromJson(Json.Obj json) {
            return new Failure(json.integer("seq"), json.text("what"), json.text("expected"), json.text("found"));
        }
    }

    public static LedgerCheck fromJson(Json.Obj json) {
        return new LedgerCheck(
                json.truth("verified"),
                json.integer("fromSeq"),
                json.integer("toSeq"),
                json.integer("checkpointSize"),
                json.integer("entries"),
                json.integer("bodies"),
                json.integer("bodiesAbsent"),
                json.optionalObject("firstFailure", Failure::fromJson).orElse(null));
    }
}
