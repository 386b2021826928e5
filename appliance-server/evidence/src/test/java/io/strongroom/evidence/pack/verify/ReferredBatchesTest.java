package io.strongroom.evidence.pack.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.SourceId;
import io.strongroom.evidence.batch.BatchHead;
import io.strongroom.evidence.batch.verify.Batches;
import io.strongroom.evidence.batch.write.BatchWriter;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.pack.write.Attachment;
import io.strongroom.evidence.pack.write.PackFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The signature of a device is evidence because a recorded digest names its batch, and its key is there. */
class ReferredBatchesTest {
    private static final byte[] BATCH = BatchWriter.sign(Batches.head(7, 2), Batches.lines(2), Batches.signer());
    private static final Attachment SIGNED = Attachment.of(PackLayout.batch(Digest.of(BATCH)), BATCH);
    private static final Attachment KEY =
            Attachment.of(PackLayout.deviceKey(Digest.of(Batches.spki())), Batches.spki());

    @TempDir
    Path folder;

    private Ladder verify(PackFixture log, Attachment... files) throws IOException {
        Path pack = folder.resolve("pack.zip");
        Files.write(
                pack,
                PackFixture.pack(
                        log.describe(0, log.size(), files), log.source(0, log.size(), s -> true, s -> true), null));
        return new PackVerifier(PackFixture.trust(), Set.of()).verify(pack);
    }

    private static PackFixture log(Digest batch, long... lines) {
        PackFixture log = PackFixture.log(3);
        for (long line : lines) {
            log.ofDevice(batch, line);
        }
        return log;
    }

    private static void assertFails(Ladder ladder, String path, String expected) {
        assertThat(ladder.verdict(Rung.RECORDED).outcome()).isEqualTo(Verdict.Outcome.FAILED);
        assertThat(ladder.failure().orElseThrow().file()).isEqualTo(path);
        assertThat(ladder.failure().orElseThrow().expected()).contains(expected);
    }

    @Test
    void aBatchThatItsDeviceSignedHoldsForTheRecordsThatNameIt() throws IOException {
        Ladder ladder = verify(log(Digest.of(BATCH), 0, 1), SIGNED, KEY);

        assertThat(ladder.exitCode()).as(ladder.toString()).isZero();
        assertThat(ladder.facts().batches()).isEqualTo(new PackFacts.Batches(2, 0));
    }

    @Test
    void aBatchThatWasLeftOutIsSaidToBe() throws IOException {
        Ladder ladder = verify(log(Digest.of(BATCH), 0, 1));

        assertThat(ladder.exitCode()).isZero();
        assertThat(ladder.facts().batches()).isEqualTo(new PackFacts.Batches(0, 2));
    }

    @Test
    void aBatchWithoutTheKeyThatItNamesFails() throws IOException {
        assertFails(verify(log(Digest.of(BATCH), 0), SIGNED), KEY.path(), "the file");
    }

    @Test
    void aBatchUnderAnothersNameFails() throws IOException {
        byte[] other = BatchWriter.sign(Batches.head(7, 2), Batches.lines(2), Batches.signer());
        assertFails(
                verify(log(Digest.of(BATCH), 0), Attachment.of(SIGNED.path(), other), KEY),
                SIGNED.path(),
                "whose SHA-256 is its name");
    }

    @Test
    void aBatchThatItsDeviceDidNotSignFails() throws IOException {
        byte[] forged = BATCH.clone();
        forged[forged.length - 1] ^= 1;
        String path = PackLayout.batch(Digest.of(forged));
        assertFails(
                verify(log(Digest.of(forged), 0), Attachment.of(path, forged), KEY),
                path,
                "a batch that its device signed");
    }

    @Test
    void aBatchThatNoRecordNamesFails() throws IOException {
        assertFails(verify(log(Digest.ZERO, 0), SIGNED, KEY), SIGNED.path(), "a record in this pack names");
    }

    @Test
    void aBatchOfAnotherDeviceThanItsRecordsFails() throws IOException {
        BatchHead head = Batches.head(7, 2);
        BatchHead other = new BatchHead(
                new SourceId("laptop-8"),
                head.stream(),
                head.sentAt(),
                head.epoch(),
                head.first(),
                head.last(),
                head.previous(),
                head.boot(),
                head.monotonicMillis(),
                head.encoding());
        byte[] batch = BatchWriter.sign(other, Batches.lines(2), Batches.signer());
        String path = PackLayout.batch(Digest.of(batch));
        assertFails(verify(log(Digest.of(batch), 0), Attachment.of(path, batch), KEY), path, "the device and stream");
    }

    @Test
    void aRecordOfALineThatTheBatchDoesNotHaveFails() throws IOException {
        assertFails(verify(log(Digest.of(BATCH), 2), SIGNED, KEY), SIGNED.path(), "the line 2");
    }

    @Test
    void aFileThatIsNeitherBatchNorKeyFails() throws IOException {
        Attachment more = Attachment.of(PackLayout.BATCHES + "notes.txt", new byte[] {'x'});
        assertFails(verify(log(Digest.of(BATCH), 0), SIGNED, KEY, more), more.path(), "a batch that its device signed");
        Attachment idle = Attachment.of(PackLayout.deviceKey(Digest.ZERO), Batches.golden("es256.der"));
        assertFails(verify(log(Digest.of(BATCH), 0), SIGNED, KEY, idle), idle.path(), "a key that signed a batch");
    }
}
