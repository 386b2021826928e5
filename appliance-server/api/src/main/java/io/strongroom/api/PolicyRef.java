package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * The policy bundle in force.
 *
 * @param bundle the bundle's digest, {@code sha256:…} (formats §8)
 * @param commit the git commit it came from; null for the built-in bundle
 * @param version the bundle's own version
 */
public record PolicyRef(String bundle, @Nullable String commit, String version) {
    public PolicyRef {
        requireNonNull(bundle, "bundle is null");
        requireNonNull(version, "version is null");
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("bundle", bundle)
                .put("commit", commit)
                .put("version", version)
                .build();
    }

    public static PolicyRef fromJson(Json.Obj json) {
        return new PolicyRef(json.text("bundle"), json.optionalText("commit"), json.text("version"));
    }
}
