package io.strongroom.console.review;

import io.strongroom.api.ShadowEvaluation;
import io.strongroom.api.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a shadow evaluation found.
 *
 * @param changes those that were seen most come first
 * @param notTold how many others there were for which the report has no room
 */
record Impact(ShadowEvaluation evaluation, List<Change> changes, long notTold) {
    Impact {
        changes = List.copyOf(changes);
    }

    /**
     * Decisions that come out differently in the same way.
     *
     * @param seen how many
     * @param who a role or a caller; null where it is about nobody
     * @param field a pointer; empty where it is the whole record
     * @param records some of those that it is about
     */
    record Change(
            long seen,
            String kind,
            @Nullable String who,
            @Nullable String stream,
            String field,
            String before,
            String after,
            List<String> records) {
        Change {
            records = List.copyOf(records);
        }

        static Change fromJson(Json.Obj json) {
            return new Change(
                    json.integer("seen"),
                    json.text("kind"),
                    json.optionalText("who"),
                    json.optionalText("stream"),
                    json.text("field"),
                    json.text("before"),
                    json.text("after"),
                    json.objects("samples", sample -> sample.text("recordId")));
        }
    }

    static Impact of(ShadowEvaluation evaluation, byte[] report) {
        Json.Obj json = Json.parseObject(report);
        return new Impact(evaluation, json.objects("changes", Change::fromJson), json.integer("changesNotTold"));
    }
}
