package io.strongroom.server.query;

import io.strongroom.server.projection.Order;
import io.strongroom.server.projection.TimelineQuery;
import io.strongroom.server.projection.TimelineQuery.Condition;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a reader asks for.
 *
 * @param filters the parameters that say which records, and in which order, as they were given; a cursor is bound to
 *     these. Of an exclusion all values; of any other parameter the one that it has
 * @param query the same for the timeline, without the bounds by {@code at} and the exclusions
 * @param exclusions any of which leaves a record out
 * @param fromAt the earliest time at which the ledger took the record, epoch milliseconds; null for none
 * @param endAt one past the latest such time, epoch milliseconds; null for none
 * @param limit records a page, at most
 * @param cursor where to go on, as it was given; null for the first page
 */
record Question(
        SortedMap<String, SortedSet<String>> filters,
        TimelineQuery query,
        List<Condition> exclusions,
        @Nullable Long fromAt,
        @Nullable Long endAt,
        int limit,
        @Nullable String cursor) {

    Question {
        filters = new TreeMap<>(filters);
        exclusions = List.copyOf(exclusions);
    }

    /** The same question with another limit, from its beginning. */
    Question atMost(int records) {
        return new Question(filters, query, exclusions, fromAt, endAt, records, null);
    }

    /** The same question, answered in another order. */
    Question inOrder(Order order) {
        return new Question(filters, query.inOrder(order), exclusions, fromAt, endAt, limit, cursor);
    }

    /** The names of the parameters that say which records: all of a question that is told of it elsewhere. */
    List<String> filterNames() {
        return List.copyOf(filters.keySet());
    }

    /** The filters and the order in one form, the same for the same question, in which no value can pass for a name. */
    String fingerprint() {
        StringBuilder text = new StringBuilder(query.order().parameter());
        filters.forEach((name, values) -> {
            text.append(name.length()).append(':').append(name).append(values.size());
            values.forEach(
                    value -> text.append(':').append(value.length()).append(':').append(value));
        });
        return text.toString();
    }
}
