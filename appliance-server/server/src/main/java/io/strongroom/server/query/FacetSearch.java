package io.strongroom.server.query;

import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.server.privacy.Reader;
import io.strongroom.server.projection.Facet;
import io.strongroom.server.projection.FacetCount;
import io.strongroom.server.projection.Facets;
import io.strongroom.server.projection.Field;
import io.strongroom.server.projection.Hits;
import io.strongroom.server.projection.Position;
import io.strongroom.server.projection.Timeline;
import io.strongroom.server.projection.TimelineQuery;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts values. Over all records, or all of some hours, from the counts by the hour; with other filters over the newest
 * {@value #SAMPLE} records that fit, exactly, and the answer says whether there are more. So too for readers from whom policy may hide
 * something: they are counted what they see; and where some values leave records out.
 */
@Singleton
final class FacetSearch {
    static final int SAMPLE = 5_000;

    private final RecordSearch search;
    private final Timeline timeline;
    private final Facets facets;

    FacetSearch(RecordSearch search, Timeline timeline, Facets facets) {
        this.search = search;
        this.timeline = timeline;
        this.facets = facets;
    }

    /** What was counted. */
    enum Counted {
        /** All records that fit. */
        ALL,
        /** All records of whole hours, which the bounds asked for were widened to. */
        HOURS,
        /** The newest records that fit; there are more. */
        NEWEST
    }

    /**
     * @param sampled how many records were counted one by one; −1 where hours were added up
     * @param from the earliest {@code occurredAt} that was counted, epoch milliseconds; null where there is no such bound
     * @param to one past the latest, likewise
     * @param reason why not all were counted, in a sentence; empty where all were
     */
    record Answer(
            List<Facet> facets,
            Counted counted,
            long sampled,
            @Nullable Long from,
            @Nullable Long to,
            String reason) {}

    Answer count(Reader reader, Question question, Set<Field> fields, int limit) {
        if (!search.showsEverything(reader)) {
            return shown(reader, question, fields, limit, "The policy in force may hide fields from you");
        }
        if (!question.exclusions().isEmpty()) {
            return shown(reader, question, fields, limit, "What is left out is told by the records themselves");
        }
        TimelineQuery query = question.query();
        boolean timeOnly = query.conditions().isEmpty()
                && query.words().isEmpty()
                && query.fromSeq() == 0
                && query.endSeq() == Long.MAX_VALUE
                && question.fromAt() == null
                && question.endAt() == null
                && fields.stream().allMatch(Field::rolledUp);
        boolean bounded = query.fromOccurred() != Long.MIN_VALUE || query.endOccurred() != Long.MAX_VALUE;
        if (timeOnly && !bounded) {
            return byHour(query, fields, limit, Counted.ALL);
        }
        TimelineQuery all = search.bounded(question, search.read(timeline::endSeq));
        Hits hits = search.read(connection -> timeline.find(connection, all, SAMPLE));
        if (timeOnly && hits.more()) {
            return byHour(query, fields, limit, Counted.HOURS);
        }
        List<Long> seqs = hits.positions().stream().map(Position::seq).toList();
        List<Facet> counted = search.read(connection -> facets.over(connection, seqs, fields, limit)).stream()
                .map(facet -> named(reader, facet))
                .toList();
        return new Answer(
                counted,
                hits.more() ? Counted.NEWEST : Counted.ALL,
                seqs.size(),
                null,
                null,
                hits.more() ? newest(seqs.size()) : "");
    }

    private Answer byHour(TimelineQuery query, Set<Field> fields, int limit, Counted counted) {
        Facets.Hours hours = Facets.Hours.touching(query.fromOccurred(), query.endOccurred());
        List<Facet> found = search.read(connection -> {
            List<Facet> each = new ArrayList<>();
            for (Field field : fields) {
                each.add(facets.byHour(connection, field, hours, limit));
            }
            return each;
        });
        boolean all = counted == Counted.ALL;
        return new Answer(found, counted, -1, all ? null : hours.fromMillis(), all ? null : hours.endMillis(), "");
    }

    /** Counts what the reader sees of the newest records that fit, and nothing that is hidden from them. */
    private Answer shown(Reader reader, Question question, Set<Field> fields, int limit, String why) {
        RecordPage page = search.sample(reader, question, SAMPLE);
        Map<Field, Map<String, Long>> counts = new EnumMap<>(Field.class);
        fields.forEach(field -> counts.put(field, new HashMap<>()));
        RecordValues values = new RecordValues(
                (field, value) -> counts.getOrDefault(field, new HashMap<>()).merge(value, 1L, Long::sum));
        page.records().forEach(values::of);
        List<Facet> found = new ArrayList<>();
        counts.forEach((field, byValue) -> {
            List<FacetCount> sorted = byValue.entrySet().stream()
                    .map(each -> new FacetCount(each.getKey(), each.getValue(), -1))
                    .sorted(Comparator.comparingLong(FacetCount::records)
                            .reversed()
                            .thenComparing(each -> String.valueOf(each.value())))
                    .toList();
            long others =
                    sorted.stream().skip(limit).mapToLong(FacetCount::records).sum();
            found.add(new Facet(field, sorted.subList(0, Math.min(limit, sorted.size())), others));
        });
        int counted = page.records().size();
        boolean all = page.next() == null;
        return new Answer(
                found,
                all ? Counted.ALL : Counted.NEWEST,
                counted,
                null,
                null,
                all ? "" : why + ", so that records are counted one by one. " + newest(counted));
    }

    private static String newest(int counted) {
        return "Only the newest " + counted
                + " records that fit were counted; narrow the question down for exact counts.";
    }

    /** Takes the names of values that the timeline has only hashes of from a record each, as far as the reader may see it. */
    private Facet named(Reader reader, Facet facet) {
        List<FacetCount> values = new ArrayList<>();
        long others = facet.others();
        for (FacetCount count : facet.values()) {
            Optional<String> name = count.value() != null
                    ? Optional.of(count.value())
                    : search.record(reader, count.example()).flatMap(shown -> value(facet.field(), shown));
            if (name.isPresent()) {
                values.add(new FacetCount(name.get(), count.records(), -1));
            } else {
                others += count.records();
            }
        }
        return new Facet(facet.field(), values, others);
    }

    private static Optional<String> value(Field field, ShownRecord shown) {
        byte[] record = shown.record();
        if (record == null || field != Field.ACTOR && field != Field.RESOURCE) {
            return Optional.empty();
        }
        try {
            JsonSlice party = CanonicalObject.ofCanonical(record).get(field.parameter());
            JsonSlice id = party == null ? null : party.object().get("id");
            return id == null ? Optional.empty() : Optional.of(id.string());
        } catch (JsonException noRecord) {
            return Optional.empty();
        }
    }

    static String time(long millis) {
        return Rfc3339.format(Math.clamp(millis, Rfc3339.MIN_EPOCH_MILLIS, Rfc3339.MAX_EPOCH_MILLIS));
    }
}
