package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;

/**
 * Asks for an evidence pack: {@code POST /api/v1/exports}.
 *
 * @param selection which records
 * @param format in which form
 * @param purpose why; it stands in the pack and in the ledger
 */
public record ExportRequest(Selection selection, ExportFormat format, String purpose) {
    public ExportRequest {
        requireNonNull(selection, "selection is null");
        requireNonNull(format, "format is null");
        requireNonNull(purpose, "purpose is null");
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("selection", selection.toJson())
                .put("format", format.wire())
                .put("purpose", purpose)
                .build();
    }

    public static ExportRequest fromJson(Json.Obj json) {
        String format = json.optionalText("format");
        return new ExportRequest(
                json.optionalObject("selection", Selection::fromJson).orElse(Selection.ALL),
                format == null
                        ? ExportFormat.NDJSON
                        : ExportFormat.ofWire(format)
                                .orElseThrow(() -> new JsonShapeException("format", "ndjson or parquet")),
                json.text("purpose"));
    }
}
