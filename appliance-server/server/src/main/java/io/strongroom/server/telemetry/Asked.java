package io.strongroom.server.telemetry;

import io.micronaut.http.HttpRequest;
import io.strongroom.api.ProblemType;
import io.strongroom.api.json.Json;
import io.strongroom.server.follow.FollowerStatus;
import io.strongroom.server.problem.AskedTime;
import io.strongroom.server.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parameters of a question about read models, each at most once; and the page that answers it. */
public final class Asked {
    private static final int USUAL = 100;
    private static final int MOST = 500;

    private final Map<String, List<String>> given;

    private Asked(Map<String, List<String>> given) {
        this.given = given;
    }

    /**
     * Reads them.
     *
     * @param known what may be asked by; {@code limit} and {@code after} always may
     * @throws ProblemException {@code invalid-parameter}
     */
    public static Asked of(HttpRequest<?> request, String... known) {
        Map<String, List<String>> given = request.getParameters().asMap();
        given.forEach((name, values) -> {
            if (!Set.of(known).contains(name) && !name.equals("limit") && !name.equals("after")) {
                throw invalid("There is no such parameter here; known are limit, after"
                        + (known.length == 0 ? "" : ", " + String.join(", ", known)) + ".");
            }
            if (values.size() != 1) {
                throw invalid("The parameter " + name + " is given twice.");
            }
        });
        return new Asked(given);
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(given.get(name)).map(List::getFirst);
    }

    /** A time, in epoch milliseconds. */
    public Optional<Long> time(String name) {
        return text(name).map(text -> AskedTime.millis(text)
                .orElseThrow(() -> invalid("The parameter " + name + " is a time such as " + AskedTime.EXAMPLE + ".")));
    }

    /** Where the page before ended, as its {@code next} says; empty for the first. */
    public String after() {
        return text("after").orElse("");
    }

    /** How many items a page has, at most. */
    public int limit() {
        String text = text("limit").orElse(String.valueOf(USUAL));
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            throw invalid("The parameter limit is a number from 1 to " + MOST + ".");
        }
        throw invalid("The parameter limit is a number from 1 to " + MOST + ".");
    }

    public static ProblemException invalid(String detail) {
        return new ProblemException(ProblemType.INVALID_PARAMETER, detail);
    }

    /**
     * A page.
     *
     * @param next what to ask by as {@code after}; empty if it is the last
     * @param status how fresh it is, as it was before the read models were asked
     */
    public static byte[] page(List<? extends Json> items, String next, FollowerStatus status) {
        return freshness(Json.object(), status)
                .put("items", new Json.Arr(List.copyOf(items)))
                .put("next", next.isEmpty() ? Json.Null.NULL : Json.of(next))
                .build()
                .bytes();
    }

    /** What each answer of a read model says about its freshness, as members. */
    public static Json.Builder freshness(Json.Builder json, FollowerStatus status) {
        json.put("cursor", status.cursor()).put("lagMillis", status.lagMillis());
        return status.rebuilding() ? json.put("rebuilding", true) : json;
    }
}
