package io.strongroom.server.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.TenantId;
import io.strongroom.evidence.field.Commitment;
import io.strongroom.evidence.field.Commitments;
import io.strongroom.evidence.field.Disclosure;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.policies.Classification;
import io.strongroom.policies.PolicyBundle;
import io.strongroom.policies.PolicyDecision;
import io.strongroom.server.FixedPolicy;
import io.strongroom.server.keys.RandomBytes;
import io.strongroom.server.privacy.FieldHashes;
import io.strongroom.server.privacy.Sealed;
import io.strongroom.server.privacy.SealedDisclosures;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a policy hides is not in the stored record, and can be proven to have been there. */
class HiddenFieldsTest {
    private static final FieldHashes HASHES =
            new FieldHashes(new SecretKeySpec(new byte[32], "HKDF"), new TenantId("acme"));
    private int[] findable = {};

    private static final PolicyBundle BUNDLE = new PolicyBundle("test", "c0ffee", "7", Digest.of(new byte[] {9}));
    private static final String DOCUMENT = "{\"actor\":{\"id\":\"patient-1\",\"type\":\"User\"},"
            + "\"attributes\":{\"email\":\"john@example.com\",\"carrier\":\"DHL\",\"ssn\":\"123\"},"
            + "\"purpose\":\"treatment\",\"source\":{\"id\":\"s\"},\"stream\":\"audit.default\",\"tenantId\":\"acme\"}";

    private final List<Disclosure> sealed = new ArrayList<>();
    private @Nullable String subject;

    @Test
    void committed_fields_leave_the_record_and_their_disclosures_match_it() {
        Draft draft = draft(decision(
                List.of(),
                Optional.of("/actor/id"),
                new PolicyDecision.Commitment("/attributes/email", Classification.CONFIDENTIAL),
                new PolicyDecision.Commitment("/attributes/not-there", Classification.CONFIDENTIAL),
                new PolicyDecision.Commitment("/actor/id", Classification.RESTRICTED)));

        String body = new String(draft.body(), StandardCharsets.UTF_8);
        assertThat(body)
                .startsWith("{\"_sd\":[\"")
                .contains("\"carrier\":\"DHL\"", "\"actor\":{\"type\":\"User\"}", "\"classification\":\"RESTRICTED\"")
                .contains("\"commit\":\"c0ffee\"")
                .doesNotContain("john@example.com", "patient-1");
        assertThat(CanonicalJson.isCanonical(draft.body())).isTrue();
        assertThat(draft.digest()).isEqualTo(Digest.of(draft.body()));

        List<Disclosure> disclosures = List.copyOf(sealed);
        assertThat(Commitments.check(draft.body(), disclosures, Set.of()))
                .hasSize(2)
                .allSatisfy(commitment -> assertThat(commitment.verdict()).isEqualTo(Commitment.Verdict.PRESENT));
        assertThat(draft.disclosures())
                .extracting(SealedDisclosures::classification)
                .containsExactly("CONFIDENTIAL", "RESTRICTED");
        assertThat(subject).isEqualTo("\"patient-1\"");
    }

    @Test
    void dropped_fields_leave_no_trace() {
        Draft draft = draft(decision(List.of("/attributes/ssn", "/purpose"), Optional.empty()));

        assertThat(new String(draft.body(), StandardCharsets.UTF_8))
                .contains("john@example.com")
                .doesNotContain("123\"", "purpose", "_sd");
        assertThat(CanonicalJson.isCanonical(draft.body())).isTrue();
        assertThat(draft.disclosures()).isEmpty();
    }

    @Test
    void a_field_named_twice_has_the_higher_class() {
        Draft draft = draft(decision(
                List.of(),
                Optional.of("/attributes/no/such"),
                new PolicyDecision.Commitment("/attributes/email", Classification.CONFIDENTIAL),
                new PolicyDecision.Commitment("/attributes/email", Classification.RESTRICTED)));

        assertThat(draft.disclosures())
                .extracting(SealedDisclosures::classification)
                .containsExactly("RESTRICTED");
        assertThat(subject).isNull();
    }

