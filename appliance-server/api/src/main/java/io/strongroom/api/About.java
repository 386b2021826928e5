package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * Who this appliance is: {@code GET /api/v1/about}.
 *
 * @param name the product's name
 * @param version the program's version
 * @param tenantId the one tenant of this installation
 * @param origin the log's origin, as it stands on every checkpoint
 * @param fingerprint SHA-256 of the appliance CA's SPKI, {@code sha256:…}
 * @param devices where devices call, an address that begins with https; null while the appliance starts
 * @param policy the bundle in force
 */
public record About(
        String name,
        String version,
        String tenantId,
        String origin,
        String fingerprint,
        @Nullable String devices,
        @Nullable PolicyRef policy) {
    public About {
        requireNonNull(name, "name is null");
        requireNonNull(version, "version is null");
        requireNonNull(tenantId, "tenantId is null");
        requireNonNull(origin, "origin is null");
        requireNonNull(fingerprint, "fingerprint is null");
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("name", name)
                .put("version", version)
                .put("tenantId", tenantId)
                .put("origin", origin)
                .put("fingerprint", fingerprint)
                .put("devices", devices)
                .put("policy", policy == null ? null : policy.toJson())
                .build();
    }

    public static About fromJson(Json.Obj json) {
        return new About(
                json.text("name"),
                json.text("version"),
                json.text("tenantId"),
                json.text("origin"),
                json.text("fingerprint"),
                json.optionalText("devices"),
                json.optionalObject("policy", PolicyRef::fromJson).orElse(null));
    }
}
