package io.strongroom.evidence.pack.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.strongroom.evidence.dsse.DsseEnvelope;
import io.strongroom.evidence.dsse.InTotoStatement;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.pack.write.PackFixture;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the pack's keys sign is a statement about a pack, and nothing else that they may have signed passes for one. */
class SignedManifestTest {
    private static final List<SigningKey> KEYS = List.of(PackFixture.PACK, PackFixture.PACK_PQ);
    private static final PackFiles PACK = PackFiles.of(PackFixture.log(3).pack(0, 3));
    private static final String STATEMENT =
            new String(DsseEnvelope.parse(PACK.get(PackLayout.SIGNED_MANIFEST)).payload(), StandardCharsets.UTF_8);

    private static byte[] signed(String type, String statement) {
        return DsseEnvelope.sign(type, statement.getBytes(StandardCharsets.UTF_8), KEYS)
                .toJson();
    }

    @Test
    void theStatementOfAPackIsRead() throws RefusedException {
        SignedManifest manifest = SignedManifest.parse(signed(InTotoStatement.PAYLOAD_TYPE, STATEMENT));
        assertThat(manifest.subjects()).containsKey(PackLayout.MANIFEST).doesNotContainKey(PackLayout.TAG_MANIFEST);
        assertThat(manifest.size()).isEqualTo(3);
    }

    @Test
    void aPayloadOfAnotherTypeIsRefused() {
        for (String type : List.of("", "application/json", InTotoStatement.PAYLOAD_TYPE + ";v=2")) {
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> SignedManifest.parse(signed(type, STATEMENT)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "urn:strongroom:pack:v1 | urn:strongroom:pack:v2",
                "urn:strongroom:pack:v1 | urn:strongroom:approval:v1",
                "\"digest\":{\"sha256\" | \"digest\":{\"sha1\":\"00\",\"sha256\"",
                "\"digest\":{\"sha256\" | \"digest\":{\"sha512\"",
                "\"digest\":{\"sha256\":\" | \"digest\":{\"sha256\":\"0",
                "\"name\":\"README | \"mediaType\":\"text/plain\",\"name\":\"README",
                "{\"createdAt\" | {\"a\":1,\"createdAt\"",
                "\"size\":3 | \"size\":\"3\"",
                "\"_type\": | \"_type\" :",
            })
    void aStatementThatSaysMoreOrOtherwiseIsRefused(String part, String other) {
        String changed = STATEMENT.replaceFirst(Pattern.quote(part), other);
        assertThat(changed).isNotEqualTo(STATEMENT);
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> SignedManifest.parse(signed(InTotoStatement.PAYLOAD_TYPE, changed)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"packageId\":\"pack-01\" | \"packageId\":\"pack-02\"",
                "\"tenantId\":\"acme\" | \"tenantId\":\"other\"",
                "\"createdAt\":\"2026 | \"createdAt\":\"2027",
                "appliance.example/acme | other.example/acme",
                "\"root\":\"sha256: | \"root\":\"sha257:",
                "\"size\":3 | \"size\":4",
            })
    void whatItSaysOfThePackIsWhatTheManifestSays(String part, String other) {
        String predicate = new String(PACK.predicate(), StandardCharsets.UTF_8);
        String changed = predicate.replace(part, other);
        assertThat(changed).isNotEqualTo(predicate);
        PackFiles pack = PACK.copy();
        pack.seal(changed.getBytes(StandardCharsets.UTF_8), PackFixture.PACK, PackFixture.PACK_PQ);
        Ladder ladder = pack.verify(PackFixture.trust());
        assertThat(ladder.verdict(Rung.SIGNED).outcome()).isEqualTo(Verdict.Outcome.FAILED);
        assertThat(ladder.failure().orElseThrow().file()).isEqualTo(PackLayout.MANIFEST);
    }

    @Test
    void eachKeySignsOnceAndBothDo() {
        List<SigningKey> twice = new ArrayList<>(KEYS);
        twice.add(PackFixture.PACK_PQ);
        for (List<SigningKey> keys : List.of(twice, KEYS.subList(0, 1), KEYS.subList(1, 2))) {
            PackFiles pack = PACK.copy();
            pack.seal(keys.toArray(SigningKey[]::new));
            Ladder ladder = pack.verify(PackFixture.trust());
            assertThat(ladder.verdict(Rung.SIGNED).outcome()).isEqualTo(Verdict.Outcome.FAILED);
        }
    }
}
