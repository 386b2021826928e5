package io.strongroom.server.packs.parquet;

import java.nio.charset.StandardCharsets;

/**
 * Writes the parts of Thrift's compact protocol that Parquet's metadata needs. Fields of a struct come in rising order
 * of their ids.
 */
final class Thrift {
    static final int I32 = 5;
    static final int BINARY = 8;
    static final int STRUCT = 12;

    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int I64 = 6;
    private static final int LIST = 9;
    private static final int MAX_DEPTH = 16;

    private final Bytes out;
    private final int[] lastField = new int[MAX_DEPTH];
    private int depth;

    Thrift(Bytes out) {
        this.out = out;
    }

    /** Begins the struct that is the whole message, or an element of a list. */
    Thrift begin() {
        lastField[++depth] = 0;
        return this;
    }

    Thrift end() {
        out.put(0);
        depth--;
        return this;
    }

    private void field(int id, int type) {
        int delta = id - lastField[depth];
        if (delta < 1 || delta > 15) {
            throw new IllegalStateException("field " + id + " after " + lastField[depth]);
        }
        out.put(delta << 4 | type);
        lastField[depth] = id;
    }

    Thrift i32(int id, int value) {
        field(id, I32);
        zigzag(value);
        return this;
    }

    Thrift i64(int id, long value) {
        field(id, I64);
        zigzag(value);
        return this;
    }

    Thrift bool(int id, boolean value) {
        field(id, value ? TRUE : FALSE);
        return this;
    }

    Thrift binary(int id, byte[] value) {
        field(id, BINARY);
        out.varint(value.length);
        out.put(value, 0, value.length);
        return this;
    }

    Thrift text(int id, String value) {
        return binary(id, value.getBytes(StandardCharsets.UTF_8));
    }

    Thrift beginStruct(int id) {
        field(id, STRUCT);
        return begin();
    }

    /** A struct without fields, by which a union says which one it is. */
    Thrift emptyStruct(int id) {
        return beginStruct(id).end();
    }

    /** Begins a list; its elements follow. */
    Thrift list(int id, int elementType, int size) {
        field(id, LIST);
        if (size < 15) {
            out.put(size << 4 | elementType);
        } else {
            out.put(0xf0 | elementType);
            out.varint(size);
        }
        return this;
    }

    Thrift elementI32(int value) {
        zigzag(value);
        return this;
    }

    Thrift elementText(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        out.varint(bytes.length);
        out.put(bytes, 0, bytes.length);
        return this;
    }

    private void zigzag(long value) {
        out.varint(value << 1 ^ value >> 63);
    }
}
