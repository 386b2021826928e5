package io.strongroom.policies.check;

import io.strongroom.policies.Classification;
import io.strongroom.policies.pattern.FieldPattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A case.
 *
 * @param record canonical bytes; null in a case without a record
 * @param stream the record's
 * @param purpose what readers state; empty if nothing
 * @param write what must be done when the record is written; empty if that is not tested
 * @param read by reader, what they must see; null if that is not tested
 * @param export by reader, what they must get out; null if that is not tested
 */
@SuppressWarnings("ArrayRecordComponent")
record TestCase(
        int line,
        String name,
        byte @Nullable [] record,
        String stream,
        String purpose,
        Optional<Written> write,
        @Nullable Map<String, Seen> read,
        @Nullable Map<String, Seen> export,
        List<Permitted> access) {

    /** What must be done when a record is written. The lists are complete; what is null is not tested. */
    record Written(
            @Nullable Classification classification,
            @Nullable String retention,
            @Nullable String subject,
            boolean refused,
            List<FieldPattern> commits,
            List<FieldPattern> drops,
            List<FieldPattern> hashes,
            @Nullable List<FieldPattern> finds,
            @Nullable List<String> residency) {}

    /**
     * What a reader must see.
     *
     * @param denied whether they must not see the record at all
     * @param format of an export
     * @param masks rendering by field
     * @param hides null where whatever is not listed may be hidden
     */
    record Seen(
            boolean denied,
            String format,
            List<FieldPattern> shows,
            Map<FieldPattern, String> masks,
            @Nullable List<FieldPattern> hides) {

        /** What is expected of whoever is not listed. */
        static final Seen DENIED = new Seen(true, "", List.of(), Map.of(), null);
    }

    /** Who alone may do something. */
    record Permitted(String operation, Optional<String> stream, String purpose, Set<String> allowed) {}
}
