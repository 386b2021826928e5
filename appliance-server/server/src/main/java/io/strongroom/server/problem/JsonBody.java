package io.strongroom.server.problem;

import io.strongroom.api.FieldError;
import io.strongroom.api.ProblemType;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.JsonException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Reads the small documents of the ordinary endpoints, strictly. Records go another way. */
public final class JsonBody {
    /** How many places are named: a hostile document has a hundred thousand. */
    private static final int MOST_NAMED = 20;

    private static final int LONGEST_NAME = 64;

    private JsonBody() {}

    /**
     * Reads one object that has no other members than {@code known}.
     *
     * @throws ProblemException {@code malformed-json} or {@code schema}, with the place
     */
    public static <T> T read(byte[] body, Set<String> known, Function<Json.Obj, T> reader) {
        try {
            Json.Obj object = Json.parseObject(body);
            List<FieldError> unknown = object.members().keySet().stream()
                    .filter(name -> !known.contains(name))
                    .limit(MOST_NAMED)
                    .map(name -> new FieldError(JsonPointer.of(cut(name)).toString(), "This member is not known here."))
                    .toList();
            if (!unknown.isEmpty()) {
                throw new ProblemException(
                        ProblemType.SCHEMA,
                        "The document may have "
                                + String.join(", ", known.stream().sorted().toList()) + ", and has another member.",
                        unknown);
            }
            return reader.apply(object);
        } catch (JsonException e) {
            throw malformed(e);
        } catch (JsonShapeException e) {
            throw shape(e);
        }
    }

    /** The problem of a document that is not strict JSON. */
    public static ProblemException malformed(JsonException e) {
        return new ProblemException(
                ProblemType.MALFORMED_JSON,
                "At byte " + e.position() + ": " + e.reason() + ".",
                List.of(new FieldError(e.pointer(), e.reason())));
    }

    /** The problem of a document that has not the form that is asked for. */
    public static ProblemException shape(JsonShapeException e) {
        String detail = String.valueOf(e.getMessage());
        return new ProblemException(ProblemType.SCHEMA, detail, List.of(new FieldError(e.pointer(), detail)));
    }

    /** The name as an answer repeats it: a pointer is for a person to find the place. */
    public static String cut(String name) {
        if (name.length() <= LONGEST_NAME) {
            return name;
        }
        int end = Character.isHighSurrogate(name.charAt(LONGEST_NAME - 1)) ? LONGEST_NAME - 1 : LONGEST_NAME;
        return name.substring(0, end) + "…";
    }
}
