package io.strongroom.server.packs.parquet;

import com.github.luben.zstd.Zstd;
import io.strongroom.server.packs.parquet.Column.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Writes a table row by row as an Apache Parquet file, in one pass. It holds one row group, and of those written about
 * 100 bytes a column. The same rows give the same bytes.
 *
 * <p>Every column is one page a row group, plainly encoded and compressed with Zstandard, with the least and greatest
 * number and the count of nulls, so that a reader can skip groups.
 */
public final class ParquetWriter {
    /** Uncompressed bytes after which a row group is written. */
    static final int GROUP_BYTES = 16 << 20;

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int ZSTD_LEVEL = 3;
    private static final int CODEC_ZSTD = 6;
    private static final int ENCODING_PLAIN = 0;
    private static final int ENCODING_RLE = 3;
    private static final int DATA_PAGE = 0;

    private final OutputStream out;
    private final List<Column> columns;
    private final String createdBy;
    private final int groupBytes;
    private final List<Leaf> leaves = new ArrayList<>();
    /** The leaf of each column; a map's keys, whose values stand behind. */
    private final int[] firstLeaf;

    private final List<byte[]> groups = new ArrayList<>();
    private final Bytes page = new Bytes();
    private byte[] compressed = new byte[0];
    private long position;
    private long rows;
    private long groupRows;

    /** @param createdBy the program's name and version */
    public ParquetWriter(OutputStream out, List<Column> columns, String createdBy) throws IOException {
        this(out, columns, createdBy, GROUP_BYTES);
    }

    ParquetWriter(OutputStream out, List<Column> columns, String createdBy, int groupBytes) throws IOException {
        this.out = out;
        this.columns = List.copyOf(columns);
        this.createdBy = createdBy;
        this.groupBytes = groupBytes;
        this.firstLeaf = new int[columns.size()];
        for (int i = 0; i < columns.size(); i++) {
            firstLeaf[i] = leaves.size();
            addLeaves(columns.get(i));
        }
        write(MAGIC, MAGIC.length);
    }

    private void addLeaves(Column column) {
        int optional = column.optional() ? 1 : 0;
        switch (column.kind()) {
            case INT64, TIMESTAMP -> leaves.add(new Leaf(List.of(column.name()), Leaf.INT64, optional, 0));
            case TEXT, JSON -> leaves.add(new Leaf(List.of(column.name()), Leaf.BYTE_ARRAY, optional, 0));
            case TEXT_MAP -> {
                leaves.add(new Leaf(List.of(column.name(), "key_value", "key"), Leaf.BYTE_ARRAY, 2, 1));
                leaves.add(new Leaf(List.of(column.name(), "key_value", "value"), Leaf.BYTE_ARRAY, 2, 1));
            }
        }
    }

    /** Sets a number or a time in the current row. Each column is set once a row. */
    public void number(int column, long value) {
        leaves.get(firstLeaf[column]).int64(value);
    }

    public void text(int column, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        bytes(column, bytes, 0, bytes.length);
    }

    /** A string or a JSON document in UTF-8. */
    public void bytes(int column, byte[] utf8, int offset, int length) {
        leaves.get(firstLeaf[column]).bytes(utf8, offset, length, 0);
    }

    public void map(int column, SortedMap<String, String> map) {
        Leaf keys = leaves.get(firstLeaf[column]);
        Leaf values = leaves.get(firstLeaf[column] + 1);
        if (map.isEmpty()) {
            keys.missing(1);
            values.missing(1);
            return;
        }
        int repetition = 0;
        for (Map.Entry<String, String> entry : map.entrySet()) {
            put(keys, entry.getKey(), repetition);
            put(values, entry.getValue(), repetition);
            repetition = 1;
        }
    }

