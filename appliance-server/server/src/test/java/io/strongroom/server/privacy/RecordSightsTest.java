package io.strongroom.server.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.field.Commitments;
import io.strongroom.evidence.field.Disclosure;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.field.Withheld;
import io.strongroom.policies.Caller;
import io.strongroom.policies.Classification;
import io.strongroom.policies.bundle.BundleLoader;
import io.strongroom.policies.evaluate.CompiledPolicy;
import io.strongroom.server.privacy.DisclosureOpener.Opened;
import io.strongroom.server.privacy.SeenField.Closed;
import io.strongroom.server.privacy.SeenField.Closed.Cause;
import io.strongroom.server.privacy.SeenField.Hidden;
import io.strongroom.server.privacy.SeenField.Masked;
import io.strongroom.server.privacy.SeenField.Shown;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each field is shown, masked or said to be hidden, and none is left out. */
class RecordSightsTest {
    private static final RecordId ID = RecordId.of(0, new byte[10]);
    private static final Withheld WITHHELD = Commitments.withhold(
            "{\"attributes\":{\"email\":\"y@example.com\",\"iban\":\"DE-12345678\",\"note\":{\"by\":\"ann\",\"text\":\"t\"}},\"purpose\":\"z\"}"
                    .getBytes(UTF_8),
            List.of(
                    JsonPointer.of("attributes", "email"),
                    JsonPointer.of("attributes", "iban"),
                    JsonPointer.of("attributes", "note")),
            new SecureRandom());
    private static final byte[] STORED = ("{\"_sd\":[\"" + String.join("\",\"", WITHHELD.digests())
                    + "\"],\"attributes\":{},\"purpose\":\"z\"}")
            .getBytes(UTF_8);
    private static final CompiledPolicy POLICY = policy("");
    private static final CompiledPolicy LATER = policy("  - {fields: [/purpose], mask: omit}\n");

    private static CompiledPolicy policy(String rules) {
        return policy("- {fields: [/attributes], class: CONFIDENTIAL}\n", rules);
    }

    private static CompiledPolicy policy(String classes, String rules) {
        Map<String, String> files = Map.of(
                "bundle.yaml",
                "name: test\nversion: \"1\"\n",
                "retention.yaml",
                "default: a\nclasses:\n  a: {years: 1}\n",
                "classification.yaml",
                "default: INTERNAL\nrules:\n" + classes,
                "access.yaml",
                "rules:\n- {roles: [Audit.*], operations: [records.read]}\n",
                "masking.yaml",
                "profiles:\n- name: all\n  roles: [Audit.Reader]\n  rules:\n" + rules
                        + "  - {fields: [/attributes/email, /attributes/note/by], mask: none}\n"
                        + "  - {fields: [/attributes/iban], mask: last4}\n");
        Map<String, byte[]> bytes = new java.util.HashMap<>();
        files.forEach((path, text) -> bytes.put(path, text.getBytes(UTF_8)));
        return new CompiledPolicy(BundleLoader.load(bytes), "");
    }

    private static List<Opened> all() {
        return WITHHELD.disclosures().stream()
                .map(disclosure -> new Opened(disclosure, Classification.CONFIDENTIAL))
                .toList();
    }

    private static RecordSight seen(CompiledPolicy policy, String role, DisclosureOpener opener) {
        return seen(policy, role, STORED, opener);
    }

    private static RecordSight seen(CompiledPolicy policy, String role, byte[] stored, DisclosureOpener opener) {
        Reader reader = new Reader(new Caller("r", Set.of(role), Map.of()), "", Instant.EPOCH, null);
        return new RecordSights(opener, new PolicyVisibility(policy))
                .of(reader, ID, Digest.of(stored), "audit.default", stored, List::of);
    }

