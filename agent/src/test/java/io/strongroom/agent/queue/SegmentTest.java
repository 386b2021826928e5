package io.strongroom.agent.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a segment tells of what befell it. */
final class SegmentTest {
    @TempDir
    private Path folder;

    private final byte[] one = frame(0);
    private final byte[] two = frame(1);
    private final byte[] three = frame(2);

    private Segment segment;

    @BeforeEach
    void name() {
        segment = Segment.in(folder, 0);
    }

    private static byte[] frame(int first) {
        return Frame.lines(first, List.of(TestDisk.line(first)), "k", "p").toBytes();
    }

    private Segment.Content read(byte[]... parts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.write(part);
        }
        Files.write(segment.path(), all.toByteArray());
        return segment.read();
    }

    private static byte[] spoilt(byte[] frame) {
        byte[] spoilt = frame.clone();
        spoilt[0] ^= 1;
        return spoilt;
    }

    private static byte[] cut(byte[] frame) {
        return Arrays.copyOf(frame, frame.length - 3);
    }

    private static void assertContent(
            Segment.Content content, List<Long> firsts, long damaged, boolean torn, boolean endsDamaged) {
        assertThat(content.frames()).extracting(Frame::first).isEqualTo(firsts);
        assertThat(content.damaged()).isEqualTo(damaged);
        assertThat(content.torn()).isEqualTo(torn);
        assertThat(content.endsDamaged()).isEqualTo(endsDamaged);
    }

    @Test
    void aWholeOneHasAllItsFrames() throws IOException {
        assertContent(read(one, two, three), List.of(0L, 1L, 2L), 0, false, false);
        assertContent(read(), List.of(), 0, false, false);
    }

    @Test
    void aTornEndIsNoDamageToBeTold() throws IOException {
        assertContent(read(one, two, cut(three)), List.of(0L, 1L), three.length - 3, true, true);
        assertContent(read(one, two, new byte[50]), List.of(0L, 1L), 50, true, true);
        assertContent(read(cut(one)), List.of(), one.length - 3, true, true);
    }

    @Test
    void whatIsDamagedBeforeTheEndIsToldThoughTheEndIsTorn() throws IOException {
        assertContent(read(one, spoilt(two), three), List.of(0L, 2L), two.length, false, false);
        assertContent(read(spoilt(one), two, cut(three)), List.of(1L), one.length + three.length - 3L, false, true);
        assertContent(read(one, cut(two), three), List.of(0L, 2L), two.length - 3, false, false);
    }

    @Test
    void anEndThatNobodyWasWritingIsDamaged() throws IOException {
        assertContent(read(one, two, spoilt(three)), List.of(0L, 1L), three.length, false, true);
        assertContent(read(one, spoilt(two), spoilt(three)), List.of(0L), two.length + three.length, false, true);
    }

    @Test
    void aFileThatIsTooLongForOneIsNotRead() throws IOException {
        Files.write(segment.path(), one);
        long most = Segment.FULL_BYTES + Frame.MOST_BODY + Frame.HEADER;
        try (RandomAccessFile file = new RandomAccessFile(segment.path().toFile(), "rw")) {
            file.setLength(most + 1);
        }
        assertContent(segment.read(), List.of(), most + 1, false, true);
    }

    @Test
    void onlyFilesWithItsNameAreSegments() throws IOException {
        Segment later = Segment.in(folder, 4711);
        later.write(List.of());
        segment.write(List.of());
        for (String name : List.of("1.seg", "0000000000000000002.seg.tmp", "a000000000000000002.seg", "state.json")) {
            Files.writeString(folder.resolve(name), "x");
        }
        assertThat(Segment.list(folder)).containsExactly(segment, later);
        assertThat(Segment.list(folder.resolve("none"))).isEmpty();
    }
}
