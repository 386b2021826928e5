package io.strongroom.installer.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Makes a copy of a pack in which one letter of one record is another, and everything else is the same. It plays a forger
 * who knows what he does: the zip's own check sums are right.
 */
final class OneByte {
    private static final String RECORDS = "/data/records/part-";
    private static final byte[] BEFORE_TEXT = "\"line\":\"".getBytes(StandardCharsets.UTF_8);

    private OneByte() {}

    /**
     * What was changed.
     *
     * @param file the file in the pack
     * @param line the line in it, from 1
     * @param from the letter that stood there
     * @param to the letter that stands there now
     */
    record Change(String file, long line, char from, char to) {}

    /** Copies {@code pack} to {@code copy} with one byte changed in a record near the middle of the first part. */
    static Change change(Path pack, Path copy) {
        try (ZipFile zip = new ZipFile(pack.toFile());
                OutputStream file = Files.newOutputStream(copy);
                ZipOutputStream out = new ZipOutputStream(file)) {
            Change change = null;
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                byte[] content;
                try (InputStream in = zip.getInputStream(entry)) {
                    content = in.readAllBytes();
                }
                if (change == null && entry.getName().contains(RECORDS)) {
                    change = flip(entry.getName(), content);
                }
                put(out, entry, content);
            }
            if (change == null) {
                throw new IOException("there is no record in the pack");
            }
            return change;
        } catch (IOException e) {
            throw new UncheckedIOException("the pack cannot be copied: " + e.getMessage(), e);
        }
    }

    /** Stored, with size and check sum in the local header. */
    private static void put(ZipOutputStream out, ZipEntry like, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(like.getName());
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(like.getTimeLocal());
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }

    private static Change flip(String name, byte[] records) throws IOException {
        int at = letter(records, find(records, records.length / 2));
        if (at < 0) {
            at = letter(records, find(records, 0));
        }
        if (at < 0) {
            throw new IOException("there is no letter to change in " + name);
        }
        char from = (char) records[at];
        char to = from == 'z' || from == 'Z' ? (char) (from - 1) : (char) (from + 1);
        records[at] = (byte) to;
        long line = 1;
        for (int i = 0; i < at; i++) {
            if (records[i] == '\n') {
                line++;
            }
        }
        return new Change(name.substring(name.indexOf('/') + 1), line, from, to);
    }

    /** Where the text of a log line begins, from {@code from} on; −1 if there is none. */
    private static int find(byte[] records, int from) {
        for (int i = from; i + BEFORE_TEXT.length < records.length; i++) {
            int same = 0;
            while (same < BEFORE_TEXT.length && records[i + same] == BEFORE_TEXT[same]) {
                same++;
            }
            if (same == BEFORE_TEXT.length) {
                return i + same;
            }
        }
        return -1;
    }

    /** The first letter in the text from {@code from} that is no part of an escape; −1 if the text has none. */
    private static int letter(byte[] records, int from) {
        if (from < 0) {
            return -1;
        }
        int at = from;
        while (at < records.length && records[at] != '"') {
            if (records[at] == '\\') {
                // \\uXXXX has letters that are hex digits: step over all of it.
                at += records[at + 1] == 'u' ? 6 : 2;
                continue;
            }
            if (records[at] >= 'a' && records[at] <= 'z' || records[at] >= 'A' && records[at] <= 'Z') {
                return at;
            }
            at++;
        }
        return letter(records, find(records, at));
    }
}
