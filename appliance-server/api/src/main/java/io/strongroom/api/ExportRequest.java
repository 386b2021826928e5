package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.field.JsonPointer;
import java.util.List;

/**
 * Asks for an evidence pack: {@code POST /api/v1/exports}.
 *
 * @param selection which records
 * @param format in which form
 * @param purpose why; it stands in the pack and in the ledger
 * @param withhold places (RFC 6901) in records: what is kept apart there, or inside, is in the pack as a commitment
 *     alone, though the reader may see it; the empty place is all of a record
 */
public record ExportRequest(Selection selection, ExportFormat format, String purpose, List<String> withhold) {
    /** The most places of one request. */
    public static final int MOST_WITHHELD = 100;

    /** One that leaves out no more than policy does. */
    public ExportRequest(Selection selection, ExportFormat format, String purpose) {
        this(selection, format, purpose, List.of());
    }

    public ExportRequest {
        withhold = withhold.stream().sorted().distinct().toList();
        withhold.forEach(JsonPointer::parse);
        if (withhold.size() > MOST_WITHHELD) {
            throw new IllegalArgumentException("at most " + MOST_WITHHELD + " places can be left out");
        }
        requireNonNull(selection, "selection is null");
        requireNonNull(format, "format is null");
        requireNonNull(purpose, "purpose is null");
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("selection", selection.toJson())
                .put("format", format.wire())
                .put("purpose", purpose)
                .putTexts("withhold", withhold)
                .build();
    }

    /** @throws IllegalArgumentException if its selection cannot be made, or a place is none */
    public static ExportRequest fromJson(Json.Obj json) {
        String format = json.optionalText("format");
        return new ExportRequest(
                json.optionalObject("selection", Selection::fromJson).orElse(Selection.ALL),
                format == null
                        ? ExportFormat.NDJSON
                        : ExportFormat.ofWire(format)
                                .orElseThrow(() -> new JsonShapeException("format", "ndjson or parquet")),
                json.text("purpose"),
                json.texts("withhold"));
    }
}
