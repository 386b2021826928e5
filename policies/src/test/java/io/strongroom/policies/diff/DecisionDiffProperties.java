package io.strongroom.policies.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.policies.AccessRequest;
import io.strongroom.policies.Caller;
import io.strongroom.policies.FieldView;
import io.strongroom.policies.PolicyDecision;
import io.strongroom.policies.PolicyDecision.Hashed;
import io.strongroom.policies.RandomPolicies;
import io.strongroom.policies.TestBundle;
import io.strongroom.policies.bundle.Bundle.Use;
import io.strongroom.policies.diff.Difference.Kind;
import io.strongroom.policies.evaluate.CompiledPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the bundles and the record: what differs is told, and nothing else. */
class DecisionDiffProperties {
    private static final String STREAM = "audit.x";
    private static final AccessRequest READER = new AccessRequest(
            new Caller("u", Set.of("R"), Map.of()), "records.read", "p", Instant.parse("2026-11-21T10:00:00Z"));

    @Property(tries = 200)
    void a_bundle_differs_from_itself_in_nothing(
            @ForAll("bundles") TestBundle bundle, @ForAll("records") List<byte[]> records) {
        DecisionDiff diff = new DecisionDiff(open(bundle), open(bundle));
        for (byte[] record : records) {
            assertThat(diff.takingIn(STREAM, record, "")).isEmpty();
            assertThat(diff.takingInOwn(STREAM, record)).isEmpty();
            assertThat(diff.seeing(STREAM, record))
                    .allSatisfy(seen -> assertThat(seen.differences()).isEmpty());
            assertThat(diff.reading(READER, STREAM, record)).isEmpty();
        }
    }

    @Property(tries = 300)
    void what_becomes_of_a_record_differs_exactly_where_it_is_told(
            @ForAll("bundles") TestBundle one,
            @ForAll("bundles") TestBundle other,
            @ForAll("records") List<byte[]> records) {
        CompiledPolicy before = open(one);
        CompiledPolicy after = open(other);
        DecisionDiff diff = new DecisionDiff(before, after);
        for (byte[] record : records) {
            PolicyDecision old = before.decide(STREAM, record);
            PolicyDecision made = after.decide(STREAM, record);
            List<Difference> told = diff.takingIn(STREAM, record, "");

            assertThat(told.stream().anyMatch(each -> each.kind() == Kind.CLASSIFICATION))
                    .isEqualTo(old.classification() != made.classification());
            List<String> places = told.stream()
                    .filter(each -> each.kind() == Kind.HANDLING)
                    .map(Difference::pointer)
                    .toList();
            assertThat(places)
                    .allSatisfy(place -> assertThat(inside(place, kept(old))).isNotEqualTo(inside(place, kept(made))));
            TreeSet<String> oldElsewhere = kept(old);
            TreeSet<String> newElsewhere = kept(made);
            places.forEach(place -> {
                oldElsewhere.removeAll(inside(place, kept(old)));
                newElsewhere.removeAll(inside(place, kept(made)));
            });
            assertThat(oldElsewhere).isEqualTo(newElsewhere);
        }
    }

    @Property(tries = 300)
    void what_readers_see_differs_exactly_where_it_is_told(
            @ForAll("bundles") TestBundle one,
            @ForAll("bundles") TestBundle other,
            @ForAll("records") List<byte[]> records) {
        CompiledPolicy before = open(one);
        CompiledPolicy after = open(other);
        DecisionDiff diff = new DecisionDiff(before, after);
        for (byte[] record : records) {
            TreeSet<String> old = seen(before, record);
            TreeSet<String> made = seen(after, record);
            List<Difference> told = diff.reading(READER, STREAM, record);

            assertThat(told).allSatisfy(each -> {
                assertThat(each.before()).isNotEqualTo(each.after());
                assertThat(inside(each.pointer(), old)).isNotEqualTo(inside(each.pointer(), made));
            });
            TreeSet<String> oldElsewhere = new TreeSet<>(old);
            TreeSet<String> newElsewhere = new TreeSet<>(made);
            told.forEach(each -> {
                oldElsewhere.removeAll(inside(each.pointer(), old));
                newElsewhere.removeAll(inside(each.pointer(), made));
            });
            // Elsewhere a bundle may cut an object into fields, to which the same is done as to the whole.
            assertThat(outcomes(oldElsewhere, newElsewhere)).isEqualTo(outcomes(newElsewhere, oldElsewhere));
            assertThat(diff.seeing(STREAM, record).stream()
                            .filter(seen ->
                                    seen.use() == Use.READ && seen.roles().contains("R"))
                            .flatMap(seen -> seen.differences().stream()))
                    .containsExactlyElementsOf(told);
        }
    }

    private static CompiledPolicy open(TestBundle bundle) {
        return bundle.file("access.yaml", "rules:\n  - {roles: ['*'], operations: ['*']}\n")
                .compile();
    }

    /** What is kept of the fields that do not stand in clear: place, a space, how. */
    private static TreeSet<String> kept(PolicyDecision decision) {
        TreeSet<String> kept = new TreeSet<>();
        decision.commitments().forEach(each -> kept.add(each.pointer() + "/ " + each.classification()));
        decision.dropped().forEach(each -> kept.add(each + "/ dropped"));
        decision.hashed().stream().map(Hashed::pointer).forEach(each -> kept.add(each + "/ hashed"));
        return kept;
    }

    private static TreeSet<String> seen(CompiledPolicy policy, byte[] record) {
        TreeSet<String> seen = new TreeSet<>();
        for (FieldView view : policy.read(READER, STREAM, record).fields()) {
            String how = view instanceof FieldView.Masked masked
                    ? masked.mask().text()
                    : view.getClass().getSimpleName();
            seen.add(view.pointer() + "/ " + how);
        }
        return seen;
    }

    private static TreeSet<String> inside(String place, Set<String> all) {
        TreeSet<String> inside = new TreeSet<>();
        all.stream().filter(each -> each.startsWith(place + "/")).forEach(inside::add);
        return inside;
    }

    /** Of each of the places, what becomes of all that stands there or inside, if it is in the others too. */
    private static Map<String, Set<String>> outcomes(Set<String> places, Set<String> others) {
        TreeSet<String> outer = new TreeSet<>();
        TreeSet<String> all = new TreeSet<>(places);
        all.addAll(others);
        for (String each : all) {
            String place = each.substring(0, each.lastIndexOf(' '));
            if (outer.stream().noneMatch(place::startsWith)) {
                outer.add(place);
            }
        }
        Map<String, Set<String>> outcomes = new TreeMap<>();
        for (String place : outer) {
            Set<String> how = new TreeSet<>();
            places.stream()
                    .filter(each -> each.startsWith(place))
                    .forEach(each -> how.add(each.substring(each.lastIndexOf(' '))));
            outcomes.put(place, how);
        }
        return outcomes;
    }

    @Provide
    Arbitrary<TestBundle> bundles() {
        return RandomPolicies.bundles();
    }

    @Provide
    Arbitrary<List<byte[]>> records() {
        return RandomPolicies.records();
    }
}
