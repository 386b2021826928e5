package io.strongroom.server.privacy;

import io.strongroom.api.ProblemType;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.CanonicalWriter;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.policies.Policy;
import io.strongroom.policies.SearchDecision;
import io.strongroom.server.problem.ProblemException;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Refuses to look records up, to order or to count them by a field that policy hides from whoever asks: an empty answer
 * would pass for “there is none”, and any other would tell a value. What is said follows from the rules alone.
 */
public final class SearchRights {
    /** When the record says that it happened. */
    public static final JsonPointer OCCURRED_AT = JsonPointer.of("occurredAt");

    private static final JsonSlice SOME_TIME = text("2026-11-21T01:02:03.004Z");

    private final Visibility visibility;

    SearchRights(Visibility visibility) {
        this.visibility = visibility;
    }

    /** What the rules of a policy say. */
    public static SearchRights under(Policy policy) {
        return new SearchRights(new PolicyVisibility(policy));
    }

    /** What policy says of a field's value. @param stream in which stream; empty for all */
    public SearchDecision of(Reader reader, Optional<String> stream, JsonPointer field, JsonSlice value) {
        return visibility.search(reader, stream, field, value);
    }

    /** What policy says of the time at which records happened. */
    public SearchDecision ofTime(Reader reader, Optional<String> stream) {
        return of(reader, stream, OCCURRED_AT, SOME_TIME);
    }

    /**
     * Requires that a value may find something.
     *
     * @param what the reader asked by, e.g. {@code The filter actor}
     * @throws ProblemException {@code field-hidden}
     */
    public SearchDecision requireSearchable(
            Reader reader, Optional<String> stream, String what, JsonPointer field, JsonSlice value) {
        return require(of(reader, stream, field, value), SearchDecision::isSearchable, stream, what, field);
    }

    /**
     * Requires that the reader sees the field as it is.
     *
     * @throws ProblemException {@code field-hidden}
     */
    public SearchDecision requireShown(
            Reader reader, Optional<String> stream, String what, JsonPointer field, JsonSlice value) {
        return require(of(reader, stream, field, value), SearchDecision::isShown, stream, what, field);
    }

    /**
     * Requires that the reader sees when records happened.
     *
     * @throws ProblemException {@code field-hidden}
     */
    public SearchDecision requireTime(Reader reader, Optional<String> stream, String what) {
        return require(ofTime(reader, stream), SearchDecision::isShown, stream, what, OCCURRED_AT);
    }

    private static SearchDecision require(
            SearchDecision decision,
            Predicate<SearchDecision> enough,
            Optional<String> stream,
            String what,
            JsonPointer field) {
        if (!enough.test(decision)) {
            throw new ProblemException(
                    ProblemType.FIELD_HIDDEN,
                    what + " is about " + field + ", which the policy in force hides from you in "
                            + (stream.isPresent() ? "this stream" : "every stream") + ": " + decision.reason() + ".");
        }
        return decision;
    }

    /** A text as canonical JSON. */
    public static JsonSlice text(String text) {
        byte[] json = new CanonicalWriter().string(text).toBytes();
        return new JsonSlice(json, 0, json.length);
    }
}
