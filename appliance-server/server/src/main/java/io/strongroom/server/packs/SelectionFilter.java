package io.strongroom.server.packs;

import io.strongroom.api.Exclusions;
import io.strongroom.api.Selection;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.field.Commitments;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.server.ledger.LedgerReader.Row;
import io.strongroom.server.privacy.RecordSight;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether a row of the ledger is selected. It looks at the ledger alone, never at the read models, so a pack is right
 * however late those are.
 *
 * <p>A record whose body is gone is selected only by what its entry still tells: place, id, stream and source. Whatever else
 * is asked for, nobody can know; and by what nobody can know it is not left out.
 */
final class SelectionFilter {
    private static final Set<String> BY_ENTRY = Set.of("stream", "source");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final Selection selection;
    private final long from;
    private final long to;
    private final Set<String> words;
    private final Set<RecordId> records;
    private final Exclusions not;
    private final boolean asksBody;
    private final boolean looksInside;

    /**
     * @throws IllegalArgumentException if a time is not RFC 3339, or an id of a record is none
     */
    SelectionFilter(Selection selection) {
        this.selection = selection;
        this.from = selection.from() == null ? Long.MIN_VALUE : Rfc3339.parse(selection.from());
        this.to = selection.to() == null ? Long.MAX_VALUE : Rfc3339.parse(selection.to());
        this.words = selection.text() == null ? Set.of() : words(selection.text());
        this.records = selection.records().stream().map(RecordId::parse).collect(Collectors.toUnmodifiableSet());
        this.not = selection.not();
        this.asksBody = selection.from() != null
                || selection.to() != null
                || selection.actor() != null
                || selection.action() != null
                || selection.resource() != null
                || selection.outcome() != null
                || !selection.labels().isEmpty()
                || !words.isEmpty();
        this.looksInside = asksBody
                || !not.labels().isEmpty()
                || !BY_ENTRY.containsAll(not.fields().keySet());
    }

    /** Whether a record may be selected, by what its entry says. */
    boolean admits(Entry entry) {
        return (records.isEmpty() || records.contains(entry.id()))
                && agrees(selection.stream(), entry.stream())
                && agrees(selection.source(), entry.source())
                && !not.of("stream").contains(entry.stream())
                && !not.of("source").contains(entry.source());
    }

    /** What is kept apart of a record counts where the reader sees it as it is. */
    boolean selects(Row row, @Nullable RecordSight sight) {
        return selects(asked(row, sight));
    }

    private Row asked(Row row, @Nullable RecordSight sight) {
        byte[] body = row.body();
        if (!looksInside || body == null || sight == null) {
            return row;
        }
        if (!sight.showsRecord()) {
            return new Row(row.entry(), row.leaf(), sight.told());
        }
        return sight.disclosed().isEmpty()
                ? row
                : new Row(row.entry(), row.leaf(), Commitments.reveal(body, sight.disclosed()));
    }

    boolean selects(Row row) {
        if (!admits(row.entry())) {
            return false;
        }
        byte[] body = row.body();
        if (body == null || !looksInside) {
            return !asksBody;
        }
        RecordFields record = new RecordFields(body);
        return selects(record) && !leavesOut(record);
    }

    private boolean leavesOut(RecordFields record) {
        return has("actor", record.text("actor", "id"))
                || has("action", record.text("action"))
                || has("resource", record.text("resource", "id"))
                || has("outcome", record.text("outcome"))
                || !not.labels().isEmpty()
                        && record.labels().entrySet().stream().anyMatch(label -> not.labels()
                                .getOrDefault(label.getKey(), Collections.emptySortedSet())
                                .contains(label.getValue()));
    }

    private boolean has(String field, @Nullable String value) {
        return value != null && not.of(field).contains(value);
    }

    private boolean selects(RecordFields record) {
        return inTime(record)
                && agrees(selection.action(), record.text("action"))
                && agrees(selection.actor(), record.text("actor", "id"))
                && agrees(selection.resource(), record.text("resource", "id"))
                && (selection.outcome() == null || selection.outcome().wire().equals(record.text("outcome")))
                && record.labels().entrySet().containsAll(selection.labels().entrySet())
                && holdsWords(record);
    }

    private static boolean agrees(@Nullable String asked, @Nullable String found) {
        return asked == null || Objects.equals(asked, found);
    }

    private boolean inTime(RecordFields record) {
        if (selection.from() == null && selection.to() == null) {
            return true;
        }
        String occurredAt = record.text("occurredAt");
        if (occurredAt == null) {
            return false;
        }
        long at = Rfc3339.parse(occurredAt);
        return at >= from && at < to;
    }

    private boolean holdsWords(RecordFields record) {
        if (words.isEmpty()) {
            return true;
        }
        Set<String> missing = new HashSet<>(words);
        record.strings(value -> missing.removeAll(words(value)));
        return missing.isEmpty();
    }

    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>(Arrays.asList(BETWEEN_WORDS.split(text.toLowerCase(Locale.ROOT))));
        words.remove("");
        return words;
    }
}
