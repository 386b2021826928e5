package io.strongroom.policies.bundle;

import io.strongroom.policies.BundleFiles;
import io.strongroom.policies.Fault;
import io.strongroom.policies.InvalidBundleException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A bundle as it is distributed: a tar.gz in which everything is fixed but the files themselves, so that the same bundle
 * gives the same bytes on every machine and for ever, and the digest of the archive can stand for it. Entries by path,
 * time zero, owner root, mode 0644; the gzip member (RFC 1952) stores its blocks (RFC 1951 §3.2.4), because what a
 * compressor makes of them differs from one to the next.
 */
public final class BundleArchive {
    private static final int MODE = 0100644;
    private static final int MAX_BLOCK = 0xffff;

    /** Magic, method deflate, no flags, time zero, no extra flags, system unknown. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private BundleArchive() {}

    /** The archive of these files. */
    public static byte[] write(BundleFiles files) {
        return gzip(tar(files.byPath()));
    }

    private static byte[] tar(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, StandardCharsets.US_ASCII.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                entry.setModTime(0);
                entry.setMode(MODE);
                entry.setIds(0, 0);
                entry.setNames("root", "root");
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an archive in memory cannot be written", e);
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 64);
        out.writeBytes(HEADER);
        for (int from = 0; from < content.length || from == 0; from += MAX_BLOCK) {
            int length = Math.min(MAX_BLOCK, content.length - from);
            boolean last = from + length == content.length;
            out.writeBytes(ByteBuffer.allocate(5)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put((byte) (last ? 1 : 0))
                    .putShort((short) length)
                    .putShort((short) ~length)
                    .array());
            out.write(content, from, length);
        }
        CRC32 crc = new CRC32();
        crc.update(content);
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) crc.getValue())
                .putInt(content.length)
                .array());
        return out.toByteArray();
    }

    /**
     * The files in an archive, which may come from anybody.
     *
     * @throws InvalidBundleException if it is no archive, holds anything but files, or is too large
     */
    public static Map<String, byte[]> read(byte[] archive) {
        Map<String, byte[]> files = new TreeMap<>();
        long total = 0;
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new GZIPInputStream(new ByteArrayInputStream(archive)), StandardCharsets.US_ASCII.name())) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (!entry.isFile() || entry.isLink() || entry.isSymbolicLink() || entry.isSparse()) {
                    throw refused("holds something that is no file", "send files alone");
                }
                byte[] content = tar.readNBytes(BundleLoader.MAX_FILE_BYTES + 1);
                total += content.length;
                if (content.length > BundleLoader.MAX_FILE_BYTES
                        || total > BundleLoader.MAX_BUNDLE_BYTES
                        || files.size() == BundleLoader.MAX_FILES) {
                    throw refused("is larger than a bundle may be", "send a smaller one");
                }
                if (files.put(entry.getName(), content) != null) {
                    throw refused("holds a file twice", "send it once");
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw refused("is no tar.gz that can be read", "send the archive as it was given out");
        }
        return files;
    }

    private static InvalidBundleException refused(String reason, String remedy) {
        return new InvalidBundleException(List.of(new Fault("", 0, "the archive " + reason, remedy)));
    }
}
