package io.strongroom.server.query;

import io.strongroom.server.projection.Order;
import io.strongroom.server.projection.TimelineQuery;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a reader asks for.
 *
 * @param filters the parameters that say which records, and in which order, as they were given; a cursor is bound to
 *     these
 * @param query the same for the timeline, without the bounds by {@code at}
 * @param fromAt the earliest time at which the ledger took the record, epoch milliseconds; null for none
 * @param endAt one past the latest such time, epoch milliseconds; null for none
 * @param limit records a page, at most
 * @param cursor where to go on, as it was given; null for the first page
 */
record Question(
        SortedMap<String, String> filters,
        TimelineQuery query,
        @Nullable Long fromAt,
        @Nullable Long endAt,
        int limit,
        @Nullable String cursor) {

    Question {
        filters = new TreeMap<>(filters);
    }

    /** The same question with another limit, from its beginning. */
    Question atMost(int records) {
        return new Question(filters, query, fromAt, endAt, records, null);
    }

    /** The same question, answered in another order. */
    Question inOrder(Order order) {
        return new Question(filters, query.inOrder(order), fromAt, endAt, limit, cursor);
    }

    /** The filters and the order in one form, the same for the same question, in which no value can pass for a name. */
    String fingerprint() {
        StringBuilder text = new StringBuilder(query.order().parameter());
        for (Map.Entry<String, String> filter : filters.entrySet()) {
            String name = filter.getKey();
            String value = filter.getValue();
            text.append(name.length()).append(':').append(name);
            text.append(value.length()).append(':').append(value);
        }
        return text.toString();
    }
}