    private static void put(Leaf leaf, String text, int repetition) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        leaf.bytes(bytes, 0, bytes.length, repetition);
    }

    /** No value in an optional column. */
    public void missing(int column) {
        if (!columns.get(column).optional()) {
            throw new IllegalStateException("the column " + columns.get(column).name() + " must have a value");
        }
        leaves.get(firstLeaf[column]).missing(0);
        if (columns.get(column).kind() == Kind.TEXT_MAP) {
            leaves.get(firstLeaf[column] + 1).missing(0);
        }
    }

    /** Ends the row, in which every column has been set or is missing. */
    public void endRow() throws IOException {
        rows++;
        groupRows++;
        long buffered = 0;
        for (Leaf leaf : leaves) {
            buffered += leaf.buffered();
        }
        if (buffered >= groupBytes) {
            endGroup();
        }
    }

    private void endGroup() throws IOException {
        if (groupRows == 0) {
            return;
        }
        Bytes metadata = new Bytes();
        Thrift group = new Thrift(metadata);
        long start = position;
        long plain = 0;
        group.begin().list(1, Thrift.STRUCT, leaves.size());
        for (Leaf leaf : leaves) {
            plain += chunk(leaf, group);
        }
        group.i64(2, plain)
                .i64(3, groupRows)
                .i64(5, start)
                .i64(6, position - start)
                .end();
        groups.add(metadata.toBytes());
        groupRows = 0;
    }

    /** Writes a column's page and its ColumnChunk; gives the uncompressed bytes. */
    private long chunk(Leaf leaf, Thrift group) throws IOException {
        page.clear();
        leaf.page(page);
        int bound = Math.toIntExact(Zstd.compressBound(page.length()));
        if (compressed.length < bound) {
            compressed = new byte[bound];
        }
        int length = Math.toIntExact(
                Zstd.compressByteArray(compressed, 0, compressed.length, page.array(), 0, page.length(), ZSTD_LEVEL));

        Bytes header = new Bytes();
        new Thrift(header)
                .begin()
                .i32(1, DATA_PAGE)
                .i32(2, page.length())
                .i32(3, length)
                .beginStruct(5)
                .i32(1, Math.toIntExact(leaf.count()))
                .i32(2, ENCODING_PLAIN)
                .i32(3, ENCODING_RLE)
                .i32(4, ENCODING_RLE)
                .end()
                .end();
        long offset = position;
        write(header.array(), header.length());
        write(compressed, length);

        long plain = header.length() + page.length();
        group.begin().i64(2, offset).beginStruct(3);
        group.i32(1, leaf.type)
                .list(2, Thrift.I32, 2)
                .elementI32(ENCODING_PLAIN)
                .elementI32(ENCODING_RLE);
        group.list(3, Thrift.BINARY, leaf.path.size());
        leaf.path.forEach(group::elementText);
        group.i32(4, CODEC_ZSTD)
                .i64(5, leaf.count())
                .i64(6, plain)
                .i64(7, position - offset)
                .i64(9, offset)
                .beginStruct(12)
                .i64(3, leaf.nulls());
        if (leaf.hasRange()) {
            group.binary(5, littleEndian(leaf.max())).binary(6, littleEndian(leaf.min()));
        }
        group.end().end().end();
        leaf.clear();
        return plain;
    }

    private static byte[] littleEndian(long value) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    /** Writes what remains and the footer; the stream is left open. */
    public void finish() throws IOException {
        endGroup();
        Bytes footer = new Bytes();
        Thrift thrift = new Thrift(footer);
        thrift.begin().i32(1, 2);
        FileSchema.write(columns, thrift);
        thrift.i64(3, rows).list(4, Thrift.STRUCT, groups.size());
        for (byte[] group : groups) {
            footer.put(group, 0, group.length);
        }
        thrift.text(6, createdBy).list(7, Thrift.STRUCT, leaves.size());
        for (int i = 0; i < leaves.size(); i++) {
            // Numbers and strings are ordered by their types: without this, readers ignore least and greatest.
            thrift.begin().emptyStruct(1).end();
        }
        thrift.end();
        int length = footer.length();
        footer.int32(length);
        footer.put(MAGIC, 0, MAGIC.length);
        write(footer.array(), footer.length());
    }

    private void write(byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
        position += length;
    }
}
