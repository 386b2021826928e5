package io.strongroom.policies.schema;

import com.google.re2j.Pattern;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.json.JsonReader;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.json.JsonToken;
import io.strongroom.policies.pattern.SafePattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles schemas. */
final class SchemaParser {
    private static final int MAX_DEPTH = 20;

    /** References are followed where they stand, so that a few definitions could grow into very many. */
    private static final int MAX_CONSTRAINTS = 5_000;

    /** Those that constrain; the order is that of the specification. */
    private static final Set<String> KEYWORDS = Set.of(
            "type",
            "enum",
            "const",
            "properties",
            "required",
            "additionalProperties",
            "propertyNames",
            "minProperties",
            "maxProperties",
            "items",
            "minItems",
            "maxItems",
            "uniqueItems",
            "minLength",
            "maxLength",
            "pattern",
            "minimum",
            "maximum",
            "$ref");

    /** Those that only tell. */
    private static final Set<String> ANNOTATIONS =
            Set.of("$schema", "$id", "$defs", "$comment", "title", "description", "default", "examples");

    private final JsonSlice root;
    private int count;

    private SchemaParser(JsonSlice root) {
        this.root = root;
    }

    static JsonSchema parse(JsonSlice schema) {
        return new JsonSchema(new SchemaParser(schema).constraints(schema, "", 0));
    }

    private Constraints constraints(JsonSlice value, String at, int depth) {
        if (depth > MAX_DEPTH) {
            throw new SchemaException(at, "is nested deeper than " + MAX_DEPTH + ", or refers to itself");
        }
        if (++count > MAX_CONSTRAINTS) {
            throw new SchemaException(at, "grows to more than " + MAX_CONSTRAINTS + " schemas");
        }
        if (value.kind() != JsonToken.BEGIN_OBJECT) {
            throw new SchemaException(at, "is no schema: a schema is a mapping");
        }
        CanonicalObject schema = value.object();
        for (String name : schema.names()) {
            if (!KEYWORDS.contains(name) && !ANNOTATIONS.contains(name)) {
                String nearest = Nearest.of(name, KEYWORDS);
                throw new SchemaException(
                        at + JsonPointer.of(name),
                        "is no keyword that is supported" + (nearest == null ? "" : "; did you mean " + nearest + "?"));
            }
        }
        JsonSlice ref = schema.get("$ref");
        if (ref != null) {
            return constraints(definition(text(ref, at + "/$ref"), at), at, depth + 1);
        }
        JsonSlice others = schema.get("additionalProperties");
        boolean closed = others != null
                && others.kind() == JsonToken.BOOLEAN
                && !others.reader().bool();
        return new Constraints(
                types(schema.get("type"), at + "/type"),
                allowed(schema, at),
                properties(schema.get("properties"), at + "/properties", depth),
                texts(schema.get("required"), at + "/required"),
                inner(schema, "propertyNames", at, depth),
                others == null || others.kind() == JsonToken.BOOLEAN
                        ? null
                        : inner(schema, "additionalProperties", at, depth),
                closed,
                bound(schema, "minProperties", 0, at),
                bound(schema, "maxProperties", Long.MAX_VALUE, at),
                inner(schema, "items", at, depth),
                bound(schema, "minItems", 0, at),
                bound(schema, "maxItems", Long.MAX_VALUE, at),
                truth(schema.get("uniqueItems"), at + "/uniqueItems"),
                bound(schema, "minLength", 0, at),
                bound(schema, "maxLength", Long.MAX_VALUE, at),
                pattern(schema.get("pattern"), at + "/pattern"),
                schema.has("description") ? text(schema.require("description"), at + "/description") : null,
                number(schema.get("minimum"), Double.NEGATIVE_INFINITY, at + "/minimum"),
                number(schema.get("maximum"), Double.POSITIVE_INFINITY, at + "/maximum"));
    }

