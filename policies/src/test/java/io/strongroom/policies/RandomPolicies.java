package io.strongroom.policies;

import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.json.CanonicalWriter;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Bundles and records by chance, that have to do with one another. */
public final class RandomPolicies {
    private static final List<String> NAMES = List.of("a", "b", "Name", "userName", "x@y.example", "ä");

    private RandomPolicies() {}

    /** Valid bundles with rules of all sorts, for readers in the role R. */
    public static Arbitrary<TestBundle> bundles() {
        Arbitrary<String> fields = Arbitraries.of(
                "/attributes/a",
                "/attributes/*",
                "/attributes/**",
                "/**/userName",
                "/attributes/a/*ame",
                "/actor/id",
                "/**");
        Arbitrary<String> classes = Arbitraries.of("PUBLIC", "INTERNAL", "CONFIDENTIAL", "RESTRICTED");
        Arbitrary<String> kinds = Arbitraries.of("name", "identifier", "contact", "business");
        Arbitrary<String> masks = Arbitraries.of("none", "year", "last4", "hash", "redact", "omit");
        Arbitrary<String> handlings = Arbitraries.of("commit", "drop");
        Arbitrary<List<String>> classRules = Combinators.combine(
                        fields, fields, classes, kinds, Arbitraries.of(true, false))
                .as((field, except, name, kind, whole) -> "  - {fields: ['" + field + "'], except: ['" + except
                        + "'], class: " + name + ", kind: " + kind + ", whole: " + whole + "}\n")
                .list()
                .ofMaxSize(4);
        Arbitrary<List<String>> maskRules = Combinators.combine(fields, kinds, masks)
                .as((field, kind, mask) ->
                        "      - {fields: ['" + field + "'], kinds: [" + kind + "], mask: " + mask + "}\n")
                .list()
                .ofMaxSize(4);
        Arbitrary<List<String>> handlingRules = Combinators.combine(fields, handlings)
                .as((field, handling) -> "  - {fields: ['" + field + "'], do: " + handling + "}\n")
                .list()
                .ofMaxSize(3);
        return Combinators.combine(classes, classRules, maskRules, handlingRules)
                .as((otherwise, classified, masked, handled) -> new TestBundle()
                        .file(
                                "classification.yaml",
                                "default: " + otherwise + "\nrules:" + list(classified)
                                        + "detectors:\n  - {find: email, class: CONFIDENTIAL, kind: contact}\n")
                        .file("masking.yaml", "profiles:\n  - name: p\n    roles: [R]\n    rules:" + list(masked))
                        .file("handling.yaml", "rules:" + list(handled)));
    }

    private static String list(List<String> items) {
        return items.isEmpty() ? " []\n" : "\n" + String.join("", items);
    }

    /** A few records of the stream audit.x. */
    public static Arbitrary<List<byte[]>> records() {
        return Arbitraries.longs()
                .map(seed -> record(new Random(seed)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    private static byte[] record(Random random) {
        CanonicalWriter out = new CanonicalWriter();
        out.beginObject()
                .name("action")
                .string("a")
                .name("actor")
                .beginObject()
                .name("id")
                .string("u")
                .endObject();
        out.name("attributes");
        value(random, out, 0, true);
        out.name("stream").string("audit.x").endObject();
        return CanonicalJson.of(out.toBytes());
    }

    private static void value(Random random, CanonicalWriter out, int depth, boolean object) {
        int choice = object ? 0 : random.nextInt(depth > 3 ? 4 : 7);
        switch (choice) {
            case 1 -> out.string("john@example.com");
            case 2 -> out.integer(random.nextInt(100_000));
            case 3 -> out.nul();
            case 4 -> {
                out.beginArray();
                for (int i = random.nextInt(3); i > 0; i--) {
                    value(random, out, depth + 1, false);
                }
                out.endArray();
            }
            case 0, 5, 6 -> {
                if (depth > 3) {
                    out.string("deep");
                    return;
                }
                out.beginObject();
                for (String name : NAMES.stream().sorted().toList()) {
                    if (random.nextBoolean() && (!name.contains("@") || random.nextInt(4) == 0)) {
                        out.name(name);
                        value(random, out, depth + 1, false);
                    }
                }
                out.endObject();
            }
            default -> out.bool(true);
        }
    }
}
