package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;
import io.strongroom.evidence.field.ObjectReference;
import org.jspecify.annotations.Nullable;

/**
 * A value that is too large for a record, and that the appliance keeps.
 *
 * @param digest of its bytes, {@code sha256:…}
 * @param bytes how many they are
 */
public record StoredObject(String digest, long bytes) {
    public StoredObject {
        requireNonNull(digest, "digest is null");
    }

    /** What stands for the value in a record's attributes (formats §3). */
    public Json.Obj reference() {
        return reference(null);
    }

    /**
     * What stands for the value in a record's attributes (formats §3).
     *
     * @param mediaType what the bytes are, e.g. {@code image/png}
     */
    public Json.Obj reference(@Nullable String mediaType) {
        return Json.object()
                .put(ObjectReference.MEMBER, digest)
                .put("bytes", bytes)
                .put("mediaType", mediaType)
                .build();
    }

    public Json.Obj toJson() {
        return Json.object().put("digest", digest).put("bytes", bytes).build();
    }

    public static StoredObject fromJson(Json.Obj json) {
        return new StoredObject(json.text("digest"), json.integer("bytes"));
    }
}
