package io.strongroom.policies.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.field.Commitments;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.json.CanonicalWriter;
import io.strongroom.policies.AccessRequest;
import io.strongroom.policies.Caller;
import io.strongroom.policies.FieldView;
import io.strongroom.policies.PolicyDecision;
import io.strongroom.policies.PolicyDecision.Commitment;
import io.strongroom.policies.TestBundle;
import io.strongroom.policies.ViewDecision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the bundle and the record: decisions repeat, fit together, and can be carried out. */
class PolicyProperties {
    private static final List<String> NAMES = List.of("a", "b", "Name", "userName", "x@y.example", "ä");
    private static final AccessRequest READER = new AccessRequest(
            new Caller("u", Set.of("R"), Map.of()), "records.read", "p", Instant.parse("2026-11-21T10:00:00Z"));

    /** Compiled anew and asked in another order, it decides the same. */
    @Property(tries = 300)
    void the_same_record_under_the_same_bundle_is_decided_the_same(
            @ForAll("bundles") TestBundle bundle, @ForAll("records") List<byte[]> records) {
        CompiledPolicy one = bundle.compile();
        CompiledPolicy other = bundle.compile();
        List<Object> first = new ArrayList<>();
        for (byte[] record : records) {
            first.add(one.decide("audit.x", record));
            first.add(one.read(READER, "audit.x", record));
        }
        List<Object> second = new ArrayList<>();
        for (byte[] record : records.reversed()) {
            second.add(other.read(READER, "audit.x", record));
            second.add(other.decide("audit.x", record));
        }

        assertThat(second.reversed()).isEqualTo(first);
    }

    /** No pointer lies inside another or leads through an array, so that commitments can be made of them. */
    @Property(tries = 300)
    void what_is_decided_can_be_carried_out(
            @ForAll("bundles") TestBundle bundle, @ForAll("records") List<byte[]> records) {
        CompiledPolicy policy = bundle.compile();
        for (byte[] record : records) {
            PolicyDecision decision = policy.decide("audit.x", record);
            List<JsonPointer> hidden = new ArrayList<>();
            decision.commitments().forEach(commitment -> hidden.add(JsonPointer.parse(commitment.pointer())));
            decision.dropped().forEach(pointer -> hidden.add(JsonPointer.parse(pointer)));

            assertThat(Commitments.withhold(record, hidden, new Random(1)).disclosures())
                    .hasSameSizeAs(hidden);
        }
    }

    /** What a reader does not see as it is was committed, so that it can be kept from them. */
    @Property(tries = 300)
    void whatever_is_masked_for_anybody_was_committed(
            @ForAll("bundles") TestBundle bundle, @ForAll("records") List<byte[]> records) {
        CompiledPolicy policy = bundle.file("access.yaml", "rules:\n  - {roles: ['*'], operations: ['*']}\n")
                .without("handling.yaml")
                .compile();
        for (byte[] record : records) {
            List<String> committed = policy.decide("audit.x", record).commitments().stream()
                    .map(Commitment::pointer)
                    .toList();
            ViewDecision view = policy.read(READER, "audit.x", record);

            assertThat(view.fields().stream()
                            .filter(field -> !(field instanceof FieldView.Present))
                            .map(FieldView::pointer))
                    .isSubsetOf(committed);
        }
    }

    // --- Bundles and records

    @Provide
    Arbitrary<TestBundle> bundles() {
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
        Arbitrary<List<String>> classRules = net.jqwik.api.Combinators.combine(
                        fields, fields, classes, kinds, Arbitraries.of(true, false))
                .as((field, except, name, kind, whole) -> "  - {fields: ['" + field + "'], except: ['" + except
                        + "'], class: " + name + ", kind: " + kind + ", whole: " + whole + "}\n")
                .list()
                .ofMaxSize(4);
        Arbitrary<List<String>> maskRules = net.jqwik.api.Combinators.combine(fields, kinds, masks)
                .as((field, kind, mask) ->
                        "      - {fields: ['" + field + "'], kinds: [" + kind + "], mask: " + mask + "}\n")
                .list()
                .ofMaxSize(4);
        Arbitrary<List<String>> handlingRules = net.jqwik.api.Combinators.combine(fields, handlings)
                .as((field, handling) -> "  - {fields: ['" + field + "'], do: " + handling + "}\n")
                .list()
                .ofMaxSize(3);
        return net.jqwik.api.Combinators.combine(classes, classRules, maskRules, handlingRules)
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

    @Provide
    Arbitrary<List<byte[]>> records() {
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
