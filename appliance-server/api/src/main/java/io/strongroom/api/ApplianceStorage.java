package io.strongroom.api;

import io.strongroom.api.json.Json;
import java.util.List;
import java.util.Optional;

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
     * @param disk what its folder is on, where that is another disk than {@link #disk}; empty for a database elsewhere, too
     */
    public record Database(long bytes, List<Part> parts, Optional<Disk> disk) {
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
     * @param disk what its folder is on, where that is another disk than {@link #disk}; empty for a store elsewhere, too
     */
    public record Objects(String store, Optional<Counted> counted, Optional<Disk> disk) {}

    /** What was counted in the object store, and when. */
    public record Counted(long objects, long bytes, String at) {}

    /** A disk; as the last part of it all, that of the appliance's folder. */
    public record Disk(long freeBytes, long totalBytes) {
        Json.Obj toJson() {
            return Json.object()
                    .put("freeBytes", freeBytes)
                    .put("totalBytes", totalBytes)
                    .build();
        }

        static Disk fromJson(Json.Obj json) {
            return new Disk(json.integer("freeBytes"), json.integer("totalBytes"));
        }

        private static Optional<Disk> of(Json.Obj owner) {
            return owner.get("disk").isEmpty() ? Optional.empty() : Optional.of(fromJson(owner.object("disk")));
        }
    }

    public Json.Obj toJson() {
        Json.Builder stored = Json.object()
                .put("bytes", database.bytes())
                .put(
                        "parts",
                        new Json.Arr(database.parts().stream()
                                .<Json>map(Part::toJson)
                                .toList()));
        database.disk().ifPresent(own -> stored.put("disk", own.toJson()));
        Json.Builder held = Json.object().put("store", objects.store());
        objects.counted().ifPresent(counted -> held.put("objects", counted.objects())
                .put("bytes", counted.bytes())
                .put("countedAt", counted.at()));
        objects.disk().ifPresent(own -> held.put("disk", own.toJson()));
        return Json.object()
                .put("at", at)
                .put("database", stored.build())
                .put("objects", held.build())
                .put("disk", disk.toJson())
                .build();
    }

    public static ApplianceStorage fromJson(Json.Obj json) {
        Json.Obj database = json.object("database");
        Json.Obj objects = json.object("objects");
        String countedAt = objects.optionalText("countedAt");
        return new ApplianceStorage(
                json.text("at"),
                new Database(database.integer("bytes"), database.objects("parts", Part::fromJson), Disk.of(database)),
                new Objects(
                        objects.text("store"),
                        countedAt == null
                                ? Optional.empty()
                                : Optional.of(
                                        new Counted(objects.integer("objects"), objects.integer("bytes"), countedAt)),
                        Disk.of(objects)),
                Disk.fromJson(json.object("disk")));
    }
}
