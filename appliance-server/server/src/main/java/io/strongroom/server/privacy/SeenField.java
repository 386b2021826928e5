package io.strongroom.server.privacy;

import io.strongroom.evidence.field.Disclosure;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.policies.Classification;
import org.jspecify.annotations.Nullable;

/** A field that a record commits to, or that stands in it and is hidden, as one reader sees it. */
public sealed interface SeenField {
    /** As it stands in the record's {@code _sd}; null where the field stands in the record itself. */
    @Nullable
    String digest();

    /** The reader may see it, and prove it. */
    record Shown(String digest, Disclosure disclosure, Classification classification) implements SeenField {}

    /**
     * The reader sees a rendering, which proves nothing.
     *
     * @param mask what was done, as bundles name it; {@code none} where the value is as it was and cannot be proven,
     *     because what it stands in is hidden
     * @param rendering canonical JSON
     * @param reason a sentence for the reader
     */
    record Masked(
            @Nullable String digest,
            JsonPointer pointer,
            Classification classification,
            String mask,
            JsonSlice rendering,
            String reason)
            implements SeenField {}

    /**
     * The reader may see where it stands, and not what it holds.
     *
     * @param reason a sentence for the reader
     */
    record Hidden(@Nullable String digest, JsonPointer pointer, Classification classification, String reason)
            implements SeenField {}

    /** Nobody can open it, so not even its place is known. */
    record Closed(String digest, Cause cause) implements SeenField {
        /** Why. */
        public enum Cause {
            /** Its key is gone. */
            ERASED,
            /** Its ciphertext is not what was stored. */
            DAMAGED
        }
    }
}
