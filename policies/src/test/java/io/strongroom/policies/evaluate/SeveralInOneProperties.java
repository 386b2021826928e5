package io.strongroom.policies.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.policies.AccessRequest;
import io.strongroom.policies.Caller;
import io.strongroom.policies.Classification;
import io.strongroom.policies.ExportRequest;
import io.strongroom.policies.FieldView;
import io.strongroom.policies.Mask;
import io.strongroom.policies.PolicyDecision;
import io.strongroom.policies.TestBundle;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds several things is one field, and is treated at least as strictly as each of them by itself. */
class SeveralInOneProperties {
    private static final Instant TIME = Instant.parse("2026-11-21T10:00:00Z");
    private static final String ONE = "[{\"a\":\"x\"}]";
    private static final String OTHER = "[{\"b\":\"x\"}]";
    private static final String BOTH = "[{\"a\":\"x\"},{\"b\":\"x\"}]";
    private static final String TURNED = "[{\"b\":\"x\"},{\"a\":\"x\"}]";

    /** What rules say of the one thing or of the other; an empty text where none does. */
    record Rules(String classification, String handling, boolean findable, String mask, boolean exported) {}

    /** What becomes of the field. */
    private record Outcome(
            boolean dropped,
            boolean committed,
            Classification classification,
            boolean findable,
            int shown,
            int exported,
            int shownWithoutProfile) {
        static Outcome of(CompiledPolicy policy, String list) {
            byte[] record = CanonicalJson.of(
                    ("{\"action\":\"a\",\"attributes\":{\"list\":" + list + "}}").getBytes(StandardCharsets.UTF_8));
            PolicyDecision decision = policy.decide("s", record);
            ExportRequest export = new ExportRequest(caller("R"), "ndjson", "p", TIME);
            return new Outcome(
                    !decision.dropped().isEmpty(),
                    !decision.commitments().isEmpty(),
                    decision.commitments().isEmpty()
                            ? Classification.PUBLIC
                            : decision.commitments().getFirst().classification(),
                    !decision.findable().isEmpty(),
                    strictness(policy.read(reading("R"), "s", record).fields()),
                    strictness(policy.export(export, "s", record).fields()),
                    strictness(policy.read(reading("S"), "s", record).fields()));
        }

        private static Caller caller(String role) {
            return new Caller("u", Set.of(role), Map.of());
        }

        private static AccessRequest reading(String role) {
            return new AccessRequest(caller(role), "records.read", "p", TIME);
        }

        /** The higher, the less is seen. */
        private static int strictness(List<FieldView> fields) {
            FieldView list = fields.stream()
                    .filter(field -> field.pointer().startsWith("/attributes"))
                    .findFirst()
                    .orElseThrow();
            return switch (list) {
                case FieldView.Present present -> 0;
                case FieldView.Masked masked -> masked.mask().ordinal();
                case FieldView.Hidden hidden -> Mask.values().length;
            };
        }
    }

    @Property(tries = 500)
    void anArrayIsTreatedAsStrictlyAsEachOfItsElements(@ForAll("rules") Rules one, @ForAll("rules") Rules other) {
        CompiledPolicy policy = policy(one, other);
        Outcome first = Outcome.of(policy, ONE);
        Outcome second = Outcome.of(policy, OTHER);
        Outcome both = Outcome.of(policy, BOTH);

        assertThat(Outcome.of(policy, TURNED)).as("in any order").isEqualTo(both);
        assertThat(both.dropped()).isEqualTo(first.dropped() || second.dropped());
        if (!both.dropped()) {
            assertThat(both.committed()).isEqualTo(first.committed() || second.committed());
            assertThat(both.classification())
                    .isGreaterThanOrEqualTo(first.classification())
                    .isGreaterThanOrEqualTo(second.classification());
            assertThat(both.findable()).isEqualTo(both.committed() && one.findable() && other.findable());
        }
        assertThat(both.shown()).isGreaterThanOrEqualTo(Math.max(first.shown(), second.shown()));
        assertThat(both.exported()).isGreaterThanOrEqualTo(Math.max(first.exported(), second.exported()));
        assertThat(both.shownWithoutProfile())
                .isGreaterThanOrEqualTo(Math.max(first.shownWithoutProfile(), second.shownWithoutProfile()));
    }

    private static CompiledPolicy policy(Rules one, Rules other) {
        StringBuilder classes = new StringBuilder("default: INTERNAL\nrules:\n");
        StringBuilder handling = new StringBuilder();
        StringBuilder findable = new StringBuilder();
        StringBuilder masks = new StringBuilder();
        StringBuilder except = new StringBuilder();
        for (Map.Entry<String, Rules> each : List.of(Map.entry("a", one), Map.entry("b", other))) {
            String field = "/attributes/list/*/" + each.getKey();
            Rules rules = each.getValue();
            classes.append("  - {fields: ['" + field + "'], class: " + rules.classification() + "}\n");
            handling.append(
                    rules.handling().isEmpty()
                            ? ""
                            : "  - {fields: ['" + field + "'], do: " + rules.handling() + "}\n");
            findable.append(rules.findable() ? "  - fields: ['" + field + "']\n" : "");
            masks.append("      - {fields: ['" + field + "'], mask: " + rules.mask() + "}\n");
            except.append(rules.exported() ? "" : (except.isEmpty() ? "" : ", ") + "'" + field + "'");
        }
        return new TestBundle()
                .file("classification.yaml", classes.toString())
                .file(
                        "handling.yaml",
                        (handling.isEmpty() ? "" : "rules:\n" + handling)
                                + (findable.isEmpty() ? "" : "findable:\n" + findable)
                                + (handling.isEmpty() && findable.isEmpty() ? "rules: []\n" : ""))
                .file(
                        "masking.yaml",
                        "profiles:\n  - name: p\n    roles: [R]\n    rules:\n" + masks + "      - {mask: none}\n")
                .file("access.yaml", "rules:\n  - {roles: ['*'], operations: ['*']}\n")
                .file(
                        "export.yaml",
                        "rules:\n  - {roles: ['*'], formats: [ndjson]"
                                + (except.isEmpty() ? "" : ", except: [" + except + "]") + "}\n")
                .compile();
    }

    @Provide
    Arbitrary<Rules> rules() {
        return Combinators.combine(
                        Arbitraries.of("PUBLIC", "INTERNAL", "CONFIDENTIAL", "RESTRICTED"),
                        Arbitraries.of("", "", "commit", "drop"),
                        Arbitraries.of(true, false),
                        Arbitraries.of("none", "none", "hash", "redact", "omit"),
                        Arbitraries.of(true, true, false))
                .as(Rules::new);
    }
}
