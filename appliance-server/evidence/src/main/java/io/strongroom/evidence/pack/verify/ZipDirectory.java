package io.strongroom.evidence.pack.verify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a zip's directory and compares each local header with it (APPNOTE 4.3). Takes only what a pack's writer needs:
 * files one behind the other from the first byte to the directory, nothing between them, no comments, no attributes, no
 * times, names in UTF-8. So no byte of the zip is without meaning, and no two readers can see different files in it.
 */
final class ZipDirectory {
    private static final int END = 22;
    private static final int END64 = 56;
    private static final int LOCATOR64 = 20;
    private static final long MAX_DIRECTORY = 256L << 20;
    private static final long MAX_32 = 0xffff_ffffL;
    private static final int UTF8 = 1 << 11;
    private static final int SIZES_FOLLOW = 1 << 3;
    private static final String REPACKED =
            "the zip as it was written (if it was packed anew, unpack it and verify the " + "folder)";

    private final ZipSource source;

    ZipDirectory(ZipSource source) {
        this.source = source;
    }

    List<ZipMember> read() throws IOException {
        long length = source.size();
        if (length < END) {
            throw new RefusedException(null, "a zip", "a file of " + length + " bytes");
        }
        ByteBuffer end = read(length - END, END);
        require(end.getInt() == 0x06054b50, null, "the end of a zip in its last 22 bytes", "something else");
        require(end.getInt() == 0, null, REPACKED, "more than one disk");
        long files = end.getShort() & 0xffff;
        require(files == (end.getShort() & 0xffff), null, REPACKED, "two counts of files");
        long size = end.getInt() & MAX_32;
        long start = end.getInt() & MAX_32;
        require(end.getShort() == 0, null, REPACKED, "a comment");
        long directoryEnd = length - END;
        if (files == 0xffff || size == MAX_32 || start == MAX_32) {
            directoryEnd = length - END - LOCATOR64 - END64;
            require(directoryEnd >= 0, null, "a whole zip", "its end too early");
            ByteBuffer wide = read(directoryEnd, END64 + LOCATOR64);
            require(
                    wide.getInt() == 0x06064b50
                            && wide.getLong() == 44
                            && wide.getShort() == 45
                            && wide.getShort() == 45
                            && wide.getLong() == 0,
                    null,
                    REPACKED,
                    "another end of a Zip64");
            long count = wide.getLong();
            require(wide.getLong() == count, null, REPACKED, "two counts of files");
            long wideSize = wide.getLong();
            long wideStart = wide.getLong();
            require(
                    wide.getInt() == 0x07064b50
                            && wide.getInt() == 0
                            && wide.getLong() == directoryEnd
                            && wide.getInt() == 1,
                    null,
                    REPACKED,
                    "another locator of a Zip64 end");
            require(
                    files == Math.min(count, 0xffff)
                            && size == Math.min(wideSize, MAX_32)
                            && start == Math.min(wideStart, MAX_32),
                    null,
                    REPACKED,
                    "two ends that disagree");
            files = count;
            size = wideSize;
            start = wideStart;
        }
        // Neither is below zero: lengths of eight bytes agree with those of four.
        require(
                size <= MAX_DIRECTORY && start + size == directoryEnd,
                null,
                "a directory right before the end of the zip",
                "one of " + size + " bytes at " + start);
        return members(read(start, (int) size), files, start);
    }

    private List<ZipMember> members(ByteBuffer directory, long files, long start) throws IOException {
        List<ZipMember> members = new ArrayList<>();
        long next = 0;
        while (directory.hasRemaining()) {
            require(directory.remaining() >= 46, null, "a whole directory", "its end too early");
            Header header = header(directory);
            require(
                    header.offset == next,
                    header.name,
                    "the file at byte " + next + " of the zip, right behind the one before",
                    "at byte " + header.offset);
            next = local(header, members, start);
        }
        require(next == start, null, "the directory right behind the last file", "a gap");
        require(members.size() == files, null, files + " files", members.size() + " in the directory");
        return members;
    }

    private static final class Header {
        private String name = "";
        private int needed;
        private int flags;
        private int method;
        private long crc;
        private long packed;
        private long size;
        private long offset;
        private boolean wide;
    }

