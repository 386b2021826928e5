package io.strongroom.api.json;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value. Objects keep the order in which their members came; a number keeps its literal, so that nothing is
 * rounded on the way through.
 */
public sealed interface Json {
    /** An object. */
    record Obj(Map<String, Json> members) implements Json {
        public static final Obj EMPTY = new Obj(Map.of());

        public Obj {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /** The member, if it is there and not null. */
        public Optional<Json> get(String name) {
            Json value = members.get(name);
            return value == null || value instanceof Null ? Optional.empty() : Optional.of(value);
        }

        /**
         * A member that must be there, as a text.
         *
         * @throws JsonShapeException if it is not
         */
        public String text(String name) {
            return required(name, optionalText(name));
        }

        /**
         * A member as a text, or null where it is missing.
         *
         * @throws JsonShapeException if it is something else
         */
        public @Nullable String optionalText(String name) {
            return switch (members.get(name)) {
                case null -> null;
                case Null ignored -> null;
                case Text text -> text.value();
                default -> throw new JsonShapeException(name, "a string");
            };
        }

        /**
         * A member that must be there, as an integer.
         *
         * @throws JsonShapeException if it is not
         */
        public long integer(String name) {
            return optionalInteger(name).orElseThrow(() -> new JsonShapeException(name, "an integer"));
        }

        /**
         * A member as an integer, if it is there.
         *
         * @throws JsonShapeException if it is something else
         */
        public OptionalLong optionalInteger(String name) {
            return switch (members.get(name)) {
                case null -> OptionalLong.empty();
                case Null ignored -> OptionalLong.empty();
                case Num number -> OptionalLong.of(number.integer(name));
                default -> throw new JsonShapeException(name, "an integer");
            };
        }

        /**
         * A member as a number that may have a fraction, if it is there; of more digits than a double has, the nearest.
         *
         * @throws JsonShapeException if it is something else
         */
        public OptionalDouble optionalNumber(String name) {
            return switch (members.get(name)) {
                case null -> OptionalDouble.empty();
                case Null ignored -> OptionalDouble.empty();
                case Num number -> OptionalDouble.of(Double.parseDouble(number.literal()));
                default -> throw new JsonShapeException(name, "a number");
            };
        }

        /**
         * A member as a truth value, false where it is missing.
         *
         * @throws JsonShapeException if it is something else
         */
        public boolean truth(String name) {
            return switch (members.get(name)) {
                case null -> false;
                case Null ignored -> false;
                case Bool bool -> bool.value();
                default -> throw new JsonShapeException(name, "true or false");
            };
        }

        /**
         * A member as an object, empty where it is missing.
         *
         * @throws JsonShapeException if it is something else
         */
        public Obj object(String name) {
            return optionalObject(name, Function.identity()).orElse(EMPTY);
        }

        /**
         * A member as an object that {@code read} understands, if it is there.
         *
         * @throws JsonShapeException if it is something else
         */
        public <T> Optional<T> optionalObject(String name, Function<Obj, T> read) {
            return switch (members.get(name)) {
                case null -> Optional.empty();
                case Null ignored -> Optional.empty();
                case Obj object -> Optional.of(read(object, read, name));
                default -> throw new JsonShapeException(name, "an object");
            };
        }

        /**
         * A member as a list, empty where it is missing.
         *
         * @throws JsonShapeException if it is something else
         */
        public List<Json> list(String name) {
            return switch (members.get(name)) {
                case null -> List.of();
                case Null ignored -> List.of();
                case Arr array -> array.items();
                default -> throw new JsonShapeException(name, "an array");
            };
        }

        /**
         * A member as a list of objects, each read by {@code read}.
         *
         * @throws JsonShapeException if it is something else
         */
        public <T> List<T> objects(String name, Function<Obj, T> read) {
            List<T> all = new ArrayList<>();
            for (Json item : list(name)) {
                if (!(item instanceof Obj object)) {
                    throw new JsonShapeException(name, "an array of objects");
                }
                all.add(read(object, read, name, Integer.toString(all.size())));
            }
            return List.copyOf(all);
        }

        /** What is wrong in an object inside is told with where that stands. */
        private static <T> T read(Obj object, Function<Obj, T> read, String... path) {
            try {
                return read.apply(object);
            } catch (JsonShapeException e) {
                throw e.within(path);
            }
        }

        /**
         * A member as a list of texts.
         *
         * @throws JsonShapeException if it is something else
         */
        public List<String> texts(String name) {
            List<String> all = new ArrayList<>();
            for (Json item : list(name)) {
                if (!(item instanceof Text text)) {
                    throw new JsonShapeException(name, "an array of strings");
                }
                all.add(text.value());
            }
            return List.copyOf(all);
        }

        /** The same object without the members named. */
        public Obj without(String... names) {
            Map<String, Json> rest = new LinkedHashMap<>(members);
            rest.keySet().removeAll(Arrays.asList(names));
            return new Obj(rest);
        }

        private static <T> T required(String name, @Nullable T value) {
            if (value == null) {
                throw new JsonShapeException(name, "there");
            }
            return value;
        }

        @Override
        public String toString() {
            return Json.write(this);
        }
    }

