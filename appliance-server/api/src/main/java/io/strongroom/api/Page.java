package io.strongroom.api;

import io.strongroom.api.json.Json;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of something.
 *
 * @param next what to ask by for the page after it; null on the last
 * @param lagMillis how far the read model that it is from is behind the ledger; 0 where it is from none
 * @param rebuilding whether that read model is being built again, so that something may still be missing
 */
public record Page<T>(List<T> items, @Nullable String next, long lagMillis, boolean rebuilding) {
    public Page {
        items = List.copyOf(items);
    }

    /** @param item reads one of its items */
    public static <T> Page<T> fromJson(Json.Obj json, Function<Json.Obj, T> item) {
        return new Page<>(
                json.objects("items", item),
                json.optionalText("next"),
                json.optionalInteger("lagMillis").orElse(0),
                json.truth("rebuilding"));
    }
}
