package io.strongroom.evidence.field;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.strongroom.evidence.Vectors;
import io.strongroom.evidence.field.Commitment.Verdict;
import io.strongroom.evidence.field.DisclosureException.Reason;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.CanonicalWriter;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CommitmentsTest {
    private static final byte[] DOCUMENT = json("""
            {"action":"Login","actor":{"id":"u1","name":"Ann","type":"User"},
             "attributes":{"email":"ann@example.com","list":[{"a":1}],"a/b":{"~c":true}},"outcome":"success"}""");
    private final SecureRandom random = new SecureRandom();

    private static byte[] json(String text) {
        return CanonicalJson.of(text.getBytes(UTF_8));
    }

    private static List<JsonPointer> pointers(String... texts) {
        return Arrays.stream(texts).map(JsonPointer::parse).toList();
    }

    /** The stored record: the document with its digests. */
    private static byte[] record(Withheld withheld) {
        CanonicalWriter digests = new CanonicalWriter();
        digests.beginObject().name("_sd").beginArray();
        withheld.digests().forEach(digests::string);
        digests.endArray().endObject();
        return CanonicalObject.ofCanonical(withheld.document()).merge(CanonicalObject.ofCanonical(digests.toBytes()));
    }

    private static Reason refusal(byte[] record, List<Disclosure> disclosures) {
        DisclosureException refused =
                catchThrowableOfType(DisclosureException.class, () -> Commitments.check(record, disclosures, Set.of()));
        assertThat(refused).isNotNull();
        return refused.reason();
    }

    @Test
    void digestsAreThoseOfRfc9901() {
        Matcher vectors = Pattern.compile("\"disclosure\":\\s*\"([^\"]+)\",\\s*\"sha256_b64url\":\\s*\"([^\"]+)\"")
                .matcher(Vectors.text("sd-jwt/disclosure-digests.json"));
        int seen = 0;
        while (vectors.find()) {
            assertThat(Disclosure.digestOf(vectors.group(1))).isEqualTo(vectors.group(2));
            // Those are arrays of another shape, with spaces: no disclosures of ours.
            DisclosureException refused =
                    catchThrowableOfType(DisclosureException.class, () -> Disclosure.parse(vectors.group(1)));
            assertThat(refused.reason()).isEqualTo(Reason.MALFORMED);
            seen++;
        }
        assertThat(seen).isEqualTo(2);
    }

    @Test
    void aDisclosureHasTheBytesThatTheFormatSays() {
        Disclosure disclosure = Disclosure.of(
                new byte[16],
                JsonPointer.parse("/a"),
                CanonicalObject.of(json("{\"x\":\"é\"}")).require("x"));
        String expected = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("[\"AAAAAAAAAAAAAAAAAAAAAA\",\"/a\",\"é\"]".getBytes(UTF_8));
        assertThat(disclosure.encoded()).isEqualTo(expected);
        assertThat(Disclosure.parse(expected)).isEqualTo(disclosure);
        // Calculated with sha256sum and basenc.
        assertThat(disclosure.digest()).isEqualTo("32CR_7QghMe_m2noB5Q9q5mTZj1bH97YQXdZqQocB8s");
    }

    @Test
    void withheldMembersAreGoneAndTheirDisclosuresGiveThemBack() {
        Withheld withheld = Commitments.withhold(
                DOCUMENT, pointers("/attributes/email", "/actor/name", "/attributes/a~1b/~0c", "/absent/x"), random);

        assertThat(new String(withheld.document(), UTF_8))
                .isEqualTo("{\"action\":\"Login\",\"actor\":{\"id\":\"u1\",\"type\":\"User\"},"
                        + "\"attributes\":{\"a/b\":{},\"list\":[{\"a\":1}]},\"outcome\":\"success\"}");
        assertThat(CanonicalJson.isCanonical(withheld.document())).isTrue();
        assertThat(withheld.disclosures())
                .extracting(d -> d.pointer() + "=" + new String(d.value().toBytes(), UTF_8))
                .containsExactlyInAnyOrder(
                        "/actor/name=\"Ann\"", "/attributes/email=\"ann@example.com\"", "/attributes/a~1b/~0c=true");
        assertThat(withheld.digests()).isSorted().hasSize(3);
        assertThat(new HashSet<>(
                        withheld.disclosures().stream().map(Disclosure::salt).toList()))
                .hasSize(3);

        List<Disclosure> parsed = withheld.disclosures().stream()
                .map(Disclosure::encoded)
                .map(Disclosure::parse)
                .toList();
        assertThat(parsed).isEqualTo(withheld.disclosures());
        assertThat(Commitments.check(record(withheld), parsed, Set.of()))
                .extracting(Commitment::verdict)
                .containsOnly(Verdict.PRESENT);
        assertThat(Commitments.reveal(withheld.document(), parsed)).isEqualTo(DOCUMENT);
        assertThat(Commitments.reveal(withheld.document(), List.of())).isEqualTo(withheld.document());
    }

    @Test
    void theSameValueHasAnotherDigestEachTime() {
        String first = Commitments.withhold(DOCUMENT, pointers("/outcome"), random)
                .digests()
                .getFirst();
        String second = Commitments.withhold(DOCUMENT, pointers("/outcome"), random)
                .digests()
                .getFirst();
        assertThat(first).isNotEqualTo(second);
    }

    @Test
    void aWholeObjectOrArrayIsWithheldAsOneMember() {
        Withheld withheld = Commitments.withhold(DOCUMENT, pointers("/actor", "/attributes/list"), random);
        assertThat(CanonicalObject.ofCanonical(withheld.document()).has("actor"))
                .isFalse();
        assertThat(withheld.disclosures()).hasSize(2);
    }

    @Test
    void nothingInAnArrayIsWithheldAndNothingInsideAnother() {
        for (List<JsonPointer> bad : List.of(
                pointers("/attributes/list/0"),
                pointers("/attributes/list/0/a"),
                pointers("/actor", "/actor/name"),
                pointers("/actor/name", "/actor"),
                pointers(""))) {
            assertThatIllegalArgumentException()
                    .as(bad.toString())
                    .isThrownBy(() -> Commitments.withhold(DOCUMENT, bad, random));
        }
    }

    @Test
    void aFieldWithoutItsDisclosureIsWithheldOrErased() {
        Withheld withheld = Commitments.withhold(DOCUMENT, pointers("/actor/name", "/outcome"), random);
        Disclosure name = withheld.disclosures().getFirst();
        Disclosure outcome = withheld.disclosures().getLast();
        byte[] record = record(withheld);

        assertThat(Commitments.check(record, List.of(name), Set.of()))
                .extracting(Commitment::digest, Commitment::verdict)
                .containsExactlyInAnyOrder(
                        tuple(name.digest(), Verdict.PRESENT), tuple(outcome.digest(), Verdict.WITHHELD));
        assertThat(Commitments.check(record, List.of(name), Set.of(outcome.digest())))
                .extracting(Commitment::verdict)
                .containsExactlyInAnyOrder(Verdict.PRESENT, Verdict.ERASED);
        assertThat(Commitments.check(DOCUMENT, List.of(), Set.of())).isEmpty();
    }

    @Test
    void disclosuresThatDoNotBelongAreRefused() {
        Withheld withheld = Commitments.withhold(DOCUMENT, pointers("/actor/name"), random);
        byte[] record = record(withheld);
        Disclosure good = withheld.disclosures().getFirst();
        Disclosure stranger = Disclosure.of(new byte[16], good.pointer(), good.value());

        assertThat(refusal(record, List.of(stranger))).isEqualTo(Reason.NO_DIGEST);
        assertThat(refusal(record, List.of(good, good))).isEqualTo(Reason.OVERLAPPING);
        assertThat(refusal(with(stranger, good), List.of(stranger, good))).isEqualTo(Reason.OVERLAPPING);

        Disclosure inside = Disclosure.of(new byte[16], JsonPointer.parse("/actor/name/x"), good.value());
        assertThat(refusal(with(good, inside), List.of(inside, good))).isEqualTo(Reason.OVERLAPPING);

        Disclosure present = Disclosure.of(new byte[16], JsonPointer.parse("/outcome"), good.value());
        assertThat(refusal(with(present), List.of(present))).isEqualTo(Reason.ALREADY_IN_RECORD);

        for (String nowhere : new String[] {"/nobody/x", "/outcome/x", "/attributes/list/0"}) {
            Disclosure placeless = Disclosure.of(new byte[16], JsonPointer.parse(nowhere), good.value());
            assertThat(refusal(with(placeless), List.of(placeless))).isEqualTo(Reason.NO_PLACE_IN_RECORD);
        }
    }

    private static byte[] with(Disclosure... disclosures) {
        byte[] reduced = json("{\"actor\":{\"id\":1},\"attributes\":{\"list\":[1]},\"outcome\":\"x\"}");
        List<String> digests =
                Arrays.stream(disclosures).map(Disclosure::digest).sorted().toList();
        return record(new Withheld(reduced, List.of(disclosures), digests));
    }

    @Test
    void digestsThatAreNotSortedOrNotDigestsAreRefused() {
        String a = "A".repeat(43);
        String b = "B".repeat(43);
        for (String bad : new String[] {
            "\"" + a + "\"",
            "[\"" + b + "\",\"" + a + "\"]",
            "[\"" + a + "\",\"" + a + "\"]",
            "[\"" + a + "=\"]",
            "[\"short\"]",
            "[1]",
            "{}"
        }) {
            assertThat(refusal(json("{\"_sd\":" + bad + "}"), List.of()))
                    .as(bad)
                    .isEqualTo(Reason.BAD_DIGESTS);
        }
    }

    @Test
    void aDisclosureHasOneForm() {
        String salt = "AAAAAAAAAAAAAAAAAAAAAA";
        List<String> bad = new ArrayList<>();
        for (String array : new String[] {
            "[]",
            "[\"" + salt + "\"]",
            "[\"" + salt + "\",\"/a\"]",
            "[\"" + salt + "\",\"/a\",1,2]",
            "[\"" + salt + "\", \"/a\",1]",
            "[\"" + salt + "\",\"a\",1]",
            "[\"" + salt + "\",\"\",1]",
            "[\"" + salt + "\",\"/~2\",1]",
            "[\"AAAAAAAAAAAAAAAAAAAAAB\",\"/a\",1]",
            "[\"AAAA\",\"/a\",1]",
            "[\"" + salt + "\",\"/a\",1.0]",
            "[1,\"/a\",1]",
            "{}",
            "1"
        }) {
            bad.add(Base64.getUrlEncoder().withoutPadding().encodeToString(array.getBytes(UTF_8)));
        }
        String good = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("[\"" + salt + "\",\"/a\",12]").getBytes(UTF_8));
        assertThat(Disclosure.parse(good).encoded()).isEqualTo(good);
        bad.add(good + "==");
        bad.add(good + "\n");
        bad.add(good.substring(1));
        bad.add("");
        bad.add("é");
        for (String encoded : bad) {
            DisclosureException refused =
                    catchThrowableOfType(DisclosureException.class, () -> Disclosure.parse(encoded));
            assertThat(refused).as(encoded).isNotNull();
            assertThat(refused.reason()).isEqualTo(Reason.MALFORMED);
        }
    }

    @Test
    void pointersAreThoseOfRfc6901() {
        assertThat(JsonPointer.parse("").tokens()).isEmpty();
        assertThat(JsonPointer.parse("/").tokens()).containsExactly("");
        assertThat(JsonPointer.parse("/a//b/").tokens()).containsExactly("a", "", "b", "");
        assertThat(JsonPointer.parse("/a~1b/m~0n/~01").tokens()).containsExactly("a/b", "m~n", "~1");
        assertThat(JsonPointer.of("a/b", "m~n", "")).isEqualTo(JsonPointer.parse("/a~1b/m~0n/"));
        assertThat(JsonPointer.parse("/a/b").isWithin(JsonPointer.parse("/a"))).isTrue();
        assertThat(JsonPointer.parse("/ab").isWithin(JsonPointer.parse("/a"))).isFalse();
        for (String bad : new String[] {"a", "/~", "/~2", "/a~"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> JsonPointer.parse(bad));
        }
    }
}