    private JsonSlice definition(String ref, String at) {
        String prefix = "#/$defs/";
        JsonSlice definitions =
                root.kind() == JsonToken.BEGIN_OBJECT ? root.object().get("$defs") : null;
        JsonSlice found = ref.startsWith(prefix) && definitions != null && definitions.kind() == JsonToken.BEGIN_OBJECT
                ? definitions.object().get(ref.substring(prefix.length()))
                : null;
        if (found == null) {
            throw new SchemaException(at + "/$ref", "refers to nothing: write #/$defs/ and a name of $defs");
        }
        return found;
    }

    private static Set<Type> types(@Nullable JsonSlice value, String at) {
        Set<Type> types = EnumSet.noneOf(Type.class);
        for (String name :
                value != null && value.kind() == JsonToken.STRING ? List.of(value.string()) : texts(value, at)) {
            types.add(EnumSet.allOf(Type.class).stream()
                    .filter(type -> type.keyword().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new SchemaException(at, "is no type of JSON")));
        }
        return types;
    }

    private static Set<String> allowed(CanonicalObject schema, String at) {
        Set<String> allowed = new LinkedHashSet<>();
        JsonSlice only = schema.get("const");
        if (only != null) {
            allowed.add(scalar(only));
        }
        JsonSlice list = schema.get("enum");
        if (list != null) {
            for (JsonSlice item : items(list, at + "/enum")) {
                allowed.add(scalar(item));
            }
        }
        return allowed;
    }

    private static String scalar(JsonSlice value) {
        return value.kind() == JsonToken.STRING ? value.string() : new String(value.toBytes(), StandardCharsets.UTF_8);
    }

    private Map<String, Constraints> properties(@Nullable JsonSlice value, String at, int depth) {
        Map<String, Constraints> properties = new HashMap<>();
        if (value != null) {
            if (value.kind() != JsonToken.BEGIN_OBJECT) {
                throw new SchemaException(at, "must be a mapping");
            }
            for (Map.Entry<String, JsonSlice> member : value.object()) {
                properties.put(
                        member.getKey(),
                        constraints(member.getValue(), at + JsonPointer.of(member.getKey()), depth + 1));
            }
        }
        return Map.copyOf(properties);
    }

    private @Nullable Constraints inner(CanonicalObject schema, String keyword, String at, int depth) {
        JsonSlice value = schema.get(keyword);
        return value == null ? null : constraints(value, at + "/" + keyword, depth + 1);
    }

    private static List<JsonSlice> items(JsonSlice list, String at) {
        if (list.kind() != JsonToken.BEGIN_ARRAY) {
            throw new SchemaException(at, "must be a list");
        }
        List<JsonSlice> items = new ArrayList<>();
        JsonReader reader = list.reader();
        reader.beginArray();
        while (reader.hasNext()) {
            items.add(reader.slice());
        }
        return items;
    }

    private static List<String> texts(@Nullable JsonSlice list, String at) {
        if (list == null) {
            return List.of();
        }
        return items(list, at).stream().map(item -> text(item, at)).toList();
    }

    private static String text(JsonSlice value, String at) {
        if (value.kind() != JsonToken.STRING) {
            throw new SchemaException(at, "must be text");
        }
        return value.string();
    }

    private static long bound(CanonicalObject schema, String keyword, long otherwise, String at) {
        JsonSlice value = schema.get(keyword);
        if (value == null) {
            return otherwise;
        }
        try {
            return value.integer();
        } catch (JsonException e) {
            throw new SchemaException(at + "/" + keyword, "must be a whole number");
        }
    }

    private static double number(@Nullable JsonSlice value, double otherwise, String at) {
        if (value != null && value.kind() != JsonToken.NUMBER) {
            throw new SchemaException(at, "must be a number");
        }
        return value == null ? otherwise : value.reader().number();
    }

    private static boolean truth(@Nullable JsonSlice value, String at) {
        if (value != null && value.kind() != JsonToken.BOOLEAN) {
            throw new SchemaException(at, "must be true or false");
        }
        return value != null && value.reader().bool();
    }

    private static @Nullable Pattern pattern(@Nullable JsonSlice value, String at) {
        if (value == null) {
            return null;
        }
        try {
            return SafePattern.compile(text(value, at));
        } catch (IllegalArgumentException e) {
            throw new SchemaException(at, String.valueOf(e.getMessage()));
        }
    }
}
