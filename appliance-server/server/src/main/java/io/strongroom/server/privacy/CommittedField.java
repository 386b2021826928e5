package io.strongroom.server.privacy;

import io.strongroom.evidence.field.Disclosure;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.policies.Classification;
import java.util.ArrayList;
import java.util.List;

/** A field that a stored record commits to, as one reader sees it. */
public sealed interface CommittedField {

    /** As it stands in the record's {@code _sd}. */
    String digest();

    /** The reader may see it. */
    record Shown(String digest, Disclosure disclosure, Classification classification) implements CommittedField {}

    /**
     * The reader may see where it stands, and not what it holds.
     *
     * @param reason a sentence for the reader
     */
    record Hidden(String digest, JsonPointer pointer, Classification classification, String reason)
            implements CommittedField {}

    /** Nobody can open it, so not even its place is known. */
    record Closed(String digest, Cause cause) implements CommittedField {
        /** Why. */
        public enum Cause {
            /** Its key is gone. */
            ERASED,
            /** Its ciphertext is not what was stored. */
            DAMAGED
        }
    }

    /** The disclosures of those that may be seen. */
    static List<Disclosure> shown(List<CommittedField> fields) {
        List<Disclosure> shown = new ArrayList<>();
        for (CommittedField field : fields) {
            if (field instanceof Shown open) {
                shown.add(open.disclosure());
            }
        }
        return shown;
    }
}
