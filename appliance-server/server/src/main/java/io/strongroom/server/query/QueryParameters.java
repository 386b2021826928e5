package io.strongroom.server.query;

import io.micronaut.http.HttpRequest;
import io.strongroom.api.json.Json;
import io.strongroom.server.projection.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes parameters out of requests, each at most once but for what leaves records out. */
final class QueryParameters {
    /** Names the facets that are asked for. */
    static final String FIELDS = "fields";

    private static final Set<Field> DEFAULT_FACETS =
            Set.of(Field.STREAM, Field.SOURCE, Field.ACTION, Field.OUTCOME, Field.ACTOR_TYPE, Field.RESOURCE_TYPE);

    private QueryParameters() {}

    static Map<String, List<String>> of(HttpRequest<?> request) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> parameter : request.getParameters()) {
            if (parameter.getValue().size() != 1 && !QuestionParser.takesMany(parameter.getKey())) {
                throw QuestionParser.invalid(shown(parameter.getKey()), "is given twice");
            }
            parameters.put(parameter.getKey(), parameter.getValue());
        }
        return parameters;
    }

    /** The same as a document: each member a string or a whole number; what leaves records out may be an array of strings. */
    static Map<String, List<String>> of(Json.Obj document) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        document.members().forEach((name, value) -> {
            switch (value) {
                case Json.Text text -> parameters.put(name, List.of(text.value()));
                case Json.Num number -> parameters.put(name, List.of(number.literal()));
                case Json.Arr array -> parameters.put(name, many(name, document));
                default -> throw QuestionParser.invalid(shown(name), "is a string or a whole number");
            }
        });
        return parameters;
    }

    private static List<String> many(String name, Json.Obj document) {
        List<String> values = document.texts(name);
        if (values.isEmpty() || !QuestionParser.takesMany(name)) {
            throw QuestionParser.invalid(
                    shown(name), "is no array; only what leaves records out may be, of at least one");
        }
        return values;
    }

    /** Takes the facets that are asked for out of the parameters. */
    static Set<Field> facets(Map<String, List<String>> parameters) {
        String given = taken(parameters, FIELDS);
        if (given == null) {
            return DEFAULT_FACETS;
        }
        Set<Field> fields = new LinkedHashSet<>();
        for (String name : given.split(",", -1)) {
            fields.add(Field.facet(name.strip())
                    .orElseThrow(() -> QuestionParser.invalid(FIELDS, "is a list of " + String.join(", ", names()))));
        }
        return fields;
    }

    static int number(Map<String, List<String>> parameters, String name, int otherwise, int max) {
        String given = taken(parameters, name);
        return given == null ? otherwise : (int) QuestionParser.number(name, given, 1, max);
    }

    private static @Nullable String taken(Map<String, List<String>> parameters, String name) {
        List<String> values = parameters.remove(name);
        return values == null ? null : values.getFirst();
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        for (Field field : Field.values()) {
            if (field != Field.WORD && field != Field.FINDABLE) {
                names.add(field.parameter());
            }
        }
        return names;
    }

    private static String shown(@Nullable String name) {
        String text = String.valueOf(name);
        return text.length() <= 64 ? text : text.substring(0, 64) + "…";
    }
}
