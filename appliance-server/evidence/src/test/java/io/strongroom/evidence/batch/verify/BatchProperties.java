package io.strongroom.evidence.batch.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.strongroom.evidence.batch.BatchHead;
import io.strongroom.evidence.batch.write.BatchWriter;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Whatever bytes are given for a batch: they are refused for a reason, or are those that the device signed. */
class BatchProperties {
    private static final List<byte[]> FRAMES = List.of(Batches.golden("es256.batch"), Batches.golden("eddsa.batch"));
    private static final List<BatchKey> KEYS =
            List.of(BatchKey.ofSpki(Batches.golden("es256.der")), BatchKey.ofSpki(Batches.golden("eddsa.der")));

    private static boolean accepts(byte[] frame, BatchKey key) {
        try {
            Batches.accept(frame, key);
            return true;
        } catch (BatchException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
            return false;
        }
    }

    @Property(tries = 3000)
    void aChangedByteIsRefused(
            @ForAll @IntRange(max = 1) int which,
            @ForAll @IntRange(max = 10_000_000) int at,
            @ForAll @IntRange(min = 1, max = 255) int with) {
        byte[] frame = FRAMES.get(which).clone();
        frame[at % frame.length] ^= (byte) with;
        assertThat(accepts(frame, KEYS.get(which))).isFalse();
    }

    @Property(tries = 1000)
    void aRemovedByteIsRefused(@ForAll @IntRange(max = 1) int which, @ForAll @IntRange(max = 10_000_000) int at) {
        byte[] frame = FRAMES.get(which);
        int gone = at % frame.length;
        byte[] shorter = Arrays.copyOf(frame, frame.length - 1);
        System.arraycopy(frame, gone + 1, shorter, gone, frame.length - gone - 1);
        assertThat(accepts(shorter, KEYS.get(which))).isFalse();
    }

    @Property(tries = 1000)
    void anAddedByteIsRefused(
            @ForAll @IntRange(max = 1) int which, @ForAll @IntRange(max = 10_000_000) int at, @ForAll byte added) {
        byte[] frame = FRAMES.get(which);
        int place = at % (frame.length + 1);
        byte[] longer = Arrays.copyOf(frame, frame.length + 1);
        longer[place] = added;
        System.arraycopy(frame, place, longer, place + 1, frame.length - place);
        assertThat(accepts(longer, KEYS.get(which))).isFalse();
    }

    @Property(tries = 1000)
    void aBatchThatIsCutOffIsRefused(@ForAll @IntRange(max = 1) int which, @ForAll @IntRange(max = 10_000_000) int at) {
        byte[] frame = FRAMES.get(which);
        assertThat(accepts(Arrays.copyOf(frame, at % frame.length), KEYS.get(which)))
                .isFalse();
    }

    @Property(tries = 2000)
    void piecesPutTogetherOtherwiseAreRefused(
            @ForAll @IntRange(max = 10_000_000) int from,
            @ForAll @IntRange(max = 10_000_000) int to,
            @ForAll @IntRange(min = 1, max = 200) int length) {
        byte[] frame = FRAMES.getFirst().clone();
        int most = frame.length - length;
        System.arraycopy(FRAMES.getLast(), from % most, frame, to % most, length);
        assertThat(Arrays.equals(frame, FRAMES.getFirst()) || !accepts(frame, KEYS.getFirst()))
                .isTrue();
    }

    @Property(tries = 3000)
    void randomBytesAreRefused(@ForAll @Size(max = 300) byte[] bytes) {
        assertThat(accepts(bytes, KEYS.getFirst())).isFalse();
        assertThatCode(() -> {
                    try {
                        SignedBatch.parse(bytes);
                    } catch (BatchException refused) {
                        assertThat(refused.getMessage()).isNotEmpty();
                    }
                })
                .doesNotThrowAnyException();
        try {
            byte[] item = new CborReader(bytes).item();
            assertThat(bytes).startsWith(item);
        } catch (BatchException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }

    @Property(tries = 200)
    void whatIsSignedIsAccepted(
            @ForAll @LongRange(min = 0, max = (1L << 53) - 100) long first,
            @ForAll @Size(min = 1, max = 40) List<@Size(max = 60) byte[]> texts) {
        List<byte[]> lines =
                texts.stream().map(BatchProperties::withoutLineFeeds).toList();
        BatchHead head = Batches.head(first, lines.size());
        SignedBatch batch = SignedBatch.parse(BatchWriter.sign(head, lines, Batches.edSigner()));
        batch.verify(Batches.edKey());
        BatchLines read = Batches.read(batch, new ByteArrayInputStream(BatchWriter.join(lines)));
        assertThat(batch.head()).isEqualTo(head);
        assertThat(read.size()).isEqualTo(lines.size());
    }

    private static byte[] withoutLineFeeds(byte[] line) {
        byte[] clean = line.clone();
        for (int i = 0; i < clean.length; i++) {
            clean[i] = clean[i] == '\n' ? (byte) ' ' : clean[i];
        }
        return clean;
    }
}
