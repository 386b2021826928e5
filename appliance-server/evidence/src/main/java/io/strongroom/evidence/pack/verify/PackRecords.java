package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.field.Disclosure;
import io.strongroom.evidence.field.DisclosureException;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.json.JsonReader;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.pack.verify.LineCursor.Place;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the pages of a pack's records, in the order of the ledger. To be asked only of packs that verified: it compares
 * nothing. Remembers where every 64th record begins as far as it has come, so memory hardly grows with the pack. For one
 * thread at a time.
 */
public final class PackRecords implements Closeable {
    private static final int STRIDE = 64;

    private final Bag bag;
    private final LineCursor records;
    private final LineCursor entries;
    private final LineCursor disclosures;
    private final LineCursor renderings;

    // marks.get(i) is where record i * STRIDE begins; as many as have been walked over.
    private final List<Mark> marks = new ArrayList<>();
    private long at;
    // A line of disclosures read ahead, for a record still to come, and where it begins.
    private @Nullable CanonicalObject disclosed;
    private Place disclosedAt = Place.START;
    // A line of renderings read ahead, as above.
    private @Nullable CanonicalObject rendered;
    private Place renderedAt = Place.START;

    private record Mark(Place record, Place entry, Place disclosure, Place rendering) {}

    private PackRecords(Bag bag) {
        this.bag = bag;
        this.records = new LineCursor(bag, PackLayout.RECORDS);
        this.entries = new LineCursor(bag, PackLayout.ENTRIES);
        this.disclosures = new LineCursor(bag, PackLayout.DISCLOSURES);
        this.renderings = new LineCursor(bag, PackLayout.MASKED);
        marks.add(new Mark(Place.START, Place.START, Place.START, Place.START));
    }

    /**
     * Opens a pack, as a zip or unpacked.
     *
     * @throws IOException if it cannot be read
     */
    public static PackRecords open(Path pack) throws IOException {
        return new PackRecords(PackVerifier.open(pack));
    }

    /**
     * Some records.
     *
     * @param first the number of the first of them, from 0
     * @param count at most so many; fewer at the end
     * @throws IOException if the pack cannot be read, or is not as it was when it verified
     */
    public List<PackRecord> page(long first, int count) throws IOException {
        try {
            seek(first);
            List<PackRecord> page = new ArrayList<>(count);
            while (at < first + count) {
                PackRecord next = next();
                if (next == null) {
                    break;
                }
                if (at > first) {
                    page.add(next);
                }
            }
            return page;
        } catch (JsonException | DisclosureException e) {
            throw new IOException("the pack is not as it was when it was verified: " + e.getMessage(), e);
        }
    }

    /** Goes to the last known place that is not behind the record; the walk to it makes the marks in between. */
    private void seek(long record) throws IOException {
        int mark = (int) Math.min(record / STRIDE, marks.size() - 1);
        if (at > record || at < (long) mark * STRIDE) {
            Mark place = marks.get(mark);
            records.seek(place.record());
            entries.seek(place.entry());
            disclosures.seek(place.disclosure());
            disclosed = null;
            renderings.seek(place.rendering());
            rendered = null;
            at = (long) mark * STRIDE;
        }
    }

    private @Nullable PackRecord next() throws IOException {
        byte[] record = records.next();
        if (record == null) {
            return null;
        }
        String id = CanonicalObject.ofCanonical(record).require("recordId").string();
        while (true) {
            byte[] line = entries.next();
            if (line == null) {
                throw new IOException("the record " + id + " has no entry in the pack");
            }
            CanonicalObject entry = CanonicalObject.ofCanonical(line);
            if (entry.require("id").string().equals(id)) {
                long seq = entry.require("seq").integer();
                PackRecord found = new PackRecord(seq, line, record, disclosedOf(id), maskedOf(seq));
                at++;
                mark();
                return found;
            }
        }
    }

    private List<Disclosure> disclosedOf(String id) throws IOException {
        if (disclosed == null) {
            disclosedAt = disclosures.place();
            byte[] line = disclosures.next();
            disclosed = line == null ? null : CanonicalObject.ofCanonical(line);
        }
        if (disclosed == null || !disclosed.require("recordId").string().equals(id)) {
            return List.of();
        }
        List<Disclosure> found = new ArrayList<>();
        JsonReader all = disclosed.require("disclosures").reader();
        all.beginArray();
        while (all.hasNext()) {
            found.add(Disclosure.parse(all.string()));
        }
        disclosed = null;
        return found;
    }

    /** Renderings stand here also of records that are left out: those are passed over. */
    private List<MaskedField> maskedOf(long seq) throws IOException {
        while (true) {
            if (rendered == null) {
                renderedAt = renderings.place();
                byte[] line = renderings.next();
                if (line == null) {
                    return List.of();
                }
                rendered = CanonicalObject.ofCanonical(line);
            }
            long place = rendered.require("seq").integer();
            if (place > seq) {
                return List.of();
            }
            List<MaskedField> fields = place == seq ? MaskedField.of(rendered) : List.of();
            rendered = null;
            if (place == seq) {
                return fields;
            }
        }
    }

    private void mark() {
        if (at == (long) marks.size() * STRIDE) {
            Place disclosure = disclosed == null ? disclosures.place() : disclosedAt;
            Place rendering = rendered == null ? renderings.place() : renderedAt;
            marks.add(new Mark(records.place(), entries.place(), disclosure, rendering));
        }
    }

    @Override
    public void close() throws IOException {
        try (bag;
                records;
                entries;
                renderings) {
            disclosures.close();
        }
    }
}
