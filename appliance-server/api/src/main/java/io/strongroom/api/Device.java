package io.strongroom.api;

import io.strongroom.api.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A device as its authority keeps it: {@code GET /api/v1/devices}. Times are RFC 3339.
 *
 * @param label what whoever made its enrolment code calls it
 * @param state {@code pending}, {@code active}, {@code locked}, {@code revoked} or {@code refused}
 * @param because why, in a word such as {@code copied-key}; null if nobody has to ask
 * @param generation the newest of its certificates that was used; 0 before the first
 * @param witnessKey digest of the key by which it cosigns checkpoints; null until it is bound
 * @param certificates all that it ever had, the newest first; none in a list of devices
 * @param more all that was answered
 */
public record Device(
        String id,
        String label,
        String group,
        String state,
        @Nullable String because,
        long generation,
        String madeAt,
        String changedAt,
        String changedBy,
        @Nullable String witnessKey,
        List<Certificate> certificates,
        Json.Obj more) {
    public Device {
        certificates = List.copyOf(certificates);
    }

    /**
     * A certificate of a device's.
     *
     * @param sha256 of the certificate, in hex
     * @param serial its number, in hex
     * @param key digest of its public key
     * @param renewAt when the device had best ask for the next
     * @param usedAt when it began to count; null if it has not
     * @param droppedAt when another of the same generation took its place, unused; null if none did
     */
    public record Certificate(
            String sha256,
            String serial,
            long generation,
            String key,
            String issuedAt,
            String endsAt,
            String renewAt,
            @Nullable String usedAt,
            @Nullable String droppedAt) {
        static Certificate fromJson(Json.Obj json) {
            return new Certificate(
                    json.text("sha256"),
                    json.text("serial"),
                    json.integer("generation"),
                    json.text("key"),
                    json.text("issuedAt"),
                    json.text("endsAt"),
                    json.text("renewAt"),
                    json.optionalText("usedAt"),
                    json.optionalText("droppedAt"));
        }
    }

    public static Device fromJson(Json.Obj json) {
        return new Device(
                json.text("id"),
                json.text("label"),
                json.text("group"),
                json.text("state"),
                json.optionalText("because"),
                json.integer("generation"),
                json.text("madeAt"),
                json.text("changedAt"),
                json.text("changedBy"),
                json.optionalText("witnessKey"),
                json.objects("certificates", Certificate::fromJson),
                json);
    }
}
