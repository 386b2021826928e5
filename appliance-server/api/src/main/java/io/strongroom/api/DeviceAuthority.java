package io.strongroom.api;

import io.strongroom.api.json.Json;

/**
 * An authority that devices are trusted by: {@code /api/v1/devices/authority}. Times are RFC 3339.
 *
 * @param fingerprint SHA-256 of its SPKI, {@code sha256:…}
 * @param until when its certificate ends
 * @param devices how many depend on it
 */
public record DeviceAuthority(String fingerprint, String subject, String madeAt, String until, long devices) {
    public static DeviceAuthority fromJson(Json.Obj json) {
        return new DeviceAuthority(
                json.text("fingerprint"),
                json.text("subject"),
                json.text("madeAt"),
                json.text("until"),
                json.integer("devices"));
    }
}
