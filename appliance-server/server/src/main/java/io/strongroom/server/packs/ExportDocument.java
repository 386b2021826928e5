package io.strongroom.server.packs;

import io.strongroom.api.ExportFormat;
import io.strongroom.api.ExportRequest;
import io.strongroom.api.FieldError;
import io.strongroom.api.ProblemType;
import io.strongroom.api.json.Json;
import io.strongroom.server.problem.JsonBody;
import io.strongroom.server.problem.ProblemException;
import java.util.List;
import java.util.Set;

/** Reads what asks for a pack. A filter that is not known is refused: left out, it would select more than was meant. */
final class ExportDocument {
    private static final Set<String> MEMBERS = Set.of("selection", "format", "purpose");
    private static final Set<String> FILTERS = Set.of(
            "fromSeq",
            "toSeq",
            "from",
            "to",
            "stream",
            "source",
            "actor",
            "action",
            "resource",
            "outcome",
            "labels",
            "text");
    private static final int MAX_PURPOSE = 500;

    private ExportDocument() {}

    /**
     * @throws ProblemException if it is not a request for a pack
     */
    static ExportRequest read(byte[] body) {
        return JsonBody.read(body, MEMBERS, ExportDocument::request);
    }

    private static ExportRequest request(Json.Obj json) {
        List<FieldError> unknown = json.object("selection").members().keySet().stream()
                .filter(name -> !FILTERS.contains(name))
                .map(name -> new FieldError("/selection", "There is a filter here that is not known."))
                .toList();
        if (!unknown.isEmpty()) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_FILTER,
                    "A selection may have "
                            + String.join(", ", FILTERS.stream().sorted().toList()) + ".",
                    unknown);
        }
        String format = json.optionalText("format");
        if (format != null && ExportFormat.ofWire(format).isEmpty()) {
            throw new ProblemException(ProblemType.EXPORT_UNSUPPORTED_FORMAT, "The format is ndjson or parquet.");
        }
        ExportRequest request;
        try {
            request = ExportRequest.fromJson(json);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    ProblemType.SCHEMA,
                    "The selection's range is none.",
                    List.of(new FieldError("/selection", String.valueOf(e.getMessage()))));
        }
        if (request.purpose().isBlank() || request.purpose().length() > MAX_PURPOSE) {
            throw new ProblemException(
                    ProblemType.SCHEMA,
                    "Say for what the pack is made.",
                    List.of(new FieldError("/purpose", "1 to " + MAX_PURPOSE + " characters.")));
        }
        return request;
    }
}