    /** A record of these attributes, one of which is kept apart. */
    private record Kept(byte[] stored, List<Opened> opened) {
        static Kept of(String attributes, String apart, String left) {
            Withheld withheld = Commitments.withhold(
                    ("{\"attributes\":" + attributes + "}").getBytes(UTF_8),
                    List.of(JsonPointer.of("attributes", apart)),
                    new SecureRandom());
            String stored = "{\"_sd\":[\"" + withheld.digests().getFirst() + "\"],\"attributes\":" + left + "}";
            return new Kept(
                    stored.getBytes(UTF_8),
                    List.of(new Opened(withheld.disclosures().getFirst(), Classification.CONFIDENTIAL)));
        }
    }

    @Test
    void aFieldIsShownMaskedOrHiddenAsPolicySays() {
        RecordSight sight = seen(POLICY, "Audit.Reader", (id, digest, ciphertexts) -> all());

        assertThat(sight.showsRecord()).isTrue();
        assertThat(sight.disclosed())
                .extracting(Disclosure::pointer)
                .containsExactly(JsonPointer.of("attributes", "email"));
        assertThat(sight.fields())
                .anySatisfy(field -> assertThat(field).isInstanceOf(Shown.class))
                .anySatisfy(field -> {
                    assertThat(field).isInstanceOf(Masked.class);
                    assertThat(((Masked) field).rendering().string()).isEqualTo("****5678");
                    assertThat(((Masked) field).mask()).isEqualTo("last4");
                })
                .anySatisfy(field -> {
                    // Of an object that is kept apart as one, what may be seen is told without a proof.
                    assertThat(field).isInstanceOf(Masked.class);
                    assertThat(((Masked) field).rendering().string()).isEqualTo("ann");
                    assertThat(((Masked) field).mask()).isEqualTo("none");
                })
                .anySatisfy(field -> {
                    assertThat(field).isInstanceOf(Hidden.class);
                    assertThat(((Hidden) field).pointer()).hasToString("/attributes/note/text");
                    assertThat(((Hidden) field).reason()).isNotBlank();
                });
        assertThat(sight.findable())
                .as("an omitted field finds nothing")
                .extracting(Disclosure::pointer)
                .containsExactlyInAnyOrder(JsonPointer.of("attributes", "email"), JsonPointer.of("attributes", "iban"));
    }

    @Test
    void whatALaterPolicyHidesTakesTheRecordWithItAndLeavesTheRestToBeSeen() {
        RecordSight sight = seen(LATER, "Audit.Reader", (id, digest, ciphertexts) -> all());

        assertThat(sight.showsRecord()).isFalse();
        assertThat(sight.reason()).isNotBlank();
        assertThat(sight.disclosed()).isEmpty();
        assertThat(sight.fields()).noneMatch(Shown.class::isInstance).anySatisfy(field -> assertThat(field)
                .isInstanceOfSatisfying(
                        Hidden.class, hidden -> assertThat(hidden.pointer()).hasToString("/purpose")));
    }

    @Test
    void whoHasNoProfileSeesNothingThatIsKeptApartAndWhoHasNoRoleNothing() {
        RecordSight admin = seen(POLICY, "Audit.Admin", (id, digest, ciphertexts) -> all());
        assertThat(admin.showsRecord()).isTrue();
        assertThat(admin.fields()).hasSizeGreaterThanOrEqualTo(3).allMatch(Hidden.class::isInstance);

        RecordSight guest = seen(POLICY, "SRE.Admin", (id, digest, ciphertexts) -> all());
        assertThat(guest.showsRecord()).isFalse();
        assertThat(guest.fields()).isEmpty();
        assertThat(guest.reason()).contains("access.yaml");
    }

