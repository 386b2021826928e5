package io.strongroom.evidence.dsse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Vectors;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.json.JsonReader;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DsseEnvelopeTest {
    private static final SigningKey ED25519 = SigningKey.ofSeed(SigningAlgorithm.ED25519, new byte[32]);
    private static final SigningKey ML_DSA = SigningKey.ofSeed(SigningAlgorithm.ML_DSA_44, new byte[32]);

    @Test
    void theEncodingThatIsSignedIsThatOfTheProtocolsVectors() {
        // The vectors have numbers as long as their curve's, which stand outside I-JSON: read only what is needed.
        String json = Vectors.text("dsse/dsse-pae.json");
        byte[] pae = DsseEnvelope.pae("http://example.com/HelloWorld", "hello world".getBytes(StandardCharsets.UTF_8));
        assertThat(HexFormat.of().formatHex(pae)).isEqualTo(Vectors.member(json, "pae_hex"));
        JsonReader extra =
                JsonReader.of(json.substring(json.indexOf('[', json.indexOf("extra_pae")), json.lastIndexOf(']') + 1)
                        .getBytes(StandardCharsets.UTF_8));
        extra.beginArray();
        int checked = 0;
        while (extra.hasNext()) {
            JsonSlice slice = extra.slice();
            CanonicalObject vector = CanonicalObject.of(slice.toBytes());
            byte[] body = HexFormat.of().parseHex(vector.require("body_hex").string());
            assertThat(HexFormat.of()
                            .formatHex(DsseEnvelope.pae(vector.require("type").string(), body)))
                    .isEqualTo(vector.require("pae_hex").string());
            checked++;
        }
        assertThat(checked).isEqualTo(3);
    }

    @Test
    void theEncodingThatIsSignedCountsBytesNotCharacters() {
        byte[] pae = DsseEnvelope.pae("t\u00e9/\ud83d\ude00", "\u20ac!".getBytes(StandardCharsets.UTF_8));
        assertThat(new String(pae, StandardCharsets.UTF_8)).isEqualTo("DSSEv1 8 t\u00e9/\ud83d\ude00 4 \u20ac!");
    }

    @Test
    void anEnvelopeHasAtMostThirtyTwoSignatures() {
        for (int count : new int[] {32, 33}) {
            String signatures = String.join(",", Collections.nCopies(count, "{\"sig\":\"AA==\"}"));
            byte[] json = ("{\"payload\":\"AA==\",\"payloadType\":\"t\",\"signatures\":[" + signatures + "]}")
                    .getBytes(StandardCharsets.UTF_8);
            if (count == 32) {
                assertThat(DsseEnvelope.parse(json).signatures()).hasSize(32);
            } else {
                assertThatExceptionOfType(JsonException.class).isThrownBy(() -> DsseEnvelope.parse(json));
            }
        }
    }

    @Test
    void anEnvelopeComesBackFromItsJsonAndNamesWhoSigned() {
        DsseEnvelope envelope = DsseEnvelope.sign("text/plain", new byte[] {1, 2}, List.of(ED25519, ML_DSA));
        DsseEnvelope again = DsseEnvelope.parse(envelope.toJson());
        assertThat(again.verifiedBy(List.of(ED25519.verifyingKey(), ML_DSA.verifyingKey())))
                .hasSize(2);
        assertThat(again.toJson()).isEqualTo(envelope.toJson());
        DsseEnvelope other = new DsseEnvelope("text/html", again.payload(), again.signatures());
        assertThat(other.verifiedBy(List.of(ED25519.verifyingKey(), ML_DSA.verifyingKey())))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":[]}",
                "{\"payload\":\"AA\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"AA==\"}]}",
                "{\"payload\":\"AB==\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"AA==\"}]}",
                "{\"payload\":\"AA==\",\"signatures\":[{\"sig\":\"AA==\"}]}",
                "{\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"AA==\"}]}",
                "{\"payload\":\"AA==\",\"payloadType\":\"t\"}",
                "{\"payload\":\"AA==\",\"payloadType\":\"t\",\"signatures\":[{\"keyid\":\"k\"}]}",
                "{\"payload\":\"AA==\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"AA==\",\"alg\":\"none\"}]}",
                "{\"payload\":\"AA==\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"AA==\"}],\"more\":1}",
                "{\"payload\":\"AA==\",\"payload\":\"AA==\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"AA==\"}]}"
            })
    void malformedEnvelopesAreRefused(String json) {
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> DsseEnvelope.parse(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aStatementComesBackFromItsJson() {
        InTotoStatement statement = new InTotoStatement(
                List.of(InTotoStatement.Subject.of("a/b", Digest.of(new byte[] {1}))),
                "urn:example:v1",
                "{\"x\":1}".getBytes(StandardCharsets.UTF_8));
        InTotoStatement again = InTotoStatement.parse(statement.toJson());
        assertThat(again.subjects()).isEqualTo(statement.subjects());
        assertThat(again.predicate()).isEqualTo(statement.predicate());
        assertThat(new String(statement.toJson(), StandardCharsets.UTF_8))
                .startsWith("{\"_type\":\"https://in-toto.io/Statement/v1\",\"predicate\":{\"x\":1},");
    }

    @Test
    void aStatementOfAnotherTypeOrWithASubjectTwiceIsRefused() {
        String subject = "{\"digest\":{\"sha256\":\"" + "0".repeat(64) + "\"},\"name\":\"a\"}";
        String head =
                "{\"_type\":\"https://in-toto.io/Statement/v1\",\"predicate\":{},\"predicateType\":\"t\",\"subject\":[";
        InTotoStatement.parse((head + subject + "]}").getBytes(StandardCharsets.UTF_8));
        for (String json : List.of(
                head + subject + "," + subject + "]}",
                head + "]}",
                head.replace("/v1", "/v2") + subject + "]}",
                head.replace("\"_type\":\"https://in-toto.io/Statement/v1\",", "") + subject + "]}",
                head.replace("\"predicateType\":\"t\",", "") + subject + "]}",
                head.replace("\"predicate\":{},", "") + subject + "]}",
                head.replace("{},", "{},\"more\":1,") + subject + "]}",
                head + "{\"name\":\"a\"}]}",
                head + "{\"digest\":{},\"name\":\"a\"}]}",
                head + subject.replace(",\"name\":\"a\"", "") + "]}",
                head.replace("{},", "[],") + subject + "]}")) {
            assertThatExceptionOfType(JsonException.class)
                    .isThrownBy(() -> InTotoStatement.parse(json.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
