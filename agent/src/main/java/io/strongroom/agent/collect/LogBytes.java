package io.strongroom.agent.collect;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;

/**
 * The bytes of a log file, as they were written, also where they were compressed since.
 *
 * @param path the file
 * @param number by which the file system knows it, whatever it is called
 * @param size as it is on disk
 * @param written in milliseconds since 1970
 * @param isCompressed whether it is gzip
 */
record LogBytes(Path path, String number, long size, long written, boolean isCompressed) {

    static LogBytes of(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        String number = String.valueOf(attributes.fileKey())
                .replaceAll(".*ino=(\\d+).*", "$1")
                .replace(':', '-');
        return new LogBytes(
                path,
                number,
                attributes.size(),
                attributes.lastModifiedTime().toMillis(),
                path.toString().endsWith(".gz"));
    }

    /** At most so many bytes from there. */
    byte[] read(long from, int most) throws IOException {
        if (most == 0) {
            return new byte[0];
        }
        try (InputStream in = open()) {
            in.skipNBytes(from);
            return in.readNBytes(most);
        } catch (java.io.EOFException e) {
            return new byte[0];
        }
    }

    private InputStream open() throws IOException {
        InputStream in = Files.newInputStream(path);
        return isCompressed ? new BufferedInputStream(new GZIPInputStream(in, 1 << 16), 1 << 16) : in;
    }

    /** Whether it has so many bytes. */
    boolean reaches(long offset) throws IOException {
        if (!isCompressed) {
            return size >= offset;
        }
        return offset == 0 || read(offset - 1, 1).length == 1;
    }

    /** Whether the name still means that file, and it was not cut short. */
    boolean isStillThere() throws IOException {
        LogBytes now = of(path);
        return now.number.equals(number) && now.size >= size;
    }

    static long digest(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }
}
