package io.strongroom.server.policy;

import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.GitCommit;
import io.strongroom.evidence.Rfc3339;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One shadow evaluation of a proposal.
 *
 * @param id a ULID
 * @param requester who asked for it
 * @param days how many days are replayed, 1 to 366
 * @param rate entries a second, at most; 0 for as many as can be
 * @param base the bundle that was in force when it was asked for
 * @param baseCommit that bundle's commit; empty where it has none
 * @param bundle the proposal's bundle then
 * @param commit the head of the proposal then
 * @param startedAt epoch milliseconds
 * @param end how it ended; null while it runs
 */
record ShadowRun(
        String id,
        String proposal,
        String requester,
        int days,
        int rate,
        Digest base,
        String baseCommit,
        Digest bundle,
        GitCommit commit,
        long startedAt,
        @Nullable End end) {

    /** Where a run is on its way. */
    enum State {
        RUNNING,
        COMPLETED,
        FAILED,
        CANCELLED;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State ofWire(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * How a run ended.
     *
     * @param at epoch milliseconds
     * @param done entries that were replayed
     * @param total entries to replay
     * @param reason why there is no report; empty if there is
     * @param report digest of the report, which is in the object store; null if there is none
     * @param summary how many decisions change; empty if there is no report
     */
    record End(
            State state,
            long at,
            long done,
            long total,
            String reason,
            @Nullable Digest report,
            Json.Obj summary) {}

    State state() {
        return end == null ? State.RUNNING : end.state();
    }

    /** The digest of its report; empty if it has none. */
    Optional<Digest> report() {
        return Optional.ofNullable(end).map(End::report);
    }

    /** The report's name in the object store. */
    String object() {
        return "policy/shadow/" + id.toLowerCase(Locale.ROOT) + ".json";
    }

    /** Which bundles it compares, and whose and of what. */
    Json.Builder facts() {
        return Json.object()
                .put("id", id)
                .put("proposal", proposal)
                .put("requester", requester)
                .put("days", days)
                .put("rate", rate == 0 ? null : Long.valueOf(rate))
                .put(
                        "base",
                        Json.object()
                                .put("bundle", base.toString())
                                .put("commit", baseCommit.isEmpty() ? null : baseCommit)
                                .build())
                .put(
                        "head",
                        Json.object()
                                .put("bundle", bundle.toString())
                                .put("commit", commit.hex())
                                .build())
                .put("startedAt", Rfc3339.format(startedAt));
    }
}
