package io.strongroom.console.explorer;

import io.strongroom.api.client.RecordQuery;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an officer asks the ledger: filters, all of which must hold. Its text and its chips are one thing.
 *
 * <p>{@code actor:ann outcome:failure "free words" from:2026-11-20 -source:backup}: a name, a colon and a value; a value
 * with spaces stands in quotation marks; what has no name is a word that the record must hold; a minus before the name
 * leaves out what has that value. A day stands for all of it, in UTC.
 */
record Question(List<Filter> filters) {
    /** Everything. */
    static final Question ALL = new Question(List.of());

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern MINUTE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}");
    private static final Pattern SECOND = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z?");
    private static final Set<String> TIMES = Set.of("from", "to", "atFrom", "atTo");

    Question {
        filters = List.copyOf(filters);
    }

    /**
     * Reads a question.
     *
     * @throws QuestionException if it cannot be asked, naming why
     */
    static Question parse(String text) {
        List<Filter> filters = new QuestionReader(text).filters();
        Set<String> seen = new HashSet<>();
        for (Filter filter : filters) {
            if (filter.excluded() && !Filter.excludable(filter.name())) {
                throw new QuestionException(QuestionException.Why.NOT_EXCLUDABLE, filter.name());
            }
            if (!filter.words() && !filter.excluded() && !seen.add(filter.name())) {
                throw new QuestionException(QuestionException.Why.TWICE, filter.name());
            }
        }
        Question question = new Question(filters);
        if (question.record().isPresent() && filters.size() > 1) {
            throw new QuestionException(QuestionException.Why.RECORD_ALONE, Filter.RECORD);
        }
        return question;
    }

    /** Its text, from which {@link #parse} makes it again. */
    String text() {
        return filters.stream().map(Filter::text).collect(Collectors.joining(" "));
    }

    /** The id of the one record that it asks for, if it does. */
    Optional<String> record() {
        return filters.stream()
                .filter(each -> each.name().equals(Filter.RECORD))
                .map(Filter::value)
                .findFirst();
    }

    Question without(Filter filter) {
        return new Question(
                filters.stream().filter(each -> !each.equals(filter)).toList());
    }

    /** The same with this filter, in the place of one that asks for another value of the same field. */
    Question with(Filter filter) {
        List<Filter> all = new ArrayList<>(filters);
        all.removeIf(each -> each.name().equals(Filter.RECORD)
                || each.equals(filter)
                || !filter.words()
                        && !filter.excluded()
                        && !each.excluded()
                        && each.name().equals(filter.name()));
        all.add(filter);
        return new Question(all);
    }

    /** What the appliance is asked. */
    RecordQuery query() {
        RecordQuery query = RecordQuery.ALL;
        for (Filter filter : filters) {
            if (filter.excluded()) {
                query = query.not(filter.name(), filter.value());
            } else if (!filter.words()) {
                query = query.with(filter.name(), asked(filter.name(), filter.value()));
            }
        }
        String words = words();
        return words.isEmpty() ? query : query.text(words);
    }

    /** The words that a record must hold; empty for none. */
    String words() {
        return filters.stream().filter(Filter::words).map(Filter::value).collect(Collectors.joining(" "));
    }

    /** A time in full where less was typed; of the day with which something ends all of it belongs. */
    static String asked(String name, String value) {
        if (!TIMES.contains(name)) {
            return value;
        }
        if (DAY.matcher(value).matches()) {
            try {
                LocalDate day = LocalDate.parse(value);
                return (name.equals("to") || name.equals("atTo") ? day.plusDays(1) : day) + "T00:00:00.000Z";
            } catch (java.time.DateTimeException e) {
                return value;
            }
        }
        if (MINUTE.matcher(value).matches()) {
            return value + ":00.000Z";
        }
        return SECOND.matcher(value).matches() ? value.replace("Z", "") + ".000Z" : value;
    }
}
