package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.pack.PackLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a pack's reader was not shown, and under which rules, counted over all records: the word of whoever made the
 * pack, which nothing proves.
 *
 * @param fields the first kinds of hidden or masked fields
 * @param records how many records were left out whole, by the reason
 * @param more whether there are further kinds
 */
public record PackWithheld(List<Hidden> fields, Map<String, Long> records, boolean more) {
    private static final int MOST = 500;

    /**
     * A field, hidden or masked by one rule.
     *
     * @param pointer where it stands (RFC 6901)
     * @param mask how it is masked; null where nothing of it is shown
     * @param reason a sentence that names the rule
     * @param records in how many records
     */
    public record Hidden(
            String pointer, String classification, @Nullable String mask, String reason, long records) {}

    private record Kind(
            String pointer, String classification, @Nullable String mask, String reason) {}

    /**
     * Counts. Interrupting the thread ends it.
     *
     * @throws IOException if the pack cannot be read, or is not as it was when it verified
     */
    public static PackWithheld of(Path pack) throws IOException {
        Map<Kind, Long> kinds = new LinkedHashMap<>();
        Map<String, Long> records = new LinkedHashMap<>();
        boolean more = false;
        try (Bag bag = PackVerifier.open(pack);
                LineCursor masked = new LineCursor(bag, PackLayout.MASKED)) {
            for (byte[] line = masked.next(); line != null; line = masked.next()) {
                CanonicalObject object = CanonicalObject.ofCanonical(line);
                for (MaskedField field : MaskedField.of(object)) {
                    Kind kind = new Kind(field.pointer(), field.classification(), field.mask(), field.reason());
                    more |= !count(kinds, kind);
                }
                JsonSlice reason = object.get("reason");
                if (reason != null) {
                    more |= !count(records, reason.string());
                }
                if (Thread.currentThread().isInterrupted()) {
                    throw new IOException("counting was interrupted");
                }
            }
        } catch (JsonException e) {
            throw new IOException("the pack is not as it was when it was verified: " + e.getMessage(), e);
        }
        List<Hidden> fields = kinds.entrySet().stream()
                .map(kind -> new Hidden(
                        kind.getKey().pointer(),
                        kind.getKey().classification(),
                        kind.getKey().mask(),
                        kind.getKey().reason(),
                        kind.getValue()))
                .sorted(Comparator.comparing(Hidden::pointer))
                .toList();
        return new PackWithheld(fields, records, more);
    }

    /** Whether there was room for it. */
    private static <K> boolean count(Map<K, Long> counts, K key) {
        if (counts.size() >= MOST && !counts.containsKey(key)) {
            return false;
        }
        counts.merge(key, 1L, Long::sum);
        return true;
    }
}
