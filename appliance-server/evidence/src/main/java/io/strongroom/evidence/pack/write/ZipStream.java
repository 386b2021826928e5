package io.strongroom.evidence.pack.write;

import io.strongroom.evidence.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Writes one zip to a stream, file after file, in memory that does not grow with a file.
 *
 * <p>The same content gives the same bytes: no clock, no attributes. Files that end within the first {@link #BUFFERED}
 * bytes are stored; longer ones are deflated as they come, with their sizes after them, at level 0 in stored blocks of
 * one length, so that each byte of the zip is determined by the content. Zip64 fields appear only where a number needs them.
 */
final class ZipStream {
    static final int BUFFERED = 1 << 20;

    private static final int DOS_DATE_1980 = 0x0021;
    private static final int UTF8 = 1 << 11;
    private static final int SIZES_FOLLOW = 1 << 3;
    private static final long MAX_32 = 0xffff_ffffL;
    /** The longest stored block of a deflated file, in bytes. */
    private static final int BLOCK = 0xffff;

    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    private final OutputStream out;
    private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
    // Of the one file that is open: what stands at its beginning, and what is gathered of the rest.
    private byte[] head = new byte[16 * 1024];
    private final byte[] block = new byte[BLOCK];
    private final byte[] shrunk = new byte[BLOCK];
    private long written;
    private long count;

    ZipStream(OutputStream out) {
        this.out = out;
    }

    /** Bytes written so far. */
    long written() {
        return written;
    }

    /**
     * Begins a file; the one before must be closed.
     *
     * @param mostBytes its length is not more
     * @param level of deflation, if it is long: 0 for what does not shrink
     */
    Content begin(String path, long mostBytes, int level) {
        return new Content(path.getBytes(StandardCharsets.UTF_8), mostBytes, level);
    }

    /** Writes the central directory. The stream is left open. */
    void finish() throws IOException {
        long start = written;
        raw(directory.toByteArray());
        long size = written - start;
        if (count >= 0xffff || size >= MAX_32 || start >= MAX_32) {
            long end = written;
            raw(little(56)
                    .putInt(0x06064b50)
                    .putLong(44)
                    .putShort((short) 45)
                    .putShort((short) 45)
                    .putInt(0)
                    .putInt(0)
                    .putLong(count)
                    .putLong(count)
                    .putLong(size)
                    .putLong(start)
                    .array());
            raw(little(20).putInt(0x07064b50).putInt(0).putLong(end).putInt(1).array());
        }
        short files = (short) Math.min(count, 0xffff);
        raw(little(22)
                .putInt(0x06054b50)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort(files)
                .putShort(files)
                .putInt((int) Math.min(size, MAX_32))
                .putInt((int) Math.min(start, MAX_32))
                .putShort((short) 0)
                .array());
        out.flush();
    }

    private void raw(byte[] bytes) throws IOException {
        raw(bytes, 0, bytes.length);
    }

    private void raw(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        written += length;
    }

    private static ByteBuffer little(int capacity) {
        return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The content of one file. {@link #end} completes it; closing without it leaves the zip torn, as a failure does.
     *
     * <p>However small the pieces are in which it comes, it is gathered once, and checksum, digest and deflation see few
     * large ones.
     */
    final class Content extends OutputStream {
        private final byte[] name;
        private final long mostBytes;
        private final int level;
        private final long offset = written;
        private final CRC32 crc = new CRC32();
        private final MessageDigest sha256 = Digest.sha256();
        private final byte[] one = new byte[1];
        private int buffered;
        private long length;
        private long packed;
        private boolean streaming;
        private @Nullable Deflater deflater;

        private Content(byte[] name, long mostBytes, int level) {
            this.name = name;
            this.mostBytes = mostBytes;
            this.level = level;
        }

        /** Bytes so far. */
        long length() {
            return length;
        }

        @Override
        public void write(int b) throws IOException {
            one[0] = (byte) b;
            write(one, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            length += count;
            if (length > mostBytes) {
                throw new IOException(new String(name, StandardCharsets.UTF_8) + " is longer than the " + mostBytes
                        + " bytes announced");
            }
            if (streaming) {
                gather(bytes, from, count);
            } else if (buffered + count <= BUFFERED) {
                if (buffered + count > head.length) {
                    head = Arrays.copyOf(head, Math.min(BUFFERED, Math.max(2 * head.length, buffered + count)));
                }
                System.arraycopy(bytes, from, head, buffered, count);
                buffered += count;
            } else {
                streaming = true;
                deflater = level == 0 ? null : new Deflater(level, true);
                header(UTF8 | SIZES_FOLLOW, DEFLATED, 0, 0, 0);
                int first = buffered;
                buffered = 0;
                gather(head, 0, first);
                gather(bytes, from, count);
            }
        }

        private void gather(byte[] bytes, int from, int count) throws IOException {
            int at = from;
            int left = count;
            while (left > 0) {
                if (buffered == BLOCK) {
                    pack(false);
                }
                int fits = Math.min(left, BLOCK - buffered);
                System.arraycopy(bytes, at, block, buffered, fits);
                buffered += fits;
                at += fits;
                left -= fits;
            }
        }

        private void look(byte[] bytes) {
            crc.update(bytes, 0, buffered);
            sha256.update(bytes, 0, buffered);
        }

        /** Writes what is gathered. */
        private void pack(boolean last) throws IOException {
            look(block);
            if (deflater != null) {
                deflate(deflater, last);
            } else {
                store(last);
            }
            buffered = 0;
        }

        /** A stored block (RFC 1951 section 3.2.4). */
        private void store(boolean last) throws IOException {
            raw(little(5)
                    .put((byte) (last ? 1 : 0))
                    .putShort((short) buffered)
                    .putShort((short) ~buffered)
                    .array());
            raw(block, 0, buffered);
            packed += 5L + buffered;
        }

        private void deflate(Deflater open, boolean last) throws IOException {
            open.setInput(block, 0, buffered);
            if (last) {
                open.finish();
            }
            int got;
            while ((got = open.deflate(shrunk, 0, shrunk.length)) > 0) {
                raw(shrunk, 0, got);
                packed += got;
            }
        }

        /** Completes the file; gives the digest of its content. */
        Digest end() throws IOException {
            count++;
            if (streaming) {
                pack(true);
                descriptor();
                register(UTF8 | SIZES_FOLLOW, DEFLATED, packed);
            } else {
                look(head);
                header(UTF8, STORED, crc.getValue(), length, length);
                raw(head, 0, buffered);
                register(UTF8, STORED, length);
            }
            return Digest.ofBytes(sha256.digest());
        }

        private void descriptor() throws IOException {
            ByteBuffer descriptor = little(zip64() ? 24 : 16).putInt(0x08074b50).putInt((int) crc.getValue());
            if (zip64()) {
                descriptor.putLong(packed).putLong(length);
            } else {
                descriptor.putInt((int) packed).putInt((int) length);
            }
            raw(descriptor.array());
        }

        @Override
        public void close() {
            if (deflater != null) {
                deflater.end();
            }
        }

        /** Whether the lengths may need eight bytes; deflation may lengthen by a few bytes a block. */
        private boolean zip64() {
            return mostBytes > MAX_32 - (1 << 24);
        }

        private void header(int flags, int method, long crc32, long packed, long unpacked) throws IOException {
            boolean wide = (flags & SIZES_FOLLOW) != 0 && zip64();
            ByteBuffer header = little(30 + name.length + (wide ? 20 : 0))
                    .putInt(0x04034b50)
                    .putShort((short) (wide ? 45 : 20))
                    .putShort((short) flags)
                    .putShort((short) method)
                    .putShort((short) 0)
                    .putShort((short) DOS_DATE_1980)
                    .putInt((int) crc32)
                    .putInt(wide ? -1 : (int) packed)
                    .putInt(wide ? -1 : (int) unpacked)
                    .putShort((short) name.length)
                    .putShort((short) (wide ? 20 : 0))
                    .put(name);
            if (wide) {
                header.putShort((short) 1).putShort((short) 16).putLong(0).putLong(0);
            }
            raw(header.array());
        }

        private void register(int flags, int method, long packed) {
            boolean wide = (flags & SIZES_FOLLOW) != 0 && zip64();
            boolean far = offset >= MAX_32;
            int extra = (wide ? 16 : 0) + (far ? 8 : 0);
            ByteBuffer record = little(46 + name.length + (extra > 0 ? 4 + extra : 0))
                    .putInt(0x02014b50)
                    .putShort((short) (wide || far ? 45 : 20))
                    .putShort((short) (wide ? 45 : 20))
                    .putShort((short) flags)
                    .putShort((short) method)
                    .putShort((short) 0)
                    .putShort((short) DOS_DATE_1980)
                    .putInt((int) crc.getValue())
                    .putInt(wide ? -1 : (int) packed)
                    .putInt(wide ? -1 : (int) length)
                    .putShort((short) name.length)
                    .putShort((short) (extra > 0 ? 4 + extra : 0))
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putInt(0)
                    .putInt(far ? -1 : (int) offset)
                    .put(name);
            if (extra > 0) {
                record.putShort((short) 1).putShort((short) extra);
                if (wide) {
                    record.putLong(length).putLong(packed);
                }
                if (far) {
                    record.putLong(offset);
                }
            }
            directory.writeBytes(record.array());
        }
    }
}
