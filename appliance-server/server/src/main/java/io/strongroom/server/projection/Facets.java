package io.strongroom.server.projection;

import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.TenantId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts values: over any number of records by the hour, or over given records one by one. */
public final class Facets {
    private final String tenant;
    private final TimelinePages pages;

    public Facets(TenantId tenant) {
        this.tenant = tenant.value();
        pages = new TimelinePages(this.tenant);
    }

    /** The hours since 1970 that [{@code fromOccurred}, {@code endOccurred}) touches. */
    public record Hours(int from, int end) {
        public static Hours touching(long fromOccurred, long endOccurred) {
            long from = Math.max(fromOccurred, Rfc3339.MIN_EPOCH_MILLIS);
            long last = Math.min(endOccurred, Rfc3339.MAX_EPOCH_MILLIS + 1) - 1;
            return new Hours(FacetCounts.hour(from), Math.max(FacetCounts.hour(last) + 1, FacetCounts.hour(from)));
        }

        /** Where the first of them begins, epoch milliseconds. */
        public long fromMillis() {
            return from * FacetCounts.MILLIS_PER_HOUR;
        }

        /** Where the last of them ends, epoch milliseconds. */
        public long endMillis() {
            return end * FacetCounts.MILLIS_PER_HOUR;
        }
    }

    /**
     * Counts the values of a field over all records that occurred in these hours.
     *
     * @param field one that is {@linkplain Field#rolledUp() counted by the hour}
     */
    public Facet byHour(Connection connection, Field field, Hours hours, int limit) throws SQLException {
        List<FacetCount> counts = new ArrayList<>();
        long others = 0;
        try (PreparedStatement query = connection.prepareStatement(TimelineSql.FACETS_BY_HOUR)) {
            query.setString(1, tenant);
            query.setInt(2, field.number());
            query.setInt(3, hours.from());
            query.setInt(4, hours.end());
            query.setString(5, tenant);
            query.setInt(6, field.number());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    String value = row.getString(2);
                    if (row.getInt(1) == FacetCounts.OTHER || value == null) {
                        others += row.getLong(3);
                    } else {
                        counts.add(new FacetCount(value, row.getLong(3), -1));
                    }
                }
            }
        }
        return top(field, counts, others, limit);
    }

    /** Counts the values of the fields over the records at these places. */
    public List<Facet> over(Connection connection, List<Long> seqs, Set<Field> fields, int limit) throws SQLException {
        Map<Field, Map<Long, Tally>> tallies = new EnumMap<>(Field.class);
        fields.forEach(field -> tallies.put(field, new HashMap<>()));
        Set<Long> wanted = new HashSet<>(seqs);
        pages.of(connection, seqs, page -> {
            for (int i = 0; i < page.size(); i++) {
                if (wanted.contains(page.firstSeq() + i)) {
                    count(page, i, tallies);
                }
            }
        });
        Map<Long, String> names = names(connection, tallies);
        List<Facet> facets = new ArrayList<>();
        tallies.forEach((field, values) -> {
            List<FacetCount> counts = new ArrayList<>();
            values.forEach((value, tally) -> {
                String name = field.rolledUp() ? names.get(nameKey(field, TermHash.term(value))) : null;
                counts.add(new FacetCount(name, tally.records, name == null ? tally.example : -1));
            });
            facets.add(top(field, counts, 0, limit));
        });
        return facets;
    }

    private static final class Tally {
        private final long example;
        private long records;

        private Tally(long example) {
            this.example = example;
        }
    }

    private static void count(TimelinePage page, int index, Map<Field, Map<Long, Tally>> tallies) {
        long seq = page.firstSeq() + index;
        tallies.forEach((field, values) -> {
            if (field == Field.LABEL) {
                for (int term : page.labels(index)) {
                    add(values, term, seq);
                }
                return;
            }
            long value = page.value(field, index);
            if (value != 0) {
                add(values, value, seq);
            }
        });
    }

    private static void add(Map<Long, Tally> tallies, long value, long seq) {
        Tally tally = tallies.get(value);
        if (tally == null) {
            tally = new Tally(seq);
            tallies.put(value, tally);
        }
        tally.records++;
    }

    private Map<Long, String> names(Connection connection, Map<Field, Map<Long, Tally>> tallies) throws SQLException {
        Map<Long, String> names = new HashMap<>();
        Object[] terms = tallies.entrySet().stream()
                .filter(facet -> facet.getKey().rolledUp())
                .flatMap(facet -> facet.getValue().keySet().stream())
                .map(value -> TermHash.term(value))
                .distinct()
                .toArray();
        Array array = connection.createArrayOf("int4", terms);
        try (PreparedStatement query = connection.prepareStatement(TimelineSql.FACET_VALUES)) {
            query.setString(1, tenant);
            query.setArray(2, array);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    names.put((long) row.getInt(1) << 32 | row.getInt(2) & 0xffffffffL, row.getString(3));
                }
            }
        } finally {
            array.free();
        }
        return names;
    }

    private static long nameKey(Field field, int term) {
        return (long) field.number() << 32 | term & 0xffffffffL;
    }

    private static Facet top(Field field, List<FacetCount> counts, long others, int limit) {
        counts.sort(Comparator.comparingLong(FacetCount::records)
                .reversed()
                .thenComparing(count -> text(count.value()))
                .thenComparingLong(FacetCount::example));
        List<FacetCount> shown = counts.subList(0, Math.min(limit, counts.size()));
        long rest = counts.stream().skip(limit).mapToLong(FacetCount::records).sum();
        return new Facet(field, shown, others + rest);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
