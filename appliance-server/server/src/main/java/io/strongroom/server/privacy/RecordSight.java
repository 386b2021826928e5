package io.strongroom.server.privacy;

import io.strongroom.evidence.field.Disclosure;
import io.strongroom.evidence.field.JsonPointer;
import java.util.List;

/**
 * What one reader sees of a stored record.
 *
 * @param showsRecord whether the stored record may be shown; where not, the reader sees its entry and leaf, and
 *     {@code fields}
 * @param disclosed what may be put back into it
 * @param findable what the reader may find the record by, if policy has it found: shown to him, or masked
 * @param fields what the record commits to, shown and hidden, in canonical order of places, and behind it objects that hold
 *     nothing any more and are hidden; where the record is not shown though its reader may read it, all its fields
 * @param reason why the record is not shown; empty where it is
 * @param profile the masking profile that applied; empty where none did
 */
public record RecordSight(
        boolean showsRecord,
        List<Disclosure> disclosed,
        List<Disclosure> findable,
        List<SeenField> fields,
        String reason,
        String profile) {
    public RecordSight {
        disclosed = List.copyOf(disclosed);
        findable = List.copyOf(findable);
        fields = List.copyOf(fields);
    }

    static RecordSight whole(String profile) {
        return new RecordSight(true, List.of(), List.of(), List.of(), "", profile);
    }

    static RecordSight nothing(String reason) {
        return new RecordSight(false, List.of(), List.of(), List.of(), reason, "");
    }

    /**
     * The fields of a record that is withheld which the reader sees as they are, together as a record: canonical bytes.
     */
    public byte[] told() {
        return ToldFields.of(fields);
    }

    /**
     * The same for a reader who asked not to be shown what is kept apart at these places, or inside them.
     *
     * @param why a sentence for the reader
     */
    public RecordSight withholding(List<JsonPointer> places, String why) {
        if (places.isEmpty() || fields.isEmpty()) {
            return this;
        }
        return new RecordSight(
                showsRecord,
                disclosed.stream()
                        .filter(each -> !within(each.pointer(), places))
                        .toList(),
                findable,
                fields.stream().map(field -> withholding(field, places, why)).toList(),
                reason,
                profile);
    }

    private static SeenField withholding(SeenField field, List<JsonPointer> places, String why) {
        return switch (field) {
            case SeenField.Shown shown ->
                within(shown.disclosure().pointer(), places)
                        ? new SeenField.Hidden(
                                shown.digest(), shown.disclosure().pointer(), shown.classification(), why)
                        : shown;
            case SeenField.Masked masked ->
                within(masked.pointer(), places)
                        ? new SeenField.Hidden(masked.digest(), masked.pointer(), masked.classification(), why)
                        : masked;
            case SeenField.Hidden hidden -> hidden;
            case SeenField.Closed closed -> closed;
        };
    }

    private static boolean within(JsonPointer place, List<JsonPointer> places) {
        return places.stream().anyMatch(place::isWithin);
    }

    /** Whether something that was to be shown is not what was stored. */
    public boolean isDamaged() {
        return fields.stream()
                .anyMatch(field ->
                        field instanceof SeenField.Closed closed && closed.cause() == SeenField.Closed.Cause.DAMAGED);
    }
}
