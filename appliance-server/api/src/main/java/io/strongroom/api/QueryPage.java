package io.strongroom.api;

import io.strongroom.api.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a query: {@code GET /api/v1/query/records}.
 *
 * @param items what was found, in the order asked for
 * @param nextCursor where the next page begins; null on the last
 * @param unsearched filters by which records of some streams are not found, or not left out
 * @param watermark how far the read model has followed the ledger: every entry below this seq is in it
 * @param lagMillis how far behind the ledger that is, in milliseconds
 */
public record QueryPage(
        List<QueryItem> items,
        @Nullable String nextCursor,
        List<Unsearched> unsearched,
        long watermark,
        long lagMillis) {
    public QueryPage {
        items = List.copyOf(items);
        unsearched = List.copyOf(unsearched);
    }

    /**
     * A filter by which records of some streams are not found, because policy hides the field or keeps it apart there.
     *
     * @param filter as it was asked for
     * @param streams as the bundle in force names them
     * @param reason why, in a few words
     */
    public record Unsearched(String filter, String streams, String reason) {
        public Json.Obj toJson() {
            return Json.object()
                    .put("filter", filter)
                    .put("streams", streams)
                    .put("reason", reason)
                    .build();
        }

        public static Unsearched fromJson(Json.Obj json) {
            return new Unsearched(json.text("filter"), json.text("streams"), json.text("reason"));
        }
    }

    public Json.Obj toJson() {
        return Json.object()
                .put(
                        "items",
                        new Json.Arr(items.stream().<Json>map(QueryItem::toJson).toList()))
                .put("nextCursor", nextCursor)
                .put(
                        "unsearched",
                        unsearched.isEmpty()
                                ? null
                                : new Json.Arr(unsearched.stream()
                                        .<Json>map(Unsearched::toJson)
                                        .toList()))
                .put("watermark", watermark)
                .put("lagMillis", lagMillis)
                .build();
    }

    public static QueryPage fromJson(Json.Obj json) {
        return new QueryPage(
                json.objects("items", QueryItem::fromJson),
                json.optionalText("nextCursor"),
                json.objects("unsearched", Unsearched::fromJson),
                json.integer("watermark"),
                json.optionalInteger("lagMillis").orElse(0));
    }
}
