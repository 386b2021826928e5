package io.strongroom.server.ingest;

import io.strongroom.api.FieldError;
import io.strongroom.api.Problem;
import io.strongroom.api.ProblemType;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.field.ObjectReference;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.server.uploads.UploadedObject;
import io.strongroom.server.uploads.UploadedObjects;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the large values that a document refers to are here (formats §3). For any number of threads. */
final class ReferenceCheck {
    /** Most references in a record: each is looked up. */
    static final int MOST = 64;

    private static final int NAME_BYTES = "\"attributes\":".length();
    private static final JsonPointer ATTRIBUTES = JsonPointer.of("attributes");

    private final UploadedObjects objects;

    ReferenceCheck(UploadedObjects objects) {
        this.objects = objects;
    }

    /**
     * What stands against the document.
     *
     * @param canonical its canonical bytes
     * @param form where its members stand; it is good
     * @return null if nothing does
     */
    @Nullable
    Problem fault(byte[] canonical, RecordForm form) {
        if (!form.has(Member.ATTRIBUTES)) {
            return null;
        }
        int from = form.start(Member.ATTRIBUTES) + NAME_BYTES;
        int to = form.end(Member.ATTRIBUTES);
        if (!ObjectReference.any(canonical, from, to)) {
            return null;
        }
        Look look = new Look();
        ObjectReference.each(new JsonSlice(canonical, from, to - from), ATTRIBUTES, look::at);
        return look.problem();
    }

    /** One look through one document. */
    private final class Look {
        private final FormErrors malformed = new FormErrors();
        private final List<FieldError> unknown = new ArrayList<>();
        private int count;

        private void at(JsonPointer place, CanonicalObject object) {
            if (++count > MOST) {
                return;
            }
            ObjectReference reference;
            try {
                reference = ObjectReference.of(object);
            } catch (IllegalArgumentException e) {
                malformed.add(place.toString(), String.valueOf(e.getMessage()));
                return;
            }
            UploadedObject known = objects.find(reference.digest()).orElse(null);
            if (known == null) {
                unknown.add(new FieldError(place.toString(), "refers to an object that is not here"));
            } else if (known.bytes() != reference.bytes()) {
                malformed.add(place + "/bytes", "is not the length of the object, which has " + known.bytes());
            } else if (!objects.refer(reference.digest())) {
                unknown.add(new FieldError(place.toString(), "refers to an object that is not here any more"));
            }
        }

        @Nullable
        Problem problem() {
            if (count > MOST) {
                malformed.add(ATTRIBUTES.toString(), "must have at most " + MOST + " references, not " + count);
            }
            if (!malformed.isEmpty()) {
                return Problem.of(ProblemType.SCHEMA, "A reference to an object is wrong.")
                        .withErrors(malformed.list());
            }
            return unknown.isEmpty()
                    ? null
                    : Problem.of(
                                    ProblemType.UNKNOWN_OBJECT,
                                    unknown.size() == 1
                                            ? "One object is not here."
                                            : unknown.size() + " objects are not here.")
                            .withErrors(unknown);
        }
    }
}
