package io.strongroom.policies.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.field.Commitments;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.policies.AccessRequest;
import io.strongroom.policies.Caller;
import io.strongroom.policies.FieldView;
import io.strongroom.policies.PolicyDecision;
import io.strongroom.policies.PolicyDecision.Commitment;
import io.strongroom.policies.RandomPolicies;
import io.strongroom.policies.TestBundle;
import io.strongroom.policies.ViewDecision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the bundle and the record: decisions repeat, fit together, and can be carried out. */
class PolicyProperties {
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

    @Provide
    Arbitrary<TestBundle> bundles() {
        return RandomPolicies.bundles();
    }

    @Provide
    Arbitrary<List<byte[]>> records() {
        return RandomPolicies.records();
    }
}