    private static Header header(ByteBuffer in) throws RefusedException {
        Header header = new Header();
        require(in.getInt() == 0x02014b50, null, "an entry of the directory", "something else");
        int madeBy = in.getShort() & 0xffff;
        header.needed = in.getShort() & 0xffff;
        header.flags = in.getShort() & 0xffff;
        header.method = in.getShort() & 0xffff;
        boolean undated = in.getInt() == 0x0021 << 16;
        header.crc = in.getInt() & MAX_32;
        long packed = in.getInt() & MAX_32;
        long size = in.getInt() & MAX_32;
        int nameLength = in.getShort() & 0xffff;
        int extraLength = in.getShort() & 0xffff;
        // Comment, disk, internal and external attributes; a link would be one of the last.
        boolean plain = in.getLong() == 0 & in.getShort() == 0;
        long offset = in.getInt() & MAX_32;
        require(in.remaining() >= nameLength + extraLength, null, "a whole directory", "its end too early");
        header.name = name(in, nameLength);
        header.wide = packed == MAX_32 && size == MAX_32;
        boolean far = offset == MAX_32;
        int expected = (header.wide ? 16 : 0) + (far ? 8 : 0);
        require(extraLength == (expected == 0 ? 0 : 4 + expected), header.name, REPACKED, "other extra fields");
        if (expected > 0) {
            require(in.getShort() == 1 && in.getShort() == expected, header.name, REPACKED, "other extra fields");
        }
        header.size = header.wide ? in.getLong() : size;
        header.packed = header.wide ? in.getLong() : packed;
        header.offset = far ? in.getLong() : offset;
        boolean deflated = header.method == 8 && header.flags == (UTF8 | SIZES_FOLLOW);
        boolean stored = header.method == 0 && header.flags == UTF8 && header.packed == header.size;
        require(
                deflated || stored,
                header.name,
                "a file stored or deflated as a pack's are",
                "another method or flags");
        require(
                undated
                        && plain
                        && header.needed == (header.wide ? 45 : 20)
                        && madeBy == (header.wide || far ? 45 : 20)
                        && header.packed >= 0
                        && header.size >= 0,
                header.name,
                REPACKED,
                "a time, a link, attributes or another version");
        return header;
    }

    /** Compares the local header, and what follows the data; gives where the next file begins. */
    private long local(Header header, List<ZipMember> members, long start) throws IOException {
        byte[] name = header.name.getBytes(StandardCharsets.UTF_8);
        boolean streamed = header.method == 8;
        int headerLength = 30 + name.length + (header.wide ? 20 : 0);
        int descriptorLength = streamed ? header.wide ? 24 : 16 : 0;
        long data = header.offset + headerLength;
        require(
                header.packed <= start - data - descriptorLength,
                header.name,
                "a file before the directory",
                "one that reaches into it");
        ByteBuffer in = read(header.offset, headerLength);
        long crc = streamed ? 0 : header.crc;
        long packed = header.wide ? MAX_32 : streamed ? 0 : header.packed;
        long size = header.wide ? MAX_32 : streamed ? 0 : header.size;
        boolean same = in.getInt() == 0x04034b50
                && (in.getShort() & 0xffff) == header.needed
                && (in.getShort() & 0xffff) == header.flags
                && (in.getShort() & 0xffff) == header.method
                && in.getShort() == 0
                && in.getShort() == 0x0021
                && (in.getInt() & MAX_32) == crc
                && (in.getInt() & MAX_32) == packed
                && (in.getInt() & MAX_32) == size
                && (in.getShort() & 0xffff) == name.length
                && (in.getShort() & 0xffff) == (header.wide ? 20 : 0);
        byte[] localName = new byte[name.length];
        in.get(localName);
        same &= Arrays.equals(name, localName);
        if (header.wide) {
            same &= in.getShort() == 1 && in.getShort() == 16 && in.getLong() == 0 && in.getLong() == 0;
        }
        require(same, header.name, "a local header that agrees with the zip's directory", "one that differs");
        if (streamed) {
            ByteBuffer after = read(data + header.packed, descriptorLength);
            boolean agrees = after.getInt() == 0x08074b50 && (after.getInt() & MAX_32) == header.crc;
            agrees &= header.wide
                    ? after.getLong() == header.packed && after.getLong() == header.size
                    : (after.getInt() & MAX_32) == header.packed && (after.getInt() & MAX_32) == header.size;
            require(agrees, header.name, "a data descriptor that agrees with the zip's directory", "one that differs");
        }
        members.add(new ZipMember(header.name, streamed, header.crc, header.packed, header.size, data));
        return data + header.packed + descriptorLength;
    }

    private static String name(ByteBuffer in, int length) throws RefusedException {
        ByteBuffer slice = in.slice(in.position(), length);
        in.position(in.position() + length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(slice).toString();
        } catch (CharacterCodingException e) {
            throw new RefusedException(null, "names in UTF-8", "another name");
        }
    }

    private ByteBuffer read(long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        source.readFully(bytes, position);
        return bytes.flip();
    }

    private static void require(boolean holds, @Nullable String file, String expected, String found)
            throws RefusedException {
        if (!holds) {
            throw new RefusedException(file, expected, found);
        }
    }
}