    @Test
    void a_policy_that_hides_what_it_cannot_refuses_the_record() {
        for (String pointer : List.of("/source/id", "/stream", "/tenantId", "", "no-pointer")) {
            assertThatThrownBy(() -> draft(decision(
                            List.of(),
                            Optional.empty(),
                            new PolicyDecision.Commitment(pointer, Classification.CONFIDENTIAL))))
                    .isInstanceOf(PolicyFaultException.class);
        }
        assertThatThrownBy(() -> draft(decision(
                        List.of(),
                        Optional.empty(),
                        new PolicyDecision.Commitment("/attributes", Classification.CONFIDENTIAL),
                        new PolicyDecision.Commitment("/attributes/email", Classification.CONFIDENTIAL))))
                .isInstanceOf(PolicyFaultException.class);
    }

    @Test
    void aHashTakesTheValuesPlaceAndIsTheSameForEqualValues() {
        PolicyDecision decision = decision(List.of(), Optional.empty());
        PolicyDecision hashing = new PolicyDecision(
                decision.bundle(),
                decision.classification(),
                decision.retention(),
                List.of(),
                List.of(),
                List.of(new PolicyDecision.Hashed("/attributes/email", "joins the events of one session")),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                "");

        String first = attribute(draft(hashing), "email");

        assertThat(first).matches("hmac-sha256:[0-9a-f]{64}").isEqualTo(attribute(draft(hashing), "email"));
        assertThat(draft(hashing).disclosures()).isEmpty();
    }

    private static String attribute(Draft draft, String name) {
        return CanonicalObject.ofCanonical(draft.body())
                .require("attributes")
                .object()
                .require(name)
                .string();
    }

    @Test
    void aFindableFieldIsHashedUnderItsPlaceAndItsValue() {
        PolicyDecision decision = decision(
                List.of(),
                Optional.empty(),
                new PolicyDecision.Commitment("/attributes/email", Classification.CONFIDENTIAL));
        draft(new PolicyDecision(
                decision.bundle(),
                decision.classification(),
                decision.retention(),
                decision.commitments(),
                List.of(),
                List.of(),
                List.of("/attributes/email"),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                ""));
        JsonSlice email = CanonicalObject.ofCanonical(CanonicalJson.of(DOCUMENT.getBytes(StandardCharsets.UTF_8)))
                .require("attributes")
                .object()
                .require("email");

        assertThat(findable).containsExactly(HASHES.findable("/attributes/email", email));
        assertThat(HASHES.findable("/attributes/mail", email)).isNotEqualTo(findable[0]);
    }

    @Test
    void aRecordThatPolicyRefusesIsNotMade() {
        PolicyDecision clear = decision(List.of(), Optional.empty());
        PolicyDecision refused = new PolicyDecision(
                clear.bundle(),
                clear.classification(),
                clear.retention(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.of("no rule fits"),
                List.of(),
                "");

        assertThatThrownBy(() -> draft(refused))
                .isInstanceOf(RecordRefusedException.class)
                .hasMessageContaining("no rule fits");
    }

    private static PolicyDecision decision(
            List<String> dropped, Optional<String> subject, PolicyDecision.Commitment... commitments) {
        return new PolicyDecision(
                BUNDLE, Classification.RESTRICTED, "audit-1y", Arrays.asList(commitments), dropped, subject);
    }

    private Draft draft(PolicyDecision decision) {
        RandomBytes random = new RandomBytes(new SecureRandom());
        RecordFactory factory = new RecordFactory(
                new FixedPolicy(decision),
                new RecordIds(InstantSource.system(), random),
                random,
                (id, digest, who, disclosures, hashes) -> {
                    findable = hashes;
                    subject = who;
                    disclosures.values().forEach(sealed::addAll);
                    return new Sealed(
                            new TreeMap<>(disclosures)
                                    .keySet().stream()
                                            .map(c -> new SealedDisclosures(c.name(), 1, new byte[0]))
                                            .toList(),
                            null);
                },
                (id, digest, who, body, line) ->
                        new Sealed(List.of(new SealedDisclosures(SealedDisclosures.LINE, 1, line)), null),
                HASHES,
                "");
        byte[] canonical = CanonicalJson.of(DOCUMENT.getBytes(StandardCharsets.UTF_8));
        return factory.draft(new Document(canonical, "audit.default", "s", null, null));
    }
}
