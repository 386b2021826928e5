package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.field.Disclosure;
import io.strongroom.evidence.field.DisclosureException;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.json.JsonReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads disclosures beside the records that they belong to; both stand in the order of the ledger. */
final class DisclosureLines {
    private final Lines lines;
    private final List<JsonPointer> withhold;
    private final PartPlaces places = new PartPlaces();
    // Whether the line that was stepped to has been handed out, or there is none yet.
    private boolean handedOut = true;
    private String path = "";
    private @Nullable RecordId id;
    private long seq;
    private long taken;
    private long count;
    private List<Disclosure> disclosures = List.of();
    private @Nullable Failure failure;

    /** @param withhold places of which the pack says that it discloses nothing */
    DisclosureLines(Lines lines, List<JsonPointer> withhold) {
        this.lines = lines;
        this.withhold = withhold;
    }

    /** The disclosures of this record; null where there are none. */
    @Nullable
    List<Disclosure> of(RecordId record) throws IOException {
        if (handedOut && failure == null) {
            step();
        }
        if (!record.equals(id)) {
            return null;
        }
        List<Disclosure> found = disclosures;
        taken = seq;
        count++;
        id = null;
        handedOut = true;
        return found;
    }

    private void step() throws IOException {
        handedOut = false;
        if (!lines.next()) {
            failure = lines.broken();
            return;
        }
        path = lines.path();
        byte[] bytes = Arrays.copyOfRange(lines.buffer(), lines.start(), lines.start() + lines.length());
        try {
            if (!CanonicalJson.isCanonical(bytes)) {
                throw new IllegalArgumentException("JSON that is not canonical");
            }
            CanonicalObject object = CanonicalObject.ofCanonical(bytes);
            if (!object.names().equals(List.of("disclosures", "recordId", "seq"))) {
                throw new IllegalArgumentException("other members than disclosures, recordId, seq");
            }
            List<Disclosure> parsed = new ArrayList<>();
            JsonReader reader = object.require("disclosures").reader();
            reader.beginArray();
            while (reader.hasNext()) {
                parsed.add(Disclosure.parse(reader.string()));
            }
            reader.endArray();
            requireNoneWithheld(parsed);
            disclosures = parsed;
            seq = object.require("seq").integer();
            if (seq < 0) {
                throw new IllegalArgumentException("the place " + seq);
            }
            id = RecordId.parse(object.require("recordId").string());
            places.add(path, seq);
        } catch (JsonException | IllegalArgumentException | DisclosureException e) {
            failure = Failure.of(path, "disclosures of one record in line " + lines.line(), e.getMessage() + "");
        }
    }

    private void requireNoneWithheld(List<Disclosure> parsed) {
        for (Disclosure disclosure : parsed) {
            if (withhold.stream().anyMatch(disclosure.pointer()::isWithin)) {
                throw new IllegalArgumentException(
                        "the value of " + disclosure.pointer() + ", which the manifest says is left out");
            }
        }
    }

    /** The file that was read last. */
    String path() {
        return path;
    }

    /** The place that the disclosures given last name. */
    long seq() {
        return taken;
    }

    /** What the lines of each part belong to. */
    PartPlaces places() {
        return places;
    }

    /** Records whose disclosures have been given. */
    long count() {
        return count;
    }

    /** Reads what is left. */
    void drain() throws IOException {
        if (handedOut && failure == null) {
            step();
        }
        if (failure == null && id != null) {
            failure = new Failure(
                    path, seq, "only disclosures of records that are here, in their order", "those of record " + id);
        }
        lines.drain();
    }

    /** What is wrong with the lines themselves, or that one has no record. */
    @Nullable
    Failure leftOver() {
        return failure;
    }
}
