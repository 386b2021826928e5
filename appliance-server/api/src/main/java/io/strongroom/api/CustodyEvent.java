package io.strongroom.api;

import io.strongroom.api.json.Json;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done with a pack, as a record of the ledger tells it.
 *
 * @param action such as {@code Export.Requested}, {@code Export.Completed} or {@code Export.Downloaded}; null if policy hides
 *     it from the caller
 * @param actor who did it; null as above
 * @param occurredAt RFC 3339; null as above
 * @param firstByte of a download; empty where it is none
 * @param endByte one past the last byte of a download; likewise
 * @param item the record, for its proof and whatever else it says
 */
public record CustodyEvent(
        @Nullable String action,
        @Nullable Party actor,
        @Nullable String occurredAt,
        OptionalLong firstByte,
        OptionalLong endByte,
        QueryItem item) {
    /** What a record about a pack says. */
    public static CustodyEvent of(QueryItem item) {
        return new CustodyEvent(
                item.record().optionalText("action"),
                actor(item.record().object("actor")),
                item.record().optionalText("occurredAt"),
                item.record().object("attributes").optionalInteger("firstByte"),
                item.record().object("attributes").optionalInteger("endByte"),
                item);
    }

    private static @Nullable Party actor(Json.Obj json) {
        String type = json.optionalText("type");
        String id = json.optionalText("id");
        return type == null || id == null ? null : new Party(type, id);
    }
}
