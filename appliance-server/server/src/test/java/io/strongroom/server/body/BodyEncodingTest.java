package io.strongroom.server.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class BodyEncodingTest {
    private static final byte[] TEXT = "line\n".repeat(5000).getBytes(StandardCharsets.US_ASCII);

    @Test
    void encodings_are_known_by_their_names() {
        assertThat(BodyEncoding.of(null)).contains(BodyEncoding.NONE);
        assertThat(BodyEncoding.of("identity")).contains(BodyEncoding.NONE);
        assertThat(BodyEncoding.of(" GZip ")).contains(BodyEncoding.GZIP);
        assertThat(BodyEncoding.of("zstd")).contains(BodyEncoding.ZSTD);
        assertThat(BodyEncoding.of("br")).isEmpty();
        assertThat(BodyEncoding.of("gzip, zstd")).isEmpty();
    }

    @Test
    void a_body_decodes_however_it_arrives() throws IOException {
        assertThat(decoded(BodyEncoding.NONE, TEXT)).isEqualTo(TEXT);
        assertThat(decoded(BodyEncoding.GZIP, gzip(TEXT))).isEqualTo(TEXT);
        assertThat(decoded(BodyEncoding.ZSTD, Zstd.compress(TEXT))).isEqualTo(TEXT);
    }

    @Test
    void members_and_frames_one_after_the_other_are_one_body() throws IOException {
        byte[] twice = join(TEXT, TEXT);

        assertThat(decoded(BodyEncoding.GZIP, join(gzip(TEXT), gzip(TEXT)))).isEqualTo(twice);
        assertThat(decoded(BodyEncoding.ZSTD, join(Zstd.compress(TEXT), Zstd.compress(TEXT))))
                .isEqualTo(twice);
    }

    @Test
    void a_truncated_or_damaged_body_is_told() throws IOException {
        byte[] gzip = gzip(TEXT);
        byte[] zstd = Zstd.compress(TEXT);

        for (byte[] bad : new byte[][] {Arrays.copyOf(gzip, gzip.length - 9), {1, 2, 3}}) {
            assertThatThrownBy(() -> decoded(BodyEncoding.GZIP, bad)).isInstanceOf(IOException.class);
        }
        for (byte[] bad : new byte[][] {Arrays.copyOf(zstd, zstd.length - 3), {1, 2, 3, 4, 5}}) {
            assertThatThrownBy(() -> decoded(BodyEncoding.ZSTD, bad)).isInstanceOf(IOException.class);
        }
    }

    /** In one piece or byte by byte: where the pieces end is for the network to say. */
    @Test
    void what_is_no_gzip_behind_gzip_is_refused() throws IOException {
        byte[] twice = join(gzip(TEXT), gzip(TEXT));
        assertThat(BodyEncoding.GZIP.decode(new Dripping(twice)).readAllBytes()).isEqualTo(join(TEXT, TEXT));
        for (int junk : new int[] {1, 2, 7, 8, 9, 18, 19, 100, 10_000}) {
            for (byte[] good : new byte[][] {gzip(TEXT), twice}) {
                byte[] bad = join(good, new byte[junk]);
                assertThatThrownBy(() -> decoded(BodyEncoding.GZIP, bad))
                        .as("%d bytes", junk)
                        .isInstanceOf(IOException.class);
                assertThatThrownBy(() ->
                                BodyEncoding.GZIP.decode(new Dripping(bad)).readAllBytes())
                        .as("%d bytes, one by one", junk)
                        .isInstanceOf(IOException.class);
            }
        }
        byte[] halfAMember = join(gzip(TEXT), Arrays.copyOf(gzip(TEXT), 5));
        assertThatThrownBy(() -> decoded(BodyEncoding.GZIP, halfAMember)).isInstanceOf(IOException.class);
    }

    private static final class Dripping extends ByteArrayInputStream {
        Dripping(byte[] bytes) {
            super(bytes);
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(1, length));
        }

        @Override
        public int available() {
            return 0;
        }
    }

    @Test
    void a_bomb_stops_at_the_limit() throws IOException {
        byte[] zeros = new byte[50_000_000];

        assertThatThrownBy(() -> decoded(BodyEncoding.GZIP, gzip(zeros))).isInstanceOf(BodyTooLargeException.class);
        assertThatThrownBy(() -> decoded(BodyEncoding.ZSTD, Zstd.compress(zeros)))
                .isInstanceOf(BodyTooLargeException.class);
    }

    @Test
    void a_frame_that_asks_for_a_larger_window_than_8_MiB_is_refused() throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        try (ZstdOutputStream out = new ZstdOutputStream(frame).setLong(27)) {
            out.write(TEXT);
        }

        assertThatThrownBy(() -> decoded(BodyEncoding.ZSTD, frame.toByteArray()))
                .isInstanceOf(IOException.class);
    }

    private static byte[] decoded(BodyEncoding encoding, byte[] body) throws IOException {
        InputStream transport = new TransportStream(new DrippingStream(body, 700));
        try (InputStream in = new BoundedStream(encoding.decode(transport), 1_000_000)) {
            return in.readAllBytes();
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(body)) {
            out.write(bytes);
        }
        return body.toByteArray();
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
