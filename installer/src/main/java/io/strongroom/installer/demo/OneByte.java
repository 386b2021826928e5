package io.strongroom.installer.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Makes an unpacked copy of a pack in which one letter of one record is another, and everything else is the same. Unpacked,
 * because a changed zip would already be found by its own check sums: here the forger is stopped by the evidence alone.
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

    /** Unpacks {@code pack} into the folder {@code copy}, with one byte changed in a record near the middle of the first part. */
    static Change change(Path pack, Path copy) {
        try (ZipFile zip = new ZipFile(pack.toFile())) {
            Change change = null;
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                Path target = target(copy, entry.getName());
                if (entry.isDirectory()) {
                    continue;
                }
                Files.createDirectories(Objects.requireNonNull(target.getParent(), "a file in a folder has a parent"));
                try (InputStream in = zip.getInputStream(entry)) {
                    if (change == null && entry.getName().contains(RECORDS)) {
                        byte[] records = in.readAllBytes();
                        change = flip(withoutTop(entry.getName()), records);
                        Files.write(target, records);
                    } else {
                        Files.copy(in, target);
                    }
                }
            }
            if (change == null) {
                throw new IOException("there is no record in the pack");
            }
            return change;
        } catch (IOException e) {
            throw new UncheckedIOException("the pack cannot be copied: " + e.getMessage(), e);
        }
    }

    /** Where a member of the zip goes; never outside the folder, whatever it is called. */
    private static Path target(Path copy, String name) throws IOException {
        Path target = copy.resolve(withoutTop(name)).normalize();
        if (!target.startsWith(copy)) {
            throw new IOException("the pack names a file outside itself: " + name);
        }
        return target;
    }

    /** The name without the pack's top folder. */
    private static String withoutTop(String name) {
        return name.substring(name.indexOf('/') + 1);
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
        return new Change(name, line, from, to);
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
