package io.strongroom.policies.schema;

import io.strongroom.evidence.json.JsonSlice;
import java.util.Locale;

/** What {@code type} tells apart. */
enum Type {
    OBJECT("a mapping"),
    ARRAY("a list"),
    STRING("text"),
    INTEGER("a whole number"),
    NUMBER("a number"),
    BOOLEAN("true or false"),
    NULL("nothing");

    private final String words;

    Type(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    static Type of(JsonSlice value) {
        return switch (value.kind()) {
            case BEGIN_OBJECT -> OBJECT;
            case BEGIN_ARRAY -> ARRAY;
            case STRING -> STRING;
            case BOOLEAN -> BOOLEAN;
            case NULL -> NULL;
            default -> isWhole(value) ? INTEGER : NUMBER;
        };
    }

    private static boolean isWhole(JsonSlice value) {
        for (int i = value.offset(); i < value.offset() + value.length(); i++) {
            byte c = value.bytes()[i];
            if (c == '.' || c == 'e') {
                return false;
            }
        }
        return true;
    }

    /** Whether a value of this type is also one of {@code that}. */
    boolean is(Type that) {
        return this == that || this == INTEGER && that == NUMBER;
    }

    String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }
}
