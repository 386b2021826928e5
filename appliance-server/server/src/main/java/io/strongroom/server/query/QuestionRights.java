package io.strongroom.server.query;

import io.strongroom.api.ProblemType;
import io.strongroom.api.QueryPage.Unsearched;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.policies.SearchDecision;
import io.strongroom.policies.SearchDecision.Sight;
import io.strongroom.server.privacy.Reader;
import io.strongroom.server.privacy.SearchRights;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.projection.Field;
import io.strongroom.server.projection.Order;
import io.strongroom.server.projection.TimelineQuery.Condition;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a question policy lets its reader ask: not by a field that it hides from them in every stream that they ask
 * about. Where it hides the field in some of them, no record of these fits, and none is left out by it; the answer says
 * so.
 */
@Singleton
final class QuestionRights {
    private static final JsonSlice SOME_TEXT = SearchRights.text("x");

    private final SearchRights rights;

    QuestionRights(SearchRights rights) {
        this.rights = rights;
    }

    /**
     * A question that may be asked.
     *
     * @param question with the order in which it is answered
     * @param unsearched where a filter finds nothing, or leaves nothing out
     */
    record Admitted(Question question, List<Unsearched> unsearched) {}

    /**
     * Lets a question pass.
     *
     * @throws ProblemException {@code field-hidden}; {@code unsupported-filter} where it looks for a keyed hash that
     *     there is not
     */
    Admitted admit(Reader reader, Question question) {
        Optional<String> stream = stream(question);
        List<Unsearched> unsearched = new ArrayList<>();
        for (Condition condition : question.query().conditions()) {
            if (!condition.pointer().isEmpty()) {
                String filter = name(condition);
                tell(filter, condition(reader, stream, filter, condition), unsearched);
            }
        }
        for (Condition exclusion : question.exclusions()) {
            if (!exclusion.pointer().isEmpty()) {
                String filter = "not." + name(exclusion);
                tellKept(filter, condition(reader, stream, filter, exclusion), unsearched);
            }
        }
        if (question.query().boundsTime()) {
            tell("from, to", rights.requireTime(reader, stream, "A bound by time"), unsearched);
        }
        Order order = question.query().order();
        if (order.byTime()) {
            if (question.filters().containsKey("sort")) {
                tell("sort", rights.requireTime(reader, stream, "The order"), unsearched);
            } else if (!rights.ofTime(reader, stream).isShownEverywhere()) {
                // An order that nobody asked for tells no times; the order in which the ledger took them is no secret.
                order = Order.SEQ_DESC;
            }
        }
        return new Admitted(question.inOrder(order), unsearched);
    }

    private SearchDecision condition(Reader reader, Optional<String> stream, String filter, Condition condition) {
        JsonPointer field = JsonPointer.parse(condition.pointer());
        if (field.tokens().size() >= CanonicalJson.MAX_DEPTH) {
            throw QuestionParser.invalid(filter, "names a field deeper inside than records go");
        }
        SearchDecision decision = rights.requireSearchable(
                reader,
                stream,
                "The filter " + filter,
                field,
                condition.values().getFirst());
        if (condition.field() == Field.FINDABLE && !decision.isFoundByHash()) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_FILTER,
                    "No rule of handling.yaml has " + field
                            + " findable where you may see it, so that find. never finds" + " anything by it.");
        }
        return decision;
    }

    private static void tell(String filter, SearchDecision decision, List<Unsearched> unsearched) {
        for (SearchDecision.Where where : decision.where()) {
            boolean told = where.sight() != Sight.DENIED && !where.reason().isEmpty();
            if (told && (!where.isSearchable() || where.committed() && !where.findable())) {
                unsearched.add(new Unsearched(filter, where.streams(), where.reason()));
            }
        }
    }

    /** What is kept apart and shown is compared, too, since no index is asked. */
    private static void tellKept(String filter, SearchDecision decision, List<Unsearched> unsearched) {
        for (SearchDecision.Where where : decision.where()) {
            if (where.sight() != Sight.DENIED && !where.reason().isEmpty() && !where.isSearchable()) {
                unsearched.add(new Unsearched(filter, where.streams(), where.reason()));
            }
        }
    }

    /**
     * Those of the fields whose values the reader may see counted.
     *
     * @param asked whether the reader named the fields
     * @throws ProblemException {@code field-hidden}, if they are named and one is hidden
     */
    Set<Field> countable(Reader reader, Question question, Set<Field> fields, boolean asked) {
        Optional<String> stream = stream(question);
        Set<Field> countable = new LinkedHashSet<>();
        for (Field field : fields) {
            JsonPointer pointer = pointer(field);
            if (pointer == null) {
                countable.add(field);
            } else if (asked) {
                rights.requireShown(reader, stream, "The facet " + field.parameter(), pointer, SOME_TEXT);
                countable.add(field);
            } else if (rights.of(reader, stream, pointer, SOME_TEXT).isShown()) {
                countable.add(field);
            }
        }
        return countable;
    }

    private static @Nullable JsonPointer pointer(Field field) {
        String pointer = field == Field.LABEL ? "/labels/x" : new Condition(field, "").pointer();
        return pointer.isEmpty() ? null : JsonPointer.parse(pointer);
    }

    private static Optional<String> stream(Question question) {
        return question.query().conditions().stream()
                .filter(condition -> condition.field() == Field.STREAM)
                .map(Condition::value)
                .findFirst();
    }

    private static String name(Condition condition) {
        return switch (condition.field()) {
            case FINDABLE -> "find." + condition.pointer();
            case LABEL ->
                "label." + JsonPointer.parse(condition.pointer()).tokens().getLast();
            default -> condition.field().parameter();
        };
    }
}
