package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A pack on its way: {@code GET /api/v1/exports/{id}}.
 *
 * @param id the export's id
 * @param status where it is
 * @param done how many entries have been written
 * @param total how many there are to write; 0 while that is not known
 * @param size the pack's length in bytes; null until it is ready
 * @param sha256 the pack's digest, {@code sha256:…}; null until it is ready
 * @param problem why it failed; null otherwise
 */
public record ExportStatus(
        String id,
        ExportState status,
        long done,
        long total,
        @Nullable Long size,
        @Nullable String sha256,
        @Nullable Problem problem) {
    public ExportStatus {
        requireNonNull(id, "id is null");
        requireNonNull(status, "status is null");
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("id", id)
                .put("status", status.wire())
                .put(
                        "progress",
                        Json.object().put("done", done).put("total", total).build())
                .put("size", size)
                .put("sha256", sha256)
                .put("problem", problem == null ? null : problem.toJson())
                .build();
    }

    public static ExportStatus fromJson(Json.Obj json) {
        Json.Obj progress = json.object("progress");
        OptionalLong size = json.optionalInteger("size");
        return new ExportStatus(
                json.text("id"),
                ExportState.ofWire(json.text("status"))
                        .orElseThrow(() -> new JsonShapeException(
                                "status", "one of queued, running, ready, failed, cancelled, expired")),
                progress.optionalInteger("done").orElse(0),
                progress.optionalInteger("total").orElse(0),
                size.isPresent() ? Long.valueOf(size.getAsLong()) : null,
                json.optionalText("sha256"),
                json.optionalObject("problem", Problem::fromJson).orElse(null));
    }
}
