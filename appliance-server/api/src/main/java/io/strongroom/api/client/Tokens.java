package io.strongroom.api.client;

import io.strongroom.api.ServiceToken;
import io.strongroom.api.TokenRequest;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import java.util.ArrayList;
import java.util.List;

/** Service tokens; needs the scope {@code admin}. */
public final class Tokens {
    private static final String PATH = "/api/v1/tokens";

    private final Transport transport;

    Tokens(Transport transport) {
        this.transport = transport;
    }

    /** Makes a token. Its secret is in this answer and nowhere else. */
    public ServiceToken create(TokenRequest request) {
        return ServiceToken.fromJson(transport.postJson(PATH, request.toJson()));
    }

    /** All tokens, without their secrets. */
    public List<ServiceToken> list() {
        return transport.repeating(transport.request(PATH).GET().build(), answer -> tokens(Json.parse(answer.bytes())));
    }

    /** Revokes a token; it is refused from the next request on. */
    public void revoke(String id) {
        transport.delete(PATH + "/" + Paths.segment(id));
    }

    private static List<ServiceToken> tokens(Json answer) {
        return switch (answer) {
            case Json.Obj object -> object.objects("items", ServiceToken::fromJson);
            case Json.Arr array -> {
                List<ServiceToken> all = new ArrayList<>();
                for (Json item : array.items()) {
                    if (!(item instanceof Json.Obj token)) {
                        throw new JsonShapeException("", "an array of tokens");
                    }
                    all.add(ServiceToken.fromJson(token));
                }
                yield List.copyOf(all);
            }
            default -> throw new JsonShapeException("", "an array of tokens");
        };
    }
}
