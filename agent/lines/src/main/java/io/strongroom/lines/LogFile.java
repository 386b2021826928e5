package io.strongroom.lines;

import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.GZIPInputStream;

/**
 * A file of log lines, and under which source id its records go.
 *
 * @param path the file
 * @param name what it is called in its records
 * @param source the source id
 * @param fromByte where reading begins; the line that this falls into is left out. 0 for the whole file
 */
public record LogFile(Path path, String name, String source, long fromByte) {
    private static final int GZIP_MAGIC = 0x1f8b;

    public LogFile {
        requireNonNull(path, "path is null");
        requireNonNull(name, "name is null");
        requireNonNull(source, "source is null");
    }

    /** When it was last written. */
    Instant written() throws IOException {
        return Files.getLastModifiedTime(path).toInstant();
    }

    /** Its text as bytes: unpacked where it is gzip, as UTF-8 where a byte-order mark says UTF-16, without the mark. */
    InputStream open() throws IOException {
        InputStream in;
        if (fromByte > 0) {
            SeekableByteChannel channel = Files.newByteChannel(path);
            channel.position(fromByte - 1);
            in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
            skipLine(in);
            return in;
        }
        in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        try {
            if (peek(in, 2) == GZIP_MAGIC) {
                in = new BufferedInputStream(new GZIPInputStream(in, 1 << 16), 1 << 16);
            }
            return withoutMark(in);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static InputStream withoutMark(InputStream in) throws IOException {
        int two = peek(in, 2);
        if (two == 0xfeff) {
            return utf8(in, StandardCharsets.UTF_16BE);
        }
        if (two == 0xfffe) {
            return utf8(in, StandardCharsets.UTF_16LE);
        }
        if (peek(in, 3) == 0xefbbbf) {
            in.skipNBytes(3);
        }
        return in;
    }

    private static InputStream utf8(InputStream in, Charset charset) throws IOException {
        in.skipNBytes(2);
        return new Transcoded(new InputStreamReader(in, charset));
    }

    /** The first bytes as one number; −1 where there are fewer. They stay to be read. */
    private static int peek(InputStream in, int count) throws IOException {
        in.mark(count);
        byte[] first = in.readNBytes(count);
        in.reset();
        if (first.length < count) {
            return -1;
        }
        int value = 0;
        for (byte b : first) {
            value = value << 8 | b & 0xff;
        }
        return value;
    }

    private static void skipLine(InputStream in) throws IOException {
        int b = in.read();
        while (b >= 0 && b != '\n') {
            b = in.read();
        }
    }

    /** Text of another encoding, as UTF-8. */
    private static final class Transcoded extends InputStream {
        private final InputStreamReader text;
        private final char[] chars = new char[8192];
        private ByteArrayInputStream ready = new ByteArrayInputStream(new byte[0]);
        private int kept;

        Transcoded(InputStreamReader text) {
            this.text = text;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            while (ready.available() == 0) {
                int read = text.read(chars, kept, chars.length - kept);
                int have = Math.max(0, read) + kept;
                if (have == 0) {
                    return -1;
                }
                // Half a pair waits for its other half, unless the text ends with it.
                kept = read > 0 && Character.isHighSurrogate(chars[have - 1]) ? 1 : 0;
                ready = new ByteArrayInputStream(new String(chars, 0, have - kept).getBytes(StandardCharsets.UTF_8));
                chars[0] = chars[have - 1];
            }
            return ready.read(target, offset, length);
        }

        @Override
        public void close() throws IOException {
            text.close();
        }
    }
}
