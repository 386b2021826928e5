package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A day of the ledger (formats §5): {@code GET /api/v1/ledger/days}. What the appliance says here is a way in; whoever
 * verifies reads the tiles.
 *
 * @param day such as {@code 2026-11-21}, in UTC
 * @param firstSeq the day's first entry
 * @param lastSeq its last so far, included
 * @param seal null while the day is being written
 * @param checkpoints the checkpoints that are kept of those that cover its entries first
 * @param witnesses how many devices cosigned one of them
 */
public record LedgerDay(
        String day, long firstSeq, long lastSeq, @Nullable Seal seal, Checkpoints checkpoints, long witnesses) {
    public LedgerDay {
        requireNonNull(day, "day is null");
        requireNonNull(checkpoints, "checkpoints is null");
    }

    /**
     * What closes a day.
     *
     * @param seq its entry: the first of the next day that has any
     * @param recordId of its record
     * @param recordDigest of its record
     * @param sourcesDigest of the object that tells each source's sequences
     * @param sources how many sources it tells of
     * @param gaps how many stretches of sequences were missing in the day, of all sources
     * @param gapsComplete whether that tells of all of them
     */
    public record Seal(
            long seq,
            String recordId,
            String recordDigest,
            String sourcesDigest,
            long sources,
            long gaps,
            boolean gapsComplete) {
        Json.Obj toJson() {
            return Json.object()
                    .put("seq", seq)
                    .put("recordId", recordId)
                    .put("recordDigest", recordDigest)
                    .put("sourcesDigest", sourcesDigest)
                    .put("sources", sources)
                    .put("gaps", gaps)
                    .put("gapsComplete", gapsComplete)
                    .build();
        }

        static Seal fromJson(Json.Obj json) {
            return new Seal(
                    json.integer("seq"),
                    json.text("recordId"),
                    json.text("recordDigest"),
                    json.text("sourcesDigest"),
                    json.integer("sources"),
                    json.integer("gaps"),
                    json.truth("gapsComplete"));
        }
    }

    /**
     * Checkpoints of a day. Those that not every key has signed are forgotten after a while.
     *
     * @param kept how many there are
     * @param full how many of them every key has signed, ML-DSA included: these are kept for ever
     * @param newestSize how many entries the newest covers; 0 if there is none
     * @param newestAt when that was signed, RFC 3339; null if there is none
     */
    public record Checkpoints(
            long kept, long full, long newestSize, @Nullable String newestAt) {
        Json.Obj toJson() {
            return Json.object()
                    .put("kept", kept)
                    .put("full", full)
                    .put("newestSize", newestSize)
                    .put("newestAt", newestAt)
                    .build();
        }

        static Checkpoints fromJson(Json.Obj json) {
            return new Checkpoints(
                    json.integer("kept"),
                    json.integer("full"),
                    json.integer("newestSize"),
                    json.optionalText("newestAt"));
        }
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("day", day)
                .put("firstSeq", firstSeq)
                .put("lastSeq", lastSeq)
                .put("seal", seal == null ? null : seal.toJson())
                .put("checkpoints", checkpoints.toJson())
                .put("witnesses", witnesses)
                .build();
    }

    public static LedgerDay fromJson(Json.Obj json) {
        return new LedgerDay(
                json.text("day"),
                json.integer("firstSeq"),
                json.integer("lastSeq"),
                json.optionalObject("seal", Seal::fromJson).orElse(null),
                Checkpoints.fromJson(json.object("checkpoints")),
                json.integer("witnesses"));
    }
}
