package io.strongroom.evidence.pack.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.pack.write.Attachment;
import io.strongroom.evidence.pack.write.PackFixture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A large value in a pack is evidence because a recorded reference names its digest. */
class ReferredObjectsTest {
    private static final byte[] SCAN = "a scan, as far as this test is concerned".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private static String reference(byte[] value, long length) {
        return "{\"$object\":\"" + Digest.of(value) + "\",\"bytes\":" + length + ",\"mediaType\":\"image/png\"}";
    }

    private static Attachment object(Digest name, byte[] value) {
        return new Attachment(PackLayout.object(name), value.length, () -> new ByteArrayInputStream(value));
    }

    private Ladder verify(PackFixture log, Attachment... objects) throws IOException {
        Path pack = folder.resolve("pack.zip");
        Files.write(
                pack,
                PackFixture.pack(
                        log.describe(0, log.size()), log.source(0, log.size(), s -> true, s -> true, objects), null));
        return new PackVerifier(PackFixture.trust(), Set.of()).verify(pack);
    }

    private static void assertFails(Ladder ladder, Digest name, String expected) {
        assertThat(ladder.verdict(Rung.RECORDED).outcome()).isEqualTo(Verdict.Outcome.FAILED);
        assertThat(ladder.failure().orElseThrow().file()).isEqualTo(PackLayout.object(name));
        assertThat(ladder.failure().orElseThrow().expected()).contains(expected);
    }

    @Test
    void aValueThatARecordOrADisclosureRefersToHolds() throws IOException {
        byte[] hidden = "another one".getBytes(StandardCharsets.UTF_8);
        PackFixture log = PackFixture.log(4);
        log.scan(reference(SCAN, SCAN.length), false);
        log.scan("{\"pages\":[" + reference(SCAN, SCAN.length) + "]}", false);
        log.scan(reference(hidden, hidden.length), true);

        Ladder ladder = verify(log, object(Digest.of(SCAN), SCAN), object(Digest.of(hidden), hidden));

        assertThat(ladder.exitCode()).as(ladder.toString()).isZero();
        assertThat(ladder.facts().objects()).isEqualTo(new PackFacts.Objects(3, 0));
    }

    @Test
    void aValueThatWasLeftOutIsSaidToBe() throws IOException {
        PackFixture log = PackFixture.log(4);
        log.scan(reference(SCAN, SCAN.length), false);

        Ladder ladder = verify(log);

        assertThat(ladder.exitCode()).isZero();
        assertThat(ladder.facts().objects()).isEqualTo(new PackFacts.Objects(0, 1));
    }

    @Test
    void aValueUnderAnothersNameFails() throws IOException {
        PackFixture log = PackFixture.log(4);
        log.scan(reference(SCAN, SCAN.length), false);
        byte[] forged = SCAN.clone();
        forged[3] ^= 1;

        assertFails(verify(log, object(Digest.of(SCAN), forged)), Digest.of(SCAN), "whose SHA-256 is its name");
    }

    @Test
    void aValueThatNoRecordRefersToFails() throws IOException {
        PackFixture log = PackFixture.log(4);
        log.scan("\"no reference\"", false);

        assertFails(verify(log, object(Digest.of(SCAN), SCAN)), Digest.of(SCAN), "a record in this pack refers to");
    }

    @Test
    void aValueOfAnotherLengthThanRecordedFails() throws IOException {
        PackFixture log = PackFixture.log(4);
        log.scan(reference(SCAN, SCAN.length + 1), false);

        assertFails(verify(log, object(Digest.of(SCAN), SCAN)), Digest.of(SCAN), SCAN.length + 1 + " bytes");
    }
}
