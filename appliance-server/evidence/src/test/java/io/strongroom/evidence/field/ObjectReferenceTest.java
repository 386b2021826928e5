package io.strongroom.evidence.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonSlice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectReferenceTest {
    private static final Digest DIGEST = Digest.of(new byte[] {1});
    private static final String REFERENCE = "{\"$object\":\"" + DIGEST + "\",\"bytes\":81920}";

    private static byte[] bytes(String json) {
        return CanonicalJson.of(json.getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectReference read(String json) {
        return ObjectReference.of(CanonicalObject.ofCanonical(bytes(json)));
    }

    private static List<String> places(byte[] json) {
        List<String> places = new ArrayList<>();
        ObjectReference.each(
                new JsonSlice(json, 0, json.length),
                JsonPointer.parse(""),
                (place, object) -> places.add(place.toString()));
        return places;
    }

    private static boolean any(byte[] json) {
        return ObjectReference.any(json, 0, json.length);
    }

    @Test
    void aReferenceNamesDigestLengthAndPerhapsAType() {
        assertThat(read(REFERENCE)).isEqualTo(new ObjectReference(DIGEST, 81_920, null));
        assertThat(read(REFERENCE.replace("}", ",\"mediaType\":\"image/svg+xml\"}")))
                .isEqualTo(new ObjectReference(DIGEST, 81_920, "image/svg+xml"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$object\":\"sha256:00\",\"bytes\":1}",
                "{\"$object\":7,\"bytes\":1}",
                "{\"$object\":null,\"bytes\":1}",
                "{\"$object\":\"D\"}",
                "{\"$object\":\"D\",\"bytes\":\"1\"}",
                "{\"$object\":\"D\",\"bytes\":1.5}",
                "{\"$object\":\"D\",\"bytes\":-1}",
                "{\"$object\":\"D\",\"bytes\":1,\"more\":1}",
                "{\"$object\":\"D\",\"bytes\":1,\"mediaType\":7}",
                "{\"$object\":\"D\",\"bytes\":1,\"mediaType\":\"text\"}",
                "{\"$object\":\"D\",\"bytes\":1,\"mediaType\":\"text/plain; charset=secret\"}"
            })
    void anythingElseWithTheMemberIsNone(String json) {
        String document = json.replace("\"D\"", "\"" + DIGEST + "\"");
        assertThatThrownBy(() -> read(document))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
        assertThat(ObjectReference.find(CanonicalObject.ofCanonical(bytes(document))))
                .isEmpty();
    }

    @Test
    void referencesAreFoundAtAnyDepthWithTheirPlaces() {
        byte[] json = bytes("{\"a\":{\"b/c\":R,\"d\":[1,R,[R]]},\"e\":\"$object\",\"f\":R}".replace("R", REFERENCE));
        assertThat(places(json)).containsExactly("/a/b~1c", "/a/d/1", "/a/d/2/0", "/f");
        assertThat(any(json)).isTrue();
    }

    @Test
    void whatIsSaidInAStringIsNoReference() {
        byte[] json = bytes("{\"a\":\"{\\\"$object\\\":\\\"" + DIGEST + "\\\",\\\"bytes\\\":1}\",\"b\":\"$object\"}");
        assertThat(places(json)).isEmpty();
        assertThat(any(json)).isFalse();
        assertThat(ObjectReference.any(new byte[3], 0, 3)).isFalse();
    }

    @Property
    void theQuickLookAgreesWithTheThoroughOne(
            @ForAll @Size(max = 6) List<String> names, @ForAll boolean referring, @ForAll String text) {
        StringBuilder json = new StringBuilder();
        int depth = 0;
        for (String name : names) {
            json.append("{\"n")
                    .append(Integer.toHexString(name.hashCode()))
                    .append(depth++)
                    .append("\":");
        }
        json.append(referring ? REFERENCE : "{\"text\":\"$object: " + Integer.toHexString(text.hashCode()) + "\"}");
        json.append("}".repeat(names.size()));
        byte[] canonical = bytes(json.toString());
        assertThat(any(canonical)).isEqualTo(!places(canonical).isEmpty()).isEqualTo(referring);
    }
}
