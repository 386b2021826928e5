package io.strongroom.api;

import io.strongroom.api.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * What is in force: {@code GET /api/v1/policy}.
 *
 * @param activation how it came into force; null for the built-in bundle
 * @param main the newest commit of the repository's main branch
 * @param fault why the bundle in force cannot be used; null if it can
 * @param drift in what the repository differs from what is in force; null if it does not
 */
public record PolicyState(
        Bundle inForce,
        @Nullable PolicyActivation activation,
        String main,
        @Nullable String fault,
        @Nullable String drift) {
    /**
     * A bundle.
     *
     * @param digest {@code sha256:…}
     * @param commit null for the built-in one
     */
    public record Bundle(
            String name,
            String version,
            String digest,
            @Nullable String commit) {
        public Json.Obj toJson() {
            return Json.object()
                    .put("name", name)
                    .put("version", version)
                    .put("digest", digest)
                    .put("commit", commit)
                    .build();
        }

        static Bundle fromJson(Json.Obj json) {
            return new Bundle(
                    json.text("name"), json.text("version"), json.text("digest"), json.optionalText("commit"));
        }
    }

    public static PolicyState fromJson(Json.Obj json) {
        return new PolicyState(
                Bundle.fromJson(json.object("inForce")),
                json.optionalObject("activation", PolicyActivation::fromJson).orElse(null),
                json.text("main"),
                json.optionalText("fault"),
                json.optionalText("drift"));
    }
}
