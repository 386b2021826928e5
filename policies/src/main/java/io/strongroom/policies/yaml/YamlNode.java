package io.strongroom.policies.yaml;

import io.strongroom.evidence.json.CanonicalWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A value in a YAML file, and the line that it stands in. Its content is what JSON can hold. */
public sealed interface YamlNode {

    /** Counted from 1. */
    int line();

    /** Writes the value as canonical JSON. */
    void write(CanonicalWriter out);

    /** The value as canonical JSON. */
    default byte[] toJson() {
        CanonicalWriter out = new CanonicalWriter();
        write(out);
        return out.toBytes();
    }

    /** A member of a mapping, and the line of its name. */
    record Member(int line, YamlNode value) {}

    /** Members in the order of the file. */
    record Mapping(int line, Map<String, Member> members) implements YamlNode {
        public Mapping {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /** The value of a member; null if there is none of that name. */
        public @Nullable YamlNode get(String name) {
            Member member = members.get(name);
            return member == null ? null : member.value();
        }

        @Override
        public void write(CanonicalWriter out) {
            out.beginObject();
            // The natural order of strings is that of UTF-16 code units, as RFC 8785 wants it.
            new TreeMap<>(members).forEach((name, member) -> {
                out.name(name);
                member.value().write(out);
            });
            out.endObject();
        }
    }

    /** The items of a list. */
    record Sequence(int line, List<YamlNode> items) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public void write(CanonicalWriter out) {
            out.beginArray();
            items.forEach(item -> item.write(out));
            out.endArray();
        }
    }

    /**
     * Text, a number, a truth value or null.
     *
     * @param value a {@link String}, {@link Long}, {@link Double} or {@link Boolean}, or null
     */
    record Scalar(int line, @Nullable Object value) implements YamlNode {
        @Override
        public void write(CanonicalWriter out) {
            switch (value) {
                case null -> out.nul();
                case String text -> out.string(text);
                case Long number -> out.integer(number);
                case Double number -> out.number(number);
                case Boolean truth -> out.bool(truth);
                default -> throw new IllegalStateException("no YAML scalar is a " + value.getClass());
            }
        }
    }
}
