package io.strongroom.server.query;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.strongroom.api.FieldVerdict;
import io.strongroom.api.QueryPage.Unsearched;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.field.Commitment.Verdict;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.server.follow.FollowerStatus;
import io.strongroom.server.privacy.SeenField;
import io.strongroom.server.privacy.SeenField.Closed.Cause;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes answers with records: their bytes are put in as they are, never read and written again. */
final class PageWriter {
    private static final int OVERHEAD_BYTES = 512;

    private PageWriter() {}

    static byte[] page(
            RecordPage page, @Nullable String nextCursor, FollowerStatus status, List<Unsearched> unsearched) {
        int size = OVERHEAD_BYTES;
        for (ShownRecord record : page.records()) {
            size += record.bytes() + OVERHEAD_BYTES;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(size);
        ascii(out, "{\"items\":[");
        String separator = "";
        for (ShownRecord record : page.records()) {
            ascii(out, separator);
            item(out, record);
            separator = ",";
        }
        // A cursor is base64url, so it needs no escape.
        ascii(out, "],\"nextCursor\":" + (nextCursor == null ? "null" : '"' + nextCursor + '"'));
        ascii(out, ",\"upperSeq\":" + page.upperSeq());
        ascii(out, ",\"watermark\":" + status.cursor());
        ascii(out, ",\"lagMillis\":" + status.lagMillis());
        if (!unsearched.isEmpty()) {
            ascii(out, ",\"unsearched\":");
            out.writeBytes(unsearched(unsearched).toString().getBytes(UTF_8));
        }
        ascii(out, status.rebuilding() ? ",\"rebuilding\":true}" : "}");
        return out.toByteArray();
    }

    static byte[] record(ShownRecord record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(record.bytes() + OVERHEAD_BYTES);
        item(out, record);
        return out.toByteArray();
    }

    private static void item(ByteArrayOutputStream out, ShownRecord shown) {
        Entry entry = shown.row().entry();
        ascii(out, "{\"seq\":" + entry.seq());
        ascii(out, ",\"recordId\":\"" + entry.id() + '"');
        ascii(out, ",\"at\":\"" + Rfc3339.format(entry.at()) + '"');
        ascii(out, ",\"recordDigest\":\"" + entry.record() + '"');
        byte[] record = shown.record();
        if (record != null) {
            ascii(out, ",\"record\":");
            out.writeBytes(record);
            fields(out, "committed", shown.fields());
        } else {
            ascii(out, ",\"withheld\":\"" + shown.withheld() + '"');
            if (!shown.reason().isEmpty()) {
                ascii(out, ",\"reason\":");
                out.writeBytes(new Json.Text(shown.reason()).toString().getBytes(UTF_8));
            }
            fields(out, "fields", shown.fields());
            ascii(out, ",\"leaf\":\"" + shown.row().leaf() + '"');
            ascii(out, ",\"entry\":");
            out.writeBytes(entry.leafData());
        }
        ascii(out, "}");
    }

    private static void fields(ByteArrayOutputStream out, String name, List<SeenField> fields) {
        if (!fields.isEmpty()) {
            ascii(out, ",\"" + name + "\":");
            List<Json> each =
                    fields.stream().<Json>map(field -> wire(field).toJson()).toList();
            out.writeBytes(new Json.Arr(each).toString().getBytes(UTF_8));
        }
    }

    private static FieldVerdict wire(SeenField field) {
        return switch (field) {
            case SeenField.Shown shown ->
                new FieldVerdict(
                        shown.digest(),
                        Verdict.PRESENT,
                        shown.disclosure().pointer().toString(),
                        shown.classification().name(),
                        null,
                        null,
                        null);
            case SeenField.Masked masked ->
                new FieldVerdict(
                        masked.digest(),
                        Verdict.WITHHELD,
                        masked.pointer().toString(),
                        masked.classification().name(),
                        masked.reason(),
                        masked.mask(),
                        Json.parse(masked.rendering().toBytes()));
            case SeenField.Hidden hidden ->
                new FieldVerdict(
                        hidden.digest(),
                        Verdict.WITHHELD,
                        hidden.pointer().toString(),
                        hidden.classification().name(),
                        hidden.reason(),
                        null,
                        null);
            case SeenField.Closed closed ->
                new FieldVerdict(closed.digest(), Verdict.WITHHELD, null, null, reason(closed.cause()), null, null);
        };
    }

    private static String reason(Cause cause) {
        return switch (cause) {
            case ERASED -> "Its key is gone, so nobody can open it any more.";
            case DAMAGED -> "What is kept of it is damaged; the appliance's log names the record.";
        };
    }

    private static void ascii(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(US_ASCII));
    }

    /** By what records of which streams are not found, and why. */
    static Json.Arr unsearched(List<Unsearched> unsearched) {
        return new Json.Arr(unsearched.stream().<Json>map(Unsearched::toJson).toList());
    }

    /** What each answer of a read model says about its freshness, as members. */
    static Json.Builder freshness(FollowerStatus status) {
        Json.Builder json = Json.object().put("watermark", status.cursor()).put("lagMillis", status.lagMillis());
        return status.rebuilding() ? json.put("rebuilding", true) : json;
    }
}
