package io.strongroom.server.packs;

import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.CanonicalWriter;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.policies.Classification;
import io.strongroom.server.privacy.RecordSight;
import io.strongroom.server.privacy.SeenField;
import org.jspecify.annotations.Nullable;

/** A line of {@code data/masked/}: what a reader sees of a record's hidden fields, and why not more (formats §7). */
final class MaskedLine {
    private MaskedLine() {}

    /** Whether something of the record is not whole for its reader. */
    static boolean isDue(RecordSight sight) {
        boolean due = !sight.showsRecord();
        for (SeenField field : sight.fields()) {
            due |= field instanceof SeenField.Masked || field instanceof SeenField.Hidden;
        }
        return due;
    }

    /** Canonical JSON. */
    static byte[] of(Entry entry, RecordSight sight) {
        CanonicalWriter out = new CanonicalWriter();
        out.beginObject().name("fields").beginArray();
        for (SeenField field : sight.fields()) {
            switch (field) {
                case SeenField.Masked masked ->
                    field(
                            out,
                            masked.pointer(),
                            masked.classification(),
                            masked.reason(),
                            masked.mask(),
                            masked.rendering());
                case SeenField.Hidden hidden ->
                    field(out, hidden.pointer(), hidden.classification(), hidden.reason(), null, null);
                case SeenField.Shown shown -> {
                    // Stands in data/disclosures, with its proof.
                }
                case SeenField.Closed closed -> {
                    // Nobody knows its place.
                }
            }
        }
        out.endArray();
        if (!sight.showsRecord()) {
            out.name("reason").string(sight.reason());
        }
        return out.name("recordId")
                .string(entry.id().toString())
                .name("seq")
                .integer(entry.seq())
                .endObject()
                .toBytes();
    }

    private static void field(
            CanonicalWriter out,
            JsonPointer pointer,
            Classification classification,
            String reason,
            @Nullable String mask,
            @Nullable JsonSlice rendering) {
        out.beginObject().name("classification").string(classification.name());
        if (mask != null) {
            out.name("mask").string(mask);
        }
        out.name("pointer").string(pointer.toString()).name("reason").string(reason);
        if (rendering != null) {
            out.name("rendering").rawValue(rendering);
        }
        out.endObject();
    }
}
