package io.strongroom.evidence.pack.verify;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A zip taken apart, to be put together in another way; the end fits what is there unless it is told otherwise. */
record ZipParts(List<byte[]> locals, List<byte[]> central) {
    private static final int CENTRAL_BYTES = 46;
    private static final int END_BYTES = 22;

    static ZipParts of(byte[] zip) {
        int start = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).getInt(zip.length - 6);
        List<byte[]> central = new ArrayList<>();
        List<Integer> begin = new ArrayList<>();
        for (int at = start; at < zip.length - END_BYTES; ) {
            ByteBuffer entry = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
            int length = CENTRAL_BYTES + entry.getShort(at + 28) + entry.getShort(at + 30);
            begin.add(entry.getInt(at + 42));
            central.add(Arrays.copyOfRange(zip, at, at + length));
            at += length;
        }
        begin.add(start);
        List<byte[]> locals = new ArrayList<>();
        for (int i = 0; i + 1 < begin.size(); i++) {
            locals.add(Arrays.copyOfRange(zip, begin.get(i), begin.get(i + 1)));
        }
        return new ZipParts(locals, central);
    }

    int start() {
        return locals.stream().mapToInt(part -> part.length).sum();
    }

    byte[] directory() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        central.forEach(out::writeBytes);
        return out.toByteArray();
    }

    /** Something before a file; with {@code known}, its place and those of the files behind it are told as they are. */
    ZipParts withLocal(int before, byte[] bytes, boolean known) {
        List<byte[]> more = new ArrayList<>(locals);
        more.add(before, bytes);
        List<byte[]> told = new ArrayList<>();
        for (int i = 0; i < central.size(); i++) {
            byte[] entry = central.get(i).clone();
            ByteBuffer fields = ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN);
            fields.putInt(42, fields.getInt(42) + (known && i >= before ? bytes.length : 0));
            told.add(entry);
        }
        return new ZipParts(more, told);
    }

    ZipParts withCentral(int at, byte[] entry) {
        List<byte[]> more = new ArrayList<>(central);
        more.add(at, entry);
        return new ZipParts(locals, more);
    }

    ZipParts withoutCentral(int at) {
        List<byte[]> fewer = new ArrayList<>(central);
        fewer.remove(at);
        return new ZipParts(locals, fewer);
    }

    ZipParts swapped() {
        List<byte[]> other = new ArrayList<>(central);
        Collections.swap(other, 0, 2);
        return new ZipParts(locals, other);
    }

    byte[] joined() {
        return joined(central.size(), 0, 0);
    }

    /** With so many files counted, a directory counted so much longer, that begins so much later. */
    byte[] joined(int count, int longer, int later) {
        byte[] directory = directory();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        locals.forEach(out::writeBytes);
        out.writeBytes(directory);
        out.writeBytes(ByteBuffer.allocate(END_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort((short) count)
                .putShort((short) count)
                .putInt(directory.length + longer)
                .putInt(start() + later)
                .putShort((short) 0)
                .array());
        return out.toByteArray();
    }
}