    @Test
    void whatNobodyCanOpenIsStillSaidToBeThere() {
        RecordSight erased = seen(POLICY, "Audit.Reader", (id, digest, ciphertexts) -> List.of());
        assertThat(erased.showsRecord()).isTrue();
        assertThat(erased.fields())
                .filteredOn(Closed.class::isInstance)
                .hasSize(3)
                .allSatisfy(field -> assertThat(((Closed) field).cause()).isEqualTo(Cause.ERASED));
        assertThat(erased.fields())
                .as("what is left around it is hidden as it was")
                .filteredOn(Hidden.class::isInstance)
                .singleElement()
                .satisfies(field -> assertThat(((Hidden) field).pointer()).hasToString("/attributes"));
        RecordSight damaged = seen(POLICY, "Audit.Reader", (id, digest, ciphertexts) -> {
            throw new DisclosureDamagedException("damaged");
        });
        assertThat(damaged.isDamaged()).isTrue();
        assertThat(damaged.fields()).filteredOn(Closed.class::isInstance).hasSize(3);
    }

    @Test
    void aFieldInClearIsHiddenThoughItsNameBeginsAsThatOfOneWhichIsKeptApart() {
        Kept kept = Kept.of("{\"email\":\"a\",\"emails\":\"b\"}", "email", "{\"emails\":\"b\"}");

        RecordSight sight = seen(POLICY, "Audit.Reader", kept.stored(), (id, digest, ciphertexts) -> kept.opened());

        assertThat(sight.showsRecord()).isFalse();
        assertThat(sight.fields())
                .filteredOn(Hidden.class::isInstance)
                .singleElement()
                .satisfies(field -> assertThat(((Hidden) field).pointer()).hasToString("/attributes/emails"));
    }

    @Test
    void whatIsErasedIsSaidToBeThereThoughAllElseIsShown() {
        Kept kept = Kept.of("{\"email\":\"a\",\"note\":{\"by\":\"b\"}}", "email", "{\"note\":{\"by\":\"b\"}}");

        RecordSight sight = seen(POLICY, "Audit.Reader", kept.stored(), (id, digest, ciphertexts) -> List.of());

        assertThat(sight.showsRecord()).isTrue();
        assertThat(sight.fields()).singleElement().isInstanceOf(Closed.class);
    }

    @Test
    void anObjectThatIsKeptApartIsOfTheHighestClassOfWhatIsInIt() {
        Kept kept = Kept.of("{\"note\":{\"by\":\"b\",\"text\":\"t\"}}", "note", "{}");
        CompiledPolicy policy = policy(
                "- {fields: [/attributes], class: CONFIDENTIAL}\n- {fields: [/attributes/note/by], class: RESTRICTED}\n",
                "  - {fields: [/attributes/note], mask: none}\n");

        RecordSight sight = seen(policy, "Audit.Reader", kept.stored(), (id, digest, ciphertexts) -> kept.opened());

        assertThat(sight.fields()).singleElement().isInstanceOfSatisfying(Shown.class, shown -> assertThat(
                        shown.classification())
                .isEqualTo(Classification.RESTRICTED));
    }

    @Test
    void anObjectThatCameEmptyIsHiddenAsAnyFieldInClear() {
        byte[] stored = "{\"labels\":{},\"purpose\":\"z\"}".getBytes(UTF_8);
        Reader reader = new Reader(new Caller("r", Set.of("Audit.Reader"), Map.of()), "", Instant.EPOCH, null);

        RecordSight sight = new RecordSights(
                        (id, digest, ciphertexts) -> all(),
                        new PolicyVisibility(policy("  - {fields: [/labels], mask: omit}\n")))
                .of(reader, ID, Digest.of(stored), "audit.default", stored, List::of);

        assertThat(sight.showsRecord()).isFalse();
        assertThat(sight.told()).asString(UTF_8).isEqualTo("{\"purpose\":\"z\"}");
        assertThat(sight.fields())
                .filteredOn(Hidden.class::isInstance)
                .singleElement()
                .satisfies(field -> assertThat(((Hidden) field).pointer()).hasToString("/labels"));
    }

    @Test
    void aRecordThatCommitsToNothingIsRecognised() {
        assertThat(RecordSights.commits(STORED)).isTrue();
        assertThat(RecordSights.commits("{\"action\":\"_sd\"}".getBytes(UTF_8))).isFalse();
        assertThat(RecordSights.commits(new byte[0])).isFalse();
    }
}
