package io.strongroom.server.packs;

import io.strongroom.evidence.json.CanonicalWriter;
import java.util.List;

/** {@code data/dictionary.json}: what each field of a record means, for a person who never saw the product. */
final class FieldDictionary {
    private static final List<Field> FIELDS = List.of(
            new Field("/_sd", "array of digests", "Fields that stand apart, committed to by their salted digests."),
            new Field("/action", "string", "What was done."),
            new Field("/actor/id", "string", "Who did it."),
            new Field("/actor/type", "string", "What kind of actor that is."),
            new Field(
                    "/attributes",
                    "object",
                    "What else the source told; its members are the source's own. $object refers to a file of data/objects."),
            new Field("/correlation/spanId", "string", "The span of a distributed trace."),
            new Field("/correlation/traceId", "string", "The trace that the event belongs to."),
            new Field("/labels", "object of strings", "Labels that the source put on the record."),
            new Field("/occurredAt", "time", "When it happened, as the source tells it."),
            new Field("/outcome", "success, failure or unknown", "How it ended."),
            new Field("/policy/bundle", "string", "The policy bundle that decided about the record."),
            new Field("/policy/classification", "string", "The record's class: the highest of its fields'."),
            new Field("/policy/commit", "string", "The bundle's git commit."),
            new Field("/policy/retention", "string", "How long the record is kept."),
            new Field("/policy/version", "string", "The bundle's version."),
            new Field("/purpose", "string", "The purpose that the source gave."),
            new Field("/receivedAt", "time", "When the appliance received it."),
            new Field("/recordId", "string", "The record's id, a ULID."),
            new Field("/resource/id", "string", "What it was done to."),
            new Field("/resource/type", "string", "What kind of resource that is."),
            new Field("/salt", "string", "128 random bits, so that no digest confirms a guess."),
            new Field("/source/id", "string", "The registered source that sent it."),
            new Field("/source/sequence", "integer", "The source's own count."),
            new Field("/stream", "string", "The stream that it belongs to."),
            new Field("/tenantId", "string", "Whose record it is."),
            new Field("/v", "integer", "The version of this form."));

    private FieldDictionary() {}

    private record Field(String pointer, String type, String meaning) {}

    /** Canonical JSON: the class of a field is for the policy beside it to say, record by record. */
    static byte[] bytes() {
        CanonicalWriter out = new CanonicalWriter();
        out.beginObject()
                .name("classification")
                .string(
                        "Each record's class is its /policy/classification; the bundle in policy/ says which fields made"
                                + " it so. Fields of class CONFIDENTIAL or higher stand in data/disclosures, if this reader may"
                                + " see them.")
                .name("fields")
                .beginArray();
        for (Field field : FIELDS) {
            out.beginObject()
                    .name("meaning")
                    .string(field.meaning())
                    .name("pointer")
                    .string(field.pointer())
                    .name("type")
                    .string(field.type())
                    .endObject();
        }
        return out.endArray().endObject().toBytes();
    }
}
