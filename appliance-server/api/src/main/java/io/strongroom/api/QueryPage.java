package io.strongroom.api;

import io.strongroom.api.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a query: {@code GET /api/v1/query/records}.
 *
 * @param items what was found, in the order asked for
 * @param nextCursor where the next page begins; null on the last
 * @param watermark how far the read model has followed the ledger: every entry below this seq is in it
 * @param lagMillis how far behind the ledger that is, in milliseconds
 */
public record QueryPage(List<QueryItem> items, @Nullable String nextCursor, long watermark, long lagMillis) {
    public QueryPage {
        items = List.copyOf(items);
    }

    public Json.Obj toJson() {
        return Json.object()
                .put(
                        "items",
                        new Json.Arr(items.stream().<Json>map(QueryItem::toJson).toList()))
                .put("nextCursor", nextCursor)
                .put("watermark", watermark)
                .put("lagMillis", lagMillis)
                .build();
    }

    public static QueryPage fromJson(Json.Obj json) {
        return new QueryPage(
                json.objects("items", QueryItem::fromJson),
                json.optionalText("nextCursor"),
                json.integer("watermark"),
                json.optionalInteger("lagMillis").orElse(0));
    }
}
