package io.strongroom.server.packs;

import io.strongroom.api.Exclusions;
import io.strongroom.api.ExportFormat;
import io.strongroom.api.ExportRequest;
import io.strongroom.api.FieldError;
import io.strongroom.api.ProblemType;
import io.strongroom.api.Selection;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.server.problem.AskedTime;
import io.strongroom.server.problem.JsonBody;
import io.strongroom.server.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what asks for a pack. A filter that is not known is refused: left out, it would select more than was meant. */
final class ExportDocument {
    private static final String NOT = "not";
    private static final String RECORDS = "records";
    private static final String WITHHOLD = "withhold";
    private static final Set<String> MEMBERS = Set.of("selection", "format", "purpose", WITHHOLD);
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
            "text",
            NOT,
            RECORDS);
    private static final Set<String> EXCLUSIONS =
            Stream.concat(Exclusions.FIELDS.stream(), Stream.of("labels")).collect(Collectors.toUnmodifiableSet());
    private static final int MAX_PURPOSE = 500;

    private ExportDocument() {}

    /**
     * @throws ProblemException if it is not a request for a pack
     */
    static ExportRequest read(byte[] body) {
        return JsonBody.read(body, MEMBERS, ExportDocument::request);
    }

    private static ExportRequest request(Json.Obj json) {
        json.optionalObject("selection", Filters::of).ifPresent(Filters::require);
        requirePlaces(json);
        String format = json.optionalText("format");
        if (format != null && ExportFormat.ofWire(format).isEmpty()) {
            throw new ProblemException(ProblemType.EXPORT_UNSUPPORTED_FORMAT, "The format is ndjson or parquet.");
        }
        ExportRequest request;
        try {
            request = inRecordsTimes(ExportRequest.fromJson(json));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    ProblemType.SCHEMA,
                    "The selection cannot be made: " + e.getMessage() + ".",
                    List.of(new FieldError("/selection", String.valueOf(e.getMessage()))));
        }
        if (request.purpose().isBlank() || request.purpose().length() > MAX_PURPOSE) {
            throw new ProblemException(
                    ProblemType.SCHEMA,
                    "Say for what the pack is made, in 1 to " + MAX_PURPOSE + " characters.",
                    List.of(new FieldError("/purpose", "1 to " + MAX_PURPOSE + " characters.")));
        }
        return request;
    }

    private static ExportRequest inRecordsTimes(ExportRequest asked) {
        Selection selection = asked.selection();
        return new ExportRequest(
                selection.between(time(selection.from(), "from"), time(selection.to(), "to")),
                asked.format(),
                asked.purpose(),
                asked.withhold());
    }

    /** What a selection asks for that must be looked at before it is read: a wrong shape is told by its place. */
    private record Filters(Json.Obj all, Json.Obj not, Optional<List<String>> ids) {
        static Filters of(Json.Obj selection) {
            return new Filters(
                    selection, selection.object(NOT), selection.get(RECORDS).map(named -> selection.texts(RECORDS)));
        }

        void require() {
            requireKnown("A selection", all, "/selection", FILTERS);
            requireKnown("What is left out", not, "/selection/not", EXCLUSIONS);
            ids.ifPresent(ExportDocument::requireIds);
        }
    }

    private static void requireKnown(String what, Json.Obj filters, String place, Set<String> known) {
        List<FieldError> unknown = filters.members().keySet().stream()
                .filter(name -> !known.contains(name))
                .limit(1)
                .map(name -> new FieldError(
                        place + JsonPointer.of(JsonBody.cut(name)), "There is a filter here that is not known."))
                .toList();
        if (!unknown.isEmpty()) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_FILTER,
                    what + " may have "
                            + String.join(", ", known.stream().sorted().toList()) + ".",
                    unknown);
        }
    }

    private static void requirePlaces(Json.Obj json) {
        List<String> places = json.texts(WITHHOLD);
        try {
            places.forEach(JsonPointer::parse);
        } catch (IllegalArgumentException e) {
            throw withholding("Each is a JSON pointer: " + e.getMessage() + ".");
        }
        if (places.size() > ExportRequest.MOST_WITHHELD) {
            throw withholding("At most " + ExportRequest.MOST_WITHHELD + " places.");
        }
    }

    private static ProblemException withholding(String why) {
        return new ProblemException(
                ProblemType.SCHEMA, "Say what to leave out.", List.of(new FieldError("/" + WITHHOLD, why)));
    }

    /** The time as records have it. */
    private static @Nullable String time(@Nullable String time, String member) {
        if (time == null) {
            return null;
        }
        return Rfc3339.format(AskedTime.millis(time)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.SCHEMA,
                        "The selection's times are RFC 3339.",
                        List.of(new FieldError("/selection/" + member, "A time such as " + AskedTime.EXAMPLE + ".")))));
    }

    private static void requireIds(List<String> ids) {
        for (String id : ids) {
            try {
                RecordId.parse(id);
            } catch (IllegalArgumentException e) {
                throw new ProblemException(
                        ProblemType.SCHEMA,
                        "A record is named by its id.",
                        List.of(new FieldError("/selection/records", "Each is a ULID of 26 characters.")));
            }
        }
        // Left out, it would select everything.
        if (ids.isEmpty()) {
            throw new ProblemException(
                    ProblemType.SCHEMA,
                    "The selection names no record.",
                    List.of(new FieldError("/selection/records", "At least one id, or no such member.")));
        }
    }
}
