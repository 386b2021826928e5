package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.json.JsonSlice;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads renderings beside the entries whose records they are of; both stand in the order of the ledger. What a rendering
 * shows is proven by nothing, but it belongs to a record that is told, and to none else.
 */
final class RenderingLines {
    private final Lines lines;
    private final PartPlaces places = new PartPlaces();
    private boolean begun;
    private boolean ended;
    private String path = "";
    private long seq;
    private @Nullable RecordId id;
    private boolean instead;
    private @Nullable Failure failure;

    RenderingLines(Lines lines) {
        this.lines = lines;
    }

    /**
     * Compares what is said of an entry, none before which was passed over.
     *
     * @param here whether its record is in the pack
     * @return what is wrong; null where nothing is
     */
    @Nullable
    Failure at(long place, RecordId record, boolean here) throws IOException {
        if (!begun) {
            begun = true;
            step();
        }
        if (failure != null || ended || seq > place) {
            return failure;
        }
        if (seq < place || !record.equals(id)) {
            return new Failure(
                    path,
                    place,
                    "renderings of records whose entries are here, in their order",
                    "of " + id + " at " + seq);
        }
        if (instead == here) {
            return new Failure(
                    path,
                    place,
                    here
                            ? "no reason why the record is left out, which is here"
                            : "a reason why the record is left out",
                    here ? "one" : "none");
        }
        step();
        return null;
    }

    private void step() throws IOException {
        if (!lines.next()) {
            failure = lines.broken();
            ended = true;
            return;
        }
        path = lines.path();
        byte[] bytes = Arrays.copyOfRange(lines.buffer(), lines.start(), lines.start() + lines.length());
        try {
            if (!CanonicalJson.isCanonical(bytes)) {
                throw new IllegalArgumentException("JSON that is not canonical");
            }
            CanonicalObject object = CanonicalObject.ofCanonical(bytes);
            boolean shows = !MaskedField.of(object).isEmpty();
            JsonSlice reason = object.get("reason");
            instead = reason != null && !reason.string().isEmpty();
            if (!shows && !instead) {
                throw new IllegalArgumentException("neither a field nor a reason");
            }
            seq = object.require("seq").integer();
            id = RecordId.parse(object.require("recordId").string());
            places.add(path, seq);
        } catch (JsonException | IllegalArgumentException e) {
            failure = Failure.of(path, "renderings of one record in line " + lines.line(), e.getMessage() + "");
        }
    }

    /** Reads what is left, after the last entry; gives what is wrong with that. */
    @Nullable
    Failure end() throws IOException {
        if (!begun) {
            begun = true;
            step();
        }
        if (failure == null && !ended) {
            failure = new Failure(
                    path,
                    seq,
                    "renderings of records whose entries are here, in their order",
                    "of " + id + " at " + seq);
        }
        lines.drain();
        return failure;
    }

    PartPlaces places() {
        return places;
    }
}
