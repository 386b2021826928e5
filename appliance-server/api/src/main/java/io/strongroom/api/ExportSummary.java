package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pack in the list of packs: {@code GET /api/v1/exports}. Times are RFC 3339.
 *
 * @param status where it is, how many entries it covers, and how long it is
 * @param askedBy who asked for it
 * @param askedByName the name that goes with that
 * @param own whether that is the caller, who alone may fetch it
 * @param filters the names of what its records were selected by
 * @param selection how they were selected; null unless it is the caller's own, since values may be personal
 * @param withhold places in records of which it leaves out what is kept apart
 * @param fromSeq the first entry of its range; null until it was first made
 * @param toSeq the last, included; null as above, and if the range is empty
 * @param expiresAt until when it is kept made; null while it is not
 */
public record ExportSummary(
        ExportStatus status,
        String askedBy,
        String askedByName,
        boolean own,
        String askedAt,
        String purpose,
        ExportFormat format,
        List<String> filters,
        @Nullable Selection selection,
        List<String> withhold,
        @Nullable Long fromSeq,
        @Nullable Long toSeq,
        @Nullable String expiresAt) {
    public ExportSummary {
        requireNonNull(status, "status is null");
        filters = List.copyOf(filters);
        withhold = List.copyOf(withhold);
    }

    public Json.Obj toJson() {
        return Json.object()
                .putAll(status.toJson())
                .put("askedBy", askedBy)
                .put("askedByName", askedByName)
                .put("own", own)
                .put("askedAt", askedAt)
                .put("purpose", purpose)
                .put("format", format.wire())
                .putTexts("filters", filters)
                .put("selection", selection == null ? null : selection.toJson())
                .putTexts("withhold", withhold)
                .put("fromSeq", fromSeq)
                .put("toSeq", toSeq)
                .put("expiresAt", expiresAt)
                .build();
    }

    public static ExportSummary fromJson(Json.Obj json) {
        return new ExportSummary(
                ExportStatus.fromJson(json),
                json.text("askedBy"),
                json.text("askedByName"),
                json.truth("own"),
                json.text("askedAt"),
                json.text("purpose"),
                ExportFormat.ofWire(json.text("format"))
                        .orElseThrow(() -> new JsonShapeException("format", "ndjson or parquet")),
                json.texts("filters"),
                json.optionalObject("selection", Selection::fromJson).orElse(null),
                json.texts("withhold"),
                place(json, "fromSeq"),
                place(json, "toSeq"),
                json.optionalText("expiresAt"));
    }

    private static @Nullable Long place(Json.Obj json, String name) {
        return json.optionalInteger(name).isPresent() ? (Long) json.integer(name) : null;
    }
}
