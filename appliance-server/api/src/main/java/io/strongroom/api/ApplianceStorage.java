package io.strongroom.api;

import io.strongroom.api.json.Json;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the appliance keeps, and how much room there is: {@code GET /api/v1/ops/storage}. Sizes are bytes, times RFC 3339.
 *
 * @param at as of when it is told
 */
public record ApplianceStorage(String at, Database database, Objects objects, Disk disk) {
    /**
     * The database.
     *
     * @param parts what of it is for what, and the rest as {@code other}; empty where the database does not tell
     */
    public record Database(long bytes, List<Part> parts) {
        public Database {
            parts = List.copyOf(parts);
        }
    }

    /** @param kind {@code ledger}, {@code disclosures}, {@code search}, {@code telemetry}, {@code devices} or {@code other} */
    public record Part(String kind, long bytes) {
        Json.Obj toJson() {
            return Json.object().put("kind", kind).put("bytes", bytes).build();
        }

        static Part fromJson(Json.Obj json) {
            return new Part(json.text("kind"), json.integer("bytes"));
        }
    }

    /**
     * The object store.
     *
     * @param store {@code folder} or {@code s3}
     * @param counted empty where nobody has counted yet, or the store is not ours to count
     */
    public record Objects(String store, Optional<Counted> counted) {}

    /** What was counted in the object store, and when. */
    public record Counted(long objects, long bytes, String at) {}

    /** The disk that the appliance's folder is on. */
    public record Disk(long freeBytes, long totalBytes) {}

    public Json.Obj toJson() {
        Counted counted = objects.counted().orElse(null);
        return Json.object()
                .put("at", at)
                .put(
                        "database",
                        Json.object()
                                .put("bytes", database.bytes())
                                .put(
                                        "parts",
                                        new Json.Arr(database.parts().stream()
                                                .<Json>map(Part::toJson)
                                                .toList()))
                                .build())
                .put("objects", objects(objects.store(), counted))
                .put(
                        "disk",
                        Json.object()
                                .put("freeBytes", disk.freeBytes())
                                .put("totalBytes", disk.totalBytes())
                                .build())
                .build();
    }

    private static Json.Obj objects(String store, @Nullable Counted counted) {
        Json.Builder json = Json.object().put("store", store);
        if (counted != null) {
            json.put("objects", counted.objects()).put("bytes", counted.bytes()).put("countedAt", counted.at());
        }
        return json.build();
    }

    public static ApplianceStorage fromJson(Json.Obj json) {
        Json.Obj database = json.object("database");
        Json.Obj objects = json.object("objects");
        String countedAt = objects.optionalText("countedAt");
        Json.Obj disk = json.object("disk");
        return new ApplianceStorage(
                json.text("at"),
                new Database(database.integer("bytes"), database.objects("parts", Part::fromJson)),
                new Objects(
                        objects.text("store"),
                        countedAt == null
                                ? Optional.empty()
                                : Optional.of(
                                        new Counted(objects.integer("objects"), objects.integer("bytes"), countedAt))),
                new Disk(disk.integer("freeBytes"), disk.integer("totalBytes")));
    }
}
