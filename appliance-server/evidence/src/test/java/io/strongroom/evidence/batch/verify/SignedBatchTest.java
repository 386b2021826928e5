package io.strongroom.evidence.batch.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.strongroom.evidence.batch.BatchHead;
import io.strongroom.evidence.batch.BatchLayout;
import io.strongroom.evidence.batch.verify.BatchException.Fault;
import io.strongroom.evidence.batch.write.BatchWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedBatchTest {
    private static final HexFormat HEX = HexFormat.of();

    private static void refused(Fault fault, Runnable check) {
        assertThatExceptionOfType(BatchException.class).isThrownBy(check::run).satisfies(e -> assertThat(e.fault())
                .isEqualTo(fault));
    }

    @Test
    void whatWasWrittenIsReadByteForByte() {
        List<byte[]> lines = Batches.lines(500);
        BatchHead head = Batches.head(1_000_000, 500);
        byte[] cose = BatchWriter.sign(head, lines, Batches.edSigner());

        SignedBatch batch = SignedBatch.parse(cose);
        batch.verify(Batches.edKey());
        BatchLines read = Batches.read(batch, new ByteArrayInputStream(BatchWriter.join(lines)));

        assertThat(batch.head()).isEqualTo(head);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(Arrays.copyOfRange(read.buffer(), read.offset(i), read.offset(i) + read.length(i)))
                    .isEqualTo(lines.get(i));
        }
    }

    @Test
    void theLargestBatchIsRead() {
        List<byte[]> lines = Batches.lines(BatchLayout.MOST_LINES);
        byte[] frame = Batches.frame(Batches.head(0, BatchLayout.MOST_LINES), lines);
        assertThat(Batches.accept(frame, Batches.key()).size()).isEqualTo(BatchLayout.MOST_LINES);
    }

    @Test
    void theSignatureHoldsThoughTheLinesAreGone() {
        SignedBatch batch = SignedBatch.parse(BatchWriter.sign(Batches.head(7, 2), Batches.lines(2), Batches.signer()));
        batch.verify(Batches.key());
        assertThat(batch.head().lines()).isEqualTo(2);
    }

    @Test
    void anotherKeyIsRefused() {
        SignedBatch batch = SignedBatch.parse(BatchWriter.sign(Batches.head(7, 2), Batches.lines(2), Batches.signer()));
        BatchKey other = BatchKey.ofSpki(Batches.p256().getPublic().getEncoded());
        refused(Fault.SIGNATURE, () -> batch.verify(other));
        refused(Fault.SIGNATURE, () -> batch.verify(Batches.edKey()));
    }

    @Test
    void otherLinesAreRefused() {
        List<byte[]> lines = Batches.lines(3);
        SignedBatch batch = SignedBatch.parse(BatchWriter.sign(Batches.head(7, 3), lines, Batches.signer()));
        byte[] whole = BatchWriter.join(lines);
        refused(Fault.LINES, () -> read(batch, Arrays.copyOf(whole, whole.length - 1)));
        refused(Fault.LINES, () -> read(batch, Arrays.copyOf(whole, whole.length + 1)));
        refused(Fault.LINES, () -> read(batch, BatchWriter.join(Batches.lines(2))));
        refused(Fault.LINES, () -> read(batch, BatchWriter.join(Batches.lines(4))));
        refused(Fault.LINES, () -> read(batch, BatchWriter.join(lines.reversed())));
        refused(Fault.LINES, () -> read(batch, new byte[0]));
    }

    private static BatchLines read(SignedBatch batch, byte[] decoded) {
        return Batches.read(batch, new ByteArrayInputStream(decoded));
    }

    @Test
    void linesThatDecodeToMoreThanTheLimitAreReadNoFurther() {
        SignedBatch batch = SignedBatch.parse(BatchWriter.sign(Batches.head(7, 1), Batches.lines(1), Batches.signer()));
        Endless endless = new Endless();
        refused(Fault.TOO_LARGE, () -> Batches.read(batch, endless));
        assertThat(endless.given).isLessThanOrEqualTo(BatchLayout.MOST_DECODED_BYTES + 1);
    }

    private static final class Endless extends InputStream {
        private long given;

        @Override
        public int read() {
            given++;
            return 'x';
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            given += length;
            return length;
        }
    }

    @Test
    void aFrameIsWholeAndNotTooLarge() {
        byte[] frame = Batches.frame(Batches.head(0, 2), Batches.lines(2));
        refused(Fault.MALFORMED, () -> BatchFrame.parse(new byte[3]));
        refused(
                Fault.MALFORMED,
                () -> BatchFrame.parse(ByteBuffer.allocate(4).putInt(1).array()));
        refused(
                Fault.MALFORMED,
                () -> BatchFrame.parse(ByteBuffer.allocate(9).putInt(-1).array()));
        refused(Fault.TOO_LARGE, () -> BatchFrame.parse(Arrays.copyOf(frame, BatchLayout.MOST_BYTES + 1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchWriter.frame(new byte[9], new byte[BatchLayout.MOST_BYTES]));
    }

    @Test
    void theWriterWritesNoBatchThatTheReaderRefuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchWriter.sign(Batches.head(0, 3), Batches.lines(2), Batches.signer()));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        BatchWriter.sign(Batches.head(0, 1), List.of(new byte[] {'{', '\n', '}'}), Batches.signer()));
        assertThatIllegalArgumentException().isThrownBy(() -> Batches.head(-1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Batches.head(BatchLayout.MAX_SEQUENCE, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> Batches.head(0, BatchLayout.MOST_LINES + 1));
    }

    @Test
    void aHeaderMayNameAsCriticalOnlyWhatStandsThere() {
        String start = "a6" + "0126";
        String rest = header().substring("a5".length() + "0126".length());
        assertThat(new HeaderReader(HEX.parseHex(start + "0282" + "0f" + "3a00011170" + rest))
                        .read()
                        .head()
                        .first())
                .isEqualTo(7);
        refused(Fault.MALFORMED, () -> new HeaderReader(HEX.parseHex(start + "0281" + "18ff" + rest)).read());
        refused(Fault.MALFORMED, () -> new HeaderReader(HEX.parseHex(start + "0280" + rest)).read());
        refused(Fault.MALFORMED, () -> new HeaderReader(HEX.parseHex(start + "0282" + "0f0f" + rest)).read());
        refused(Fault.MALFORMED, () -> new HeaderReader(HEX.parseHex(start + "0281" + "616b" + rest)).read());
    }

    /** The golden header of two lines from sequence 7, in hex. */
    private static String header() {
        Sign1 sign1 = Sign1.parse(BatchWriter.sign(Batches.head(7, 2), Batches.lines(2), Batches.signer()));
        return HEX.formatHex(sign1.protectedHeader());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a50126 -> a50125", // another algorithm
                "a50126 -> a5013822", // ECDSA with SHA-384
                "0f a30168 -> 0f a3016f", // a text that reaches too far
                "3a00011170 -> 3a00011171", // another private label
                "64626f6f74 -> 6462006f74", // another member
                "63656e63 646e6f6e65 -> 63656e63 6462726f74", // another encoding
                "6566697273 7407 -> 6566697273 7409", // first above last
                "6566697273 7407 -> 6566697273 7426" // a negative sequence
            })
    void aHeaderThatSaysAnythingElseIsRefused(String change) {
        String[] fromTo = change.replace(" ", "").split("->", -1);
        String header = header();
        assertThat(header).contains(fromTo[0]);
        byte[] changed = HEX.parseHex(header.replace(fromTo[0], fromTo[1]));
        refused(Fault.MALFORMED, () -> new HeaderReader(changed).read());
    }

    @Test
    void asManyDigestsAreSignedAsThereAreLines() {
        byte[] cose = BatchWriter.sign(Batches.head(7, 2), Batches.lines(2), Batches.signer());
        String fewer = HEX.formatHex(cose).replace("65666972737407", "65666972737408");
        refused(Fault.MALFORMED, () -> SignedBatch.parse(HEX.parseHex(fewer)));
    }

    @Test
    void keysOfOtherKindsAreRefused() {
        byte[] spki = Batches.golden("es256.der");
        byte[] offTheCurve = spki.clone();
        offTheCurve[spki.length - 1] ^= 1;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchKey.ofSpki(offTheCurve))
                .withMessageContaining("no point");
        assertThatIllegalArgumentException().isThrownBy(() -> BatchKey.ofSpki(new byte[91]));
        byte[] compressed = HEX.parseHex("3039301306072a8648ce3d020106082a8648ce3d030107032200" + "02"
                + HEX.formatHex(spki).substring(54, 118));
        assertThatIllegalArgumentException().isThrownBy(() -> BatchKey.ofSpki(compressed));
    }
}
