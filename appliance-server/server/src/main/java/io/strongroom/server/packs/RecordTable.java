package io.strongroom.server.packs;

import static io.strongroom.server.packs.parquet.Column.optional;
import static io.strongroom.server.packs.parquet.Column.required;

import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.server.ledger.LedgerReader.Row;
import io.strongroom.server.packs.parquet.Column;
import io.strongroom.server.packs.parquet.Column.Kind;
import io.strongroom.server.packs.parquet.ParquetWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The selected records as a table for engines that read columns. A column whose field the record hides, or whose record
 * is gone, has no value.
 */
final class RecordTable {
    /** One column a line; docs name them, so one is never renamed. */
    static final List<Column> COLUMNS = List.of(
            required("seq", Kind.INT64),
            required("at", Kind.TIMESTAMP),
            optional("occurredAt", Kind.TIMESTAMP),
            required("recordId", Kind.TEXT),
            required("stream", Kind.TEXT),
            required("source", Kind.TEXT),
            optional("sourceSeq", Kind.INT64),
            optional("action", Kind.TEXT),
            optional("outcome", Kind.TEXT),
            optional("actorType", Kind.TEXT),
            optional("actorId", Kind.TEXT),
            optional("resourceType", Kind.TEXT),
            optional("resourceId", Kind.TEXT),
            optional("labels", Kind.TEXT_MAP),
            optional("attributes", Kind.JSON),
            optional("classification", Kind.TEXT),
            required("retention", Kind.TEXT),
            required("policyBundle", Kind.TEXT),
            required("recordDigest", Kind.TEXT));

    private final ParquetWriter writer;
    private int column;

    RecordTable(OutputStream out, String createdBy) throws IOException {
        this.writer = new ParquetWriter(out, COLUMNS, createdBy);
    }

    void add(Row row) throws IOException {
        Entry entry = row.entry();
        byte[] body = row.body();
        @Nullable RecordFields record = body == null ? null : new RecordFields(body);
        column = 0;
        writer.number(column++, entry.seq());
        writer.number(column++, entry.at());
        time(record == null ? null : record.text("occurredAt"));
        text(entry.id().toString());
        text(entry.stream());
        text(entry.source());
        number(entry.sourceSeq());
        text(record == null ? null : record.text("action"));
        text(record == null ? null : record.text("outcome"));
        text(record == null ? null : record.text("actor", "type"));
        text(record == null ? null : record.text("actor", "id"));
        text(record == null ? null : record.text("resource", "type"));
        text(record == null ? null : record.text("resource", "id"));
        labels(record);
        json(record == null ? null : record.raw("attributes"));
        text(record == null ? null : record.text("policy", "classification"));
        text(entry.retain());
        text(entry.policy().toString());
        text(entry.record().toString());
        writer.endRow();
    }

    private void time(@Nullable String time) {
        number(time == null ? null : Long.valueOf(Rfc3339.parse(time)));
    }

    private void number(@Nullable Long number) {
        if (number == null) {
            writer.missing(column++);
        } else {
            writer.number(column++, number);
        }
    }

    private void text(@Nullable String text) {
        if (text == null) {
            writer.missing(column++);
        } else {
            writer.text(column++, text);
        }
    }

    private void labels(@Nullable RecordFields record) {
        if (record == null) {
            writer.missing(column++);
        } else {
            writer.map(column++, record.labels());
        }
    }

    private void json(@Nullable JsonSlice json) {
        if (json == null) {
            writer.missing(column++);
        } else {
            writer.bytes(column++, json.bytes(), json.offset(), json.length());
        }
    }

    void finish() throws IOException {
        writer.finish();
    }
}
