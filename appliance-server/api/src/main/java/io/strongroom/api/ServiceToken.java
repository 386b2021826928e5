package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A service token.
 *
 * @param id its id, for revoking it
 * @param token the secret itself, {@code srm_…}: told when it is made, never again, so null in a list
 * @param name what it is for
 * @param scopes what it may be used for
 * @param sources the source ids it may write
 * @param expiresAt when it ends, RFC 3339
 * @param madeBy the officer or the token that made it, or {@code setup}; null where the appliance does not say
 */
public record ServiceToken(
        String id,
        @Nullable String token,
        String name,
        Set<Scope> scopes,
        List<String> sources,
        String expiresAt,
        @Nullable String madeBy) {
    public ServiceToken {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        requireNonNull(expiresAt, "expiresAt is null");
        scopes = Set.copyOf(scopes);
        sources = List.copyOf(sources);
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("id", id)
                .put("token", token)
                .put("name", name)
                .put(
                        "scopes",
                        Json.ofTexts(scopes.stream().sorted().map(Scope::wire).toList()))
                .put("sources", Json.ofTexts(sources))
                .put("expiresAt", expiresAt)
                .put("madeBy", madeBy)
                .build();
    }

    public static ServiceToken fromJson(Json.Obj json) {
        return new ServiceToken(
                json.text("id"),
                json.optionalText("token"),
                json.text("name"),
                TokenRequest.scopes(json),
                json.texts("sources"),
                json.text("expiresAt"),
                json.optionalText("madeBy"));
    }

    /** Leaves the token out: it is a secret. */
    @Override
    public String toString() {
        return "ServiceToken[id=" + id + ", name=" + name + ", scopes=" + scopes + ", sources=" + sources
                + ", expiresAt=" + expiresAt + ", madeBy=" + madeBy + "]";
    }
}
