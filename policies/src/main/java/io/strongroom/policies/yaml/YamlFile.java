package io.strongroom.policies.yaml;

import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.policies.Fault;
import io.strongroom.policies.schema.JsonSchema;
import io.strongroom.policies.yaml.YamlNode.Mapping;
import io.strongroom.policies.yaml.YamlNode.Member;
import io.strongroom.policies.yaml.YamlNode.Scalar;
import io.strongroom.policies.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A YAML file that was checked against its schema. What the schema refused is not looked at any further. */
public final class YamlFile {
    private final String path;
    private final Mapping root;
    private final List<Fault> faults;
    private final Set<String> unsound = new HashSet<>();

    private YamlFile(String path, Mapping root, List<Fault> faults) {
        this.path = path;
        this.root = root;
        this.faults = faults;
    }

    /**
     * Reads a file.
     *
     * @param faults gets what is wrong with it, now and later
     * @return empty if nothing can be made of it
     */
    public static Optional<YamlFile> read(String path, byte[] content, JsonSchema schema, List<Fault> faults) {
        YamlNode node = YamlReader.read(path, content, faults).orElse(null);
        if (node == null) {
            return Optional.empty();
        }
        if (!(node instanceof Mapping root)) {
            faults.add(new Fault(path, node.line(), "is no mapping", "write members, as in rules: []"));
            return Optional.empty();
        }
        YamlFile file = new YamlFile(path, root, faults);
        schema.check(node.toJson(), file::unsound);
        return Optional.of(file);
    }

    private void unsound(String pointer, String reason, String remedy) {
        unsound.add(pointer);
        List<String> tokens = JsonPointer.parse(pointer).tokens();
        String name = tokens.isEmpty() ? "the file" : name(tokens);
        faults.add(new Fault(path, line(pointer), name + " " + reason, remedy));
    }

    /** The last name in a pointer, with the place in the list behind it where it names a list's item. */
    private static String name(List<String> tokens) {
        int last = tokens.size() - 1;
        boolean item = last > 0 && tokens.get(last).chars().allMatch(c -> c >= '0' && c <= '9');
        return item ? tokens.get(last - 1) + "[" + tokens.get(last) + "]" : tokens.get(last);
    }

    private int line(String pointer) {
        YamlNode node = root;
        int line = 1;
        for (String token : JsonPointer.parse(pointer).tokens()) {
            switch (node) {
                case Mapping mapping -> {
                    Member member = mapping.members().get(token);
                    if (member == null) {
                        return line;
                    }
                    line = member.line();
                    node = member.value();
                }
                case Sequence sequence -> {
                    node = sequence.items().get(Integer.parseInt(token));
                    line = node.line();
                }
                case Scalar scalar -> {
                    return line;
                }
            }
        }
        return line;
    }

    /** The file's path in the bundle. */
    public String path() {
        return path;
    }

    /** The whole file. */
    public Entry root() {
        return new Entry("", root, 1);
    }

    /** A mapping in the file. */
    public final class Entry {
        private final String pointer;
        private final Mapping mapping;
        private final int line;

        private Entry(String pointer, Mapping mapping, int line) {
            this.pointer = pointer;
            this.mapping = mapping;
            this.line = line;
        }

        /** Where it begins, counted from 1. */
        public int line() {
            return line;
        }

        /** The file that it stands in. */
        public String file() {
            return path;
        }

        /** Whether the schema found nothing wrong in it. */
        public boolean isSound() {
            return unsound.stream().noneMatch(at -> at.equals(pointer) || at.startsWith(pointer + "/"));
        }

        /** Whether it has a member. */
        public boolean has(String name) {
            return mapping.members().containsKey(name);
        }

        /** The names of its members in the file's order. */
        public List<String> names() {
            return List.copyOf(mapping.members().keySet());
        }

        /** A member's text; empty where there is none. */
        public String text(String name) {
            return scalar(name) instanceof String text ? text : "";
        }

        /** A member's whole number. */
        public Optional<Long> integer(String name) {
            return scalar(name) instanceof Long number ? Optional.of(number) : Optional.empty();
        }

        /** A member's truth value. */
        public boolean truth(String name, boolean otherwise) {
            return scalar(name) instanceof Boolean truth ? truth : otherwise;
        }

        private @Nullable Object scalar(String name) {
            return mapping.get(name) instanceof Scalar scalar ? scalar.value() : null;
        }

        /** A member's list of texts; empty where there is none. */
        public List<String> texts(String name) {
            List<String> texts = new ArrayList<>();
            if (mapping.get(name) instanceof Sequence sequence) {
                for (YamlNode item : sequence.items()) {
                    if (item instanceof Scalar scalar && scalar.value() instanceof String text) {
                        texts.add(text);
                    }
                }
            }
            return texts;
        }

        /** A member's value. */
        public @Nullable YamlNode node(String name) {
            return mapping.get(name);
        }

        /** A member that is a mapping. */
        public Optional<Entry> entry(String name) {
            Member member = mapping.members().get(name);
            return member != null && member.value() instanceof Mapping inner
                    ? Optional.of(new Entry(pointer + JsonPointer.of(name), inner, member.line()))
                    : Optional.empty();
        }

        /** The mappings in a member's list. */
        public List<Entry> entries(String name) {
            List<Entry> entries = new ArrayList<>();
            if (mapping.get(name) instanceof Sequence sequence) {
                for (int i = 0; i < sequence.items().size(); i++) {
                    if (sequence.items().get(i) instanceof Mapping inner) {
                        entries.add(new Entry(pointer + JsonPointer.of(name) + "/" + i, inner, inner.line()));
                    }
                }
            }
            return entries;
        }

        /** Where a member stands, or an item of its list; the entry's own line where there is none. */
        public int line(String name, int item) {
            Member member = mapping.members().get(name);
            if (member == null) {
                return line;
            }
            return member.value() instanceof Sequence sequence
                            && item < sequence.items().size()
                    ? sequence.items().get(item).line()
                    : member.line();
        }

        /** Where a member stands; the entry's own line where there is none. */
        public int line(String name) {
            Member member = mapping.members().get(name);
            return member == null ? line : member.line();
        }

        /** Tells what a schema finds wrong in it. */
        public void check(JsonSchema schema) {
            schema.check(mapping.toJson(), (inside, reason, remedy) -> unsound(pointer + inside, reason, remedy));
        }

        /** Tells what is wrong in a line of the file. */
        public void fault(int atLine, String reason, String remedy) {
            faults.add(new Fault(path, atLine, reason, remedy));
        }
    }
}
