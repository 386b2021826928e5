package io.strongroom.agent.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameTest {
    private static final byte[] MAGIC = "SQ".getBytes(StandardCharsets.US_ASCII);

    static List<Frame> frames() {
        List<byte[]> lines = List.of(TestDisk.line(1), new byte[0], TestDisk.line(3));
        return List.of(
                Frame.lines(7, lines, "log:/var/log/grüß", "42"),
                Frame.lines(0, List.of(new byte[3000]), null, null),
                Frame.position(Long.MAX_VALUE, "k", ""),
                Frame.notice(3, 9, TestDisk.line(9), Frame.Kind.NOTICE),
                Frame.notice(0, 0, TestDisk.line(0), Frame.Kind.THINNED));
    }

    private static void assertSame(Frame found, Frame frame) {
        assertThat(found).usingRecursiveComparison().isEqualTo(frame);
    }

    @ParameterizedTest
    @MethodSource("frames")
    void aFrameComesBackFromItsBytesWhereverTheyStand(Frame frame) {
        byte[] bytes = frame.toBytes();
        byte[] among = ByteBuffer.allocate(bytes.length + 30)
                .put(new byte[11])
                .put(bytes)
                .array();
        assertSame(Frame.at(bytes, 0), frame);
        assertSame(Frame.at(among, 11), frame);
        assertThat(Frame.sizeAt(among, 11)).isEqualTo(bytes.length);
        assertThat(Frame.at(among, 10)).isNull();
        assertThat(Frame.at(among, 12)).isNull();
    }

    @ParameterizedTest
    @MethodSource("frames")
    void withAnyBitChangedThereIsNone(Frame frame) {
        byte[] bytes = frame.toBytes();
        for (int bit = 0; bit < 8 * Math.min(bytes.length, 200); bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(Frame.at(bytes, 0)).as("bit %d", bit).isNull();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    @ParameterizedTest
    @MethodSource("frames")
    void whereItsEndIsMissingOrZeroItIsTorn(Frame frame) {
        byte[] bytes = frame.toBytes();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThat(Frame.at(cut, 0)).isNull();
            assertThat(Frame.isTorn(cut, 0)).as("%d bytes of it", length).isTrue();
        }
        byte[] zeroed = bytes.clone();
        Arrays.fill(zeroed, Frame.HEADER + 1, zeroed.length, (byte) 0);
        zeroed[Frame.HEADER] = 1;
        assertThat(Frame.at(zeroed, 0)).isNull();
        assertThat(Frame.isTorn(zeroed, 0)).as("its end is zero").isTrue();
        assertThat(Frame.isTorn(new byte[500], 0))
                .as("nothing of it came to the disk")
                .isTrue();
    }

    @Test
    void whatIsNoBeginningOfAFrameOrHasSomethingBehindItsEndIsDamaged() {
        byte[] bytes = frames().getFirst().toBytes();
        byte[] behind = Arrays.copyOf(bytes, bytes.length + 1);
        behind[bytes.length] = 'x';
        behind[bytes.length - 1] ^= 1;
        assertThat(Frame.isTorn(behind, 0)).isFalse();
        byte[] noise = new byte[40];
        Arrays.fill(noise, (byte) 'x');
        assertThat(Frame.isTorn(noise, 0)).isFalse();
    }

    /** A frame of any body, whose length and checksum are right. */
    private static byte[] framed(byte[] body) {
        CRC32C crc = new CRC32C();
        crc.update(body);
        return ByteBuffer.allocate(Frame.HEADER + body.length)
                .put(MAGIC)
                .putInt(body.length)
                .putInt((int) crc.getValue())
                .put(body)
                .array();
    }

    private static ByteBuffer body(long first, long lost, int kind, int count) {
        return ByteBuffer.allocate(64)
                .putLong(first)
                .putLong(lost)
                .put((byte) kind)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) count);
    }

    private static byte[] written(ByteBuffer body) {
        return framed(Arrays.copyOf(body.array(), body.position()));
    }

    @Test
    void aBodyThatNobodyWroteIsNoFrame() {
        assertThat(Frame.at(written(body(5, 5, 0, 0)), 0)).isNotNull();
        assertThat(Frame.at(written(body(5, 3, 1, 1).putInt(1).put((byte) 'x')), 0))
                .isNotNull();
        for (ByteBuffer odd : List.of(
                body(-1, -1, 0, 0),
                body(5, -1, 1, 0),
                body(5, 6, 1, 0),
                body(5, 5, 3, 0),
                body(5, 5, -1, 0),
                body(5, 5, 0, 0).put((byte) 0),
                body(5, 5, 0, 1),
                body(5, 5, 0, 1).putInt(2).put((byte) 'x'),
                body(5, 5, 0, 1).putInt(-1),
                body(5, 5, 0, 1).putInt(0).putInt(0))) {
            assertThat(Frame.at(written(odd), 0)).isNull();
        }
        assertThat(Frame.at(framed(new byte[22]), 0)).isNull();
        assertThat(Frame.at(framed(new byte[0]), 0)).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 8, 9})
    void itsLinesFromASequenceOnAreTheRest(int sequence) {
        Frame frame = frames().getFirst();
        Frame rest = frame.from(sequence);
        assertThat(rest.first()).isEqualTo(sequence);
        assertThat(rest.next()).isEqualTo(frame.next()).isEqualTo(10);
        assertThat(rest.lines()).isEqualTo(frame.lines().subList(sequence - 7, 3));
        assertThat(rest.position()).isEqualTo(frame.position());
    }

    @Test
    void aFrameHasAtMostFourMebibytes() {
        int room = Frame.MOST_BODY
                - Frame.lines(0, List.of(new byte[0]), null, null).toBytes().length
                + Frame.HEADER;
        assertThat(Frame.at(Frame.lines(0, List.of(new byte[room]), null, null).toBytes(), 0))
                .isNotNull();
        assertThatIllegalArgumentException().isThrownBy(() -> Frame.lines(0, List.of(new byte[room + 1]), null, null)
                .toBytes());
    }
}
