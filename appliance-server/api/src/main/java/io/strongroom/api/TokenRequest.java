package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Asks for a service token: {@code POST /api/v1/tokens}.
 *
 * @param name what the token is for
 * @param scopes what it may be used for; at least one
 * @param sources the source ids it may write, needed with {@link Scope#INGEST}
 * @param expiresInDays how long it holds, in days, from 1
 */
public record TokenRequest(String name, Set<Scope> scopes, List<String> sources, int expiresInDays) {
    /** How long a token holds unless it is asked otherwise. */
    public static final int DEFAULT_DAYS = 30;

    public TokenRequest {
        requireNonNull(name, "name is null");
        scopes = Set.copyOf(scopes);
        sources = List.copyOf(sources);
        if (expiresInDays < 1) {
            throw new IllegalArgumentException("a token holds for at least one day, not " + expiresInDays);
        }
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("name", name)
                .put(
                        "scopes",
                        Json.ofTexts(scopes.stream().sorted().map(Scope::wire).toList()))
                .put("sources", Json.ofTexts(sources))
                .put("expiresInDays", expiresInDays)
                .build();
    }

    public static TokenRequest fromJson(Json.Obj json) {
        long days = json.optionalInteger("expiresInDays").orElse(DEFAULT_DAYS);
        if (days < 1 || days > Integer.MAX_VALUE) {
            throw new JsonShapeException("expiresInDays", "a number of days, from 1");
        }
        return new TokenRequest(json.text("name"), scopes(json), json.texts("sources"), (int) days);
    }

    static Set<Scope> scopes(Json.Obj json) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String name : json.texts("scopes")) {
            scopes.add(
                    Scope.ofWire(name).orElseThrow(() -> new JsonShapeException("scopes", "among " + Scope.names())));
        }
        return scopes;
    }
}
