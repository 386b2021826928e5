package io.strongroom.policies.schema;

import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonReader;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.json.JsonToken;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A schema in a subset of JSON Schema 2020-12, compiled, that checks canonical JSON where it stands.
 *
 * <p>A subset, and our own, because schemas come from people whom nobody has approved yet and are evaluated for each
 * record: no pattern that takes more than linear time, nothing that refers outside, no tree. {@link SchemaParser} names
 * the keywords.
 *
 * <p>Immutable.
 */
public final class JsonSchema {
    private final Constraints constraints;

    JsonSchema(Constraints constraints) {
        this.constraints = constraints;
    }

    /**
     * Compiles a schema.
     *
     * @param schema JSON
     * @throws SchemaException if it is no schema of the subset
     */
    public static JsonSchema of(byte[] schema) {
        return SchemaParser.parse(JsonReader.of(schema).slice());
    }

    /** Takes what is wrong with a document. */
    @FunctionalInterface
    public interface Sink {
        /**
         * @param pointer RFC 6901 pointer to the value
         * @param reason what is wrong with it, without the value
         * @param remedy what to do
         */
        void fault(String pointer, String reason, String remedy);
    }

    /** Checks a canonical document; tells all that is wrong. */
    public void check(byte[] canonical, Sink sink) {
        check(new JsonSlice(canonical, 0, canonical.length), sink);
    }

    /** Checks a canonical value; tells all that is wrong. */
    public void check(JsonSlice value, Sink sink) {
        check(constraints, value, "", sink);
    }

    private void check(Constraints rules, JsonSlice value, String pointer, Sink sink) {
        Type type = Type.of(value);
        if (!rules.types().isEmpty() && rules.types().stream().noneMatch(type::is)) {
            sink.fault(
                    pointer,
                    "is " + type.words() + " but must be " + words(rules.types()),
                    "write " + words(rules.types()));
            return;
        }
        if (!rules.allowed().isEmpty() && !rules.allowed().contains(text(value))) {
            String names = String.join(", ", rules.allowed().stream().sorted().toList());
            sink.fault(pointer, "is none of the values allowed here", "write one of " + names);
        }
        switch (type) {
            case OBJECT -> object(rules, value.object(), pointer, sink);
            case ARRAY -> array(rules, value, pointer, sink);
            case STRING -> string(rules, value.string(), pointer, sink);
            case INTEGER, NUMBER -> number(rules, value.reader().number(), pointer, sink);
            case BOOLEAN, NULL -> {}
        }
    }

    private static String words(Set<Type> types) {
        return types.stream().map(Type::words).sorted().collect(Collectors.joining(" or "));
    }

    private static String text(JsonSlice value) {
        return value.kind() == JsonToken.STRING
                ? value.string()
                : new String(value.toBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }

    private void object(Constraints rules, CanonicalObject object, String pointer, Sink sink) {
        for (String name : rules.required()) {
            if (!object.has(name)) {
                sink.fault(pointer, "lacks " + name, "add " + name);
            }
        }
        if (object.size() < rules.minProperties()) {
            sink.fault(pointer, "has too few members", "give at least " + rules.minProperties());
        }
        if (object.size() > rules.maxProperties()) {
            sink.fault(pointer, "has too many members", "give at most " + rules.maxProperties());
        }
        for (int i = 0; i < object.size(); i++) {
            String name = object.name(i);
            String at = pointer + JsonPointer.of(name);
            Constraints member = rules.properties().get(name);
            if (member != null) {
                check(member, object.value(i), at, sink);
            } else if (rules.closed()) {
                sink.fault(at, "is not known here", remedy(name, rules));
            } else {
                if (rules.names() != null) {
                    string(rules.names(), name, at, sink);
                }
                if (rules.otherProperties() != null) {
                    check(rules.otherProperties(), object.value(i), at, sink);
                }
            }
        }
    }

    private static String remedy(String name, Constraints rules) {
        String nearest = Nearest.of(name, rules.properties().keySet());
        String known =
                String.join(", ", rules.properties().keySet().stream().sorted().toList());
        return nearest == null ? "use one of " + known : "did you mean " + nearest + "? Known are " + known;
    }

    private void array(Constraints rules, JsonSlice value, String pointer, Sink sink) {
        JsonReader reader = value.reader();
        List<JsonSlice> items = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            items.add(reader.slice());
        }
        if (items.size() < rules.minItems()) {
            sink.fault(pointer, "has too few items", "give at least " + rules.minItems());
        }
        if (items.size() > rules.maxItems()) {
            sink.fault(pointer, "has too many items", "give at most " + rules.maxItems());
        }
        Set<JsonSlice> seen = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            String at = pointer + "/" + i;
            if (rules.uniqueItems() && !seen.add(items.get(i))) {
                sink.fault(at, "stands twice in the list", "keep one");
            }
            if (rules.items() != null) {
                check(rules.items(), items.get(i), at, sink);
            }
        }
    }

    private static void string(Constraints rules, String text, String pointer, Sink sink) {
        int characters = text.codePointCount(0, text.length());
        if (characters < rules.minLength()) {
            sink.fault(pointer, "is too short", "give at least " + rules.minLength() + " characters");
        }
        if (characters > rules.maxLength()) {
            sink.fault(pointer, "is too long", "give at most " + rules.maxLength() + " characters");
        }
        if (rules.pattern() != null && !rules.pattern().matcher(text).find()) {
            String form = rules.patternWords() == null ? rules.pattern().pattern() : rules.patternWords();
            sink.fault(pointer, "does not have the form that is needed", "write " + form);
        }
    }

    private static void number(Constraints rules, double number, String pointer, Sink sink) {
        if (number < rules.minimum()) {
            sink.fault(pointer, "is too small", "give at least " + plain(rules.minimum()));
        }
        if (number > rules.maximum()) {
            sink.fault(pointer, "is too large", "give at most " + plain(rules.maximum()));
        }
    }

    private static String plain(@Nullable Double number) {
        return number == null ? "" : new java.math.BigDecimal(number).toPlainString();
    }
}