    /** An array. */
    record Arr(List<Json> items) implements Json {
        public Arr {
            items = List.copyOf(items);
        }

        @Override
        public String toString() {
            return Json.write(this);
        }
    }

    /** A string. */
    record Text(String value) implements Json {
        public Text {
            requireNonNull(value, "value is null");
        }

        @Override
        public String toString() {
            return Json.write(this);
        }
    }

    /** A number, as it was written. */
    record Num(String literal) implements Json {
        long integer(String name) {
            try {
                return Long.parseLong(literal);
            } catch (NumberFormatException e) {
                throw new JsonShapeException(name, "an integer");
            }
        }

        @Override
        public String toString() {
            return literal;
        }
    }

    /** {@code true} or {@code false}. */
    record Bool(boolean value) implements Json {
        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /** {@code null}. */
    enum Null implements Json {
        NULL;

        @Override
        public String toString() {
            return "null";
        }
    }

    /** A string value. */
    static Json of(String value) {
        return new Text(value);
    }

    /** An integer value. */
    static Json of(long value) {
        return new Num(Long.toString(value));
    }

    /** A truth value. */
    static Json of(boolean value) {
        return new Bool(value);
    }

    /** An array of strings. */
    static Json ofTexts(Iterable<String> values) {
        List<Json> items = new ArrayList<>();
        values.forEach(value -> items.add(new Text(value)));
        return new Arr(items);
    }

    /** A new object, member by member. */
    static Builder object() {
        return new Builder();
    }

    /**
     * Reads one JSON document, strictly (formats §2).
     *
     * @throws io.strongroom.evidence.json.JsonException if it is not one
     */
    static Json parse(byte[] document) {
        return JsonTree.of(document);
    }

    /**
     * Reads one JSON document, strictly (formats §2).
     *
     * @throws io.strongroom.evidence.json.JsonException if it is not one
     */
    static Json parse(String document) {
        return parse(document.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads one JSON object, strictly (formats §2).
     *
     * @throws io.strongroom.evidence.json.JsonException if it is not JSON
     * @throws JsonShapeException if it is something else than an object
     */
    static Obj parseObject(byte[] document) {
        if (parse(document) instanceof Obj object) {
            return object;
        }
        throw new JsonShapeException("", "an object");
    }

    /** The value as compact JSON text, members in their order. Not canonical. */
    static String write(Json value) {
        StringBuilder out = new StringBuilder();
        JsonText.write(value, out);
        return out.toString();
    }

    /** {@link #write} as UTF-8. */
    default byte[] bytes() {
        return write(this).getBytes(StandardCharsets.UTF_8);
    }

    /** Builds an object; a null or empty value leaves its member out. */
    final class Builder {
        private final Map<String, Json> members = new LinkedHashMap<>();

        private Builder() {}

        /** Adds the member unless the value is null. */
        public Builder put(String name, @Nullable Json value) {
            if (value != null) {
                members.put(name, value);
            }
            return this;
        }

        /** Adds the member unless the value is null. */
        public Builder put(String name, @Nullable String value) {
            return put(name, value == null ? null : Json.of(value));
        }

        /** Adds the member. */
        public Builder put(String name, long value) {
            return put(name, Json.of(value));
        }

        /** Adds the member. */
        public Builder put(String name, boolean value) {
            return put(name, Json.of(value));
        }

        /** Adds the member unless the value is null. */
        public Builder put(String name, @Nullable Long value) {
            return put(name, value == null ? null : Json.of(value.longValue()));
        }

        /** Adds an array of strings unless there are none. */
        public Builder putTexts(String name, List<String> values) {
            return put(name, values.isEmpty() ? null : Json.ofTexts(values));
        }

        /** Adds every member of {@code other}. */
        public Builder putAll(Obj other) {
            members.putAll(other.members());
            return this;
        }

        /** The object. */
        public Obj build() {
            return new Obj(members);
        }
    }
}
