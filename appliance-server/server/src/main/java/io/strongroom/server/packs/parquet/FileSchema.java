package io.strongroom.server.packs.parquet;

import java.util.List;

/** The table's columns as Parquet's SchemaElements: a tree, written from its root depth first. */
final class FileSchema {
    private static final int REQUIRED = 0;
    private static final int OPTIONAL = 1;
    private static final int REPEATED = 2;

    // ConvertedType, for readers that do not know LogicalType.
    private static final int UTF8 = 0;
    private static final int MAP = 1;
    private static final int TIMESTAMP_MILLIS = 9;
    private static final int JSON = 19;

    // LogicalType, a union.
    private static final int LOGICAL_STRING = 1;
    private static final int LOGICAL_MAP = 2;
    private static final int LOGICAL_TIMESTAMP = 8;
    private static final int LOGICAL_JSON = 12;

    private FileSchema() {}

    /** Writes field 2 of FileMetaData. */
    static void write(List<Column> columns, Thrift out) {
        int elements = 1;
        for (Column column : columns) {
            elements += column.kind() == Column.Kind.TEXT_MAP ? 4 : 1;
        }
        out.list(2, Thrift.STRUCT, elements);
        out.begin().text(4, "record").i32(5, columns.size()).end();
        for (Column column : columns) {
            int repetition = column.optional() ? OPTIONAL : REQUIRED;
            switch (column.kind()) {
                case INT64 ->
                    out.begin()
                            .i32(1, Leaf.INT64)
                            .i32(3, repetition)
                            .text(4, column.name())
                            .end();
                case TIMESTAMP -> timestamp(out, column.name(), repetition);
                case TEXT -> text(out, column.name(), repetition, UTF8, LOGICAL_STRING);
                case JSON -> text(out, column.name(), repetition, JSON, LOGICAL_JSON);
                case TEXT_MAP -> map(out, column.name(), repetition);
            }
        }
    }

    private static void timestamp(Thrift out, String name, int repetition) {
        out.begin().i32(1, Leaf.INT64).i32(3, repetition).text(4, name).i32(6, TIMESTAMP_MILLIS);
        out.beginStruct(10)
                .beginStruct(LOGICAL_TIMESTAMP)
                .bool(1, true)
                .beginStruct(2)
                .emptyStruct(1)
                .end()
                .end()
                .end();
        out.end();
    }

    private static void text(Thrift out, String name, int repetition, int converted, int logical) {
        out.begin().i32(1, Leaf.BYTE_ARRAY).i32(3, repetition).text(4, name).i32(6, converted);
        out.beginStruct(10).emptyStruct(logical).end();
        out.end();
    }

    private static void map(Thrift out, String name, int repetition) {
        out.begin().i32(3, repetition).text(4, name).i32(5, 1).i32(6, MAP);
        out.beginStruct(10).emptyStruct(LOGICAL_MAP).end();
        out.end();
        out.begin().i32(3, REPEATED).text(4, "key_value").i32(5, 2).end();
        text(out, "key", REQUIRED, UTF8, LOGICAL_STRING);
        text(out, "value", REQUIRED, UTF8, LOGICAL_STRING);
    }
}
