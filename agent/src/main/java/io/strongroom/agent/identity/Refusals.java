package io.strongroom.agent.identity;

import io.strongroom.api.Problem;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.json.JsonException;
import java.util.Optional;

/** Reads what the appliance says when it does not do what it was asked for (RFC 9457). */
public final class Refusals {
    private Refusals() {}

    /** Empty if it is no problem of the appliance's, such as a proxy's page. */
    public static Optional<Problem> read(byte[] body) {
        try {
            return Optional.of(Problem.fromJson(Json.parseObject(body)));
        } catch (JsonException | JsonShapeException e) {
            return Optional.empty();
        }
    }
}
