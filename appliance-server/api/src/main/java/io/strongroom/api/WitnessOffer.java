package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the appliance shows a device that cosigns checkpoints.
 *
 * @param origin the log's
 * @param keys every Ed25519 key that the log was ever signed with, as vkeys, the oldest first
 * @param changes how each of them came after the one before: signed notes (formats §5)
 * @param checkpoint the newest one that every key of the log signed, with all its signatures; null if there is none yet
 */
public record WitnessOffer(
        String origin,
        List<String> keys,
        List<String> changes,
        @Nullable String checkpoint) {
    public WitnessOffer {
        requireNonNull(origin, "origin is null");
        keys = List.copyOf(keys);
        changes = List.copyOf(changes);
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("origin", origin)
                .putTexts("keys", keys)
                .putTexts("changes", changes)
                .put("checkpoint", checkpoint)
                .build();
    }

    public static WitnessOffer fromJson(Json.Obj json) {
        return new WitnessOffer(
                json.text("origin"), json.texts("keys"), json.texts("changes"), json.optionalText("checkpoint"));
    }
}
