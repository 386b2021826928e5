package io.strongroom.api;

import io.strongroom.api.json.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a proposal would have decided otherwise, and how far the appliance has come with finding out: {@code
 * /api/v1/policy/proposals/{name}/shadow}.
 *
 * @param state {@code running}, {@code completed}, {@code failed} or {@code cancelled}
 * @param stale whether the proposal, or what is in force, is another by now
 * @param days how many days were replayed
 * @param baseCommit of the bundle that was in force; null for the built-in one
 * @param commit the head of the proposal then
 * @param startedAt RFC 3339
 * @param done entries that were replayed
 * @param total entries to replay; 0 while that is not known
 * @param reason why there is no report; null if there is, or it still runs
 * @param report its digest; null if there is none
 * @param summary how many decisions change; empty if there is no report
 * @param more all that was answered
 */
public record ShadowEvaluation(
        String state,
        boolean stale,
        long days,
        @Nullable String baseCommit,
        String commit,
        String startedAt,
        long done,
        long total,
        @Nullable String reason,
        @Nullable String report,
        Optional<Summary> summary,
        Json.Obj more) {

    /** How many decisions there were of each sort. */
    public record Summary(Count intake, Count visibility, Count reads) {}

    /**
     * Decisions of one sort.
     *
     * @param decided made again under both bundles
     * @param changed of these, with another outcome
     * @param partly of those decided, from a record of which something may have been dropped or hashed
     * @param notRepeated not made again, for what they need is not known any more
     */
    public record Count(long decided, long changed, long partly, long notRepeated) {
        static Count fromJson(Json.Obj json) {
            return new Count(
                    json.integer("decided"),
                    json.integer("changed"),
                    json.integer("partly"),
                    json.integer("notRepeated"));
        }
    }

    public static ShadowEvaluation fromJson(Json.Obj json) {
        return new ShadowEvaluation(
                json.text("state"),
                json.get("stale").map(Json::toString).filter("true"::equals).isPresent(),
                json.integer("days"),
                json.object("base").optionalText("commit"),
                json.object("head").text("commit"),
                json.text("startedAt"),
                json.integer("done"),
                json.integer("total"),
                json.optionalText("reason"),
                json.optionalText("report"),
                json.optionalObject(
                        "summary",
                        summary -> new Summary(
                                Count.fromJson(summary.object("intake")),
                                Count.fromJson(summary.object("visibility")),
                                Count.fromJson(summary.object("reads")))),
                json);
    }

    /** Whether nothing more comes of it. */
    public boolean isEnded() {
        return !state.equals("running");
    }
}
