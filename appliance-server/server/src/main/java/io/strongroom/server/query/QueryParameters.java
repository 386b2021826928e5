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

/** Takes parameters out of requests, each at most once. */
final class QueryParameters {
    /** Names the facets that are asked for. */
    static final String FIELDS = "fields";

    private static final Set<Field> DEFAULT_FACETS =
            Set.of(Field.STREAM, Field.SOURCE, Field.ACTION, Field.OUTCOME, Field.ACTOR_TYPE, Field.RESOURCE_TYPE);

    private QueryParameters() {}

    static Map<String, String> of(HttpRequest<?> request) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> parameter : request.getParameters()) {
            if (parameter.getValue().size() != 1) {
                throw QuestionParser.invalid(shown(parameter.getKey()), "is given twice");
            }
            parameters.put(parameter.getKey(), parameter.getValue().getFirst());
        }
        return parameters;
    }

    /** The same as a document: each member a string or a whole number. */
    static Map<String, String> of(Json.Obj document) {
        Map<String, String> parameters = new LinkedHashMap<>();
        document.members().forEach((name, value) -> {
            switch (value) {
                case Json.Text text -> parameters.put(name, text.value());
                case Json.Num number -> parameters.put(name, number.literal());
                default -> throw QuestionParser.invalid(shown(name), "is a string or a whole number");
            }
        });
        return parameters;
    }

    /** Takes the facets that are asked for out of the parameters. */
    static Set<Field> facets(Map<String, String> parameters) {
        String given = parameters.remove(FIELDS);
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

    static int number(Map<String, String> parameters, String name, int otherwise, int max) {
        String given = parameters.remove(name);
        return given == null ? otherwise : (int) QuestionParser.number(name, given, 1, max);
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
