package io.strongroom.server.telemetry;

import io.strongroom.api.json.Json;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.policies.SearchDecision;
import io.strongroom.server.privacy.Reader;
import io.strongroom.server.privacy.SearchRights;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What of a read model a reader may be told: a value that stood in a record in clear, if the policy in force shows that field
 * to the reader in every record of its stream. Follows from the rules and the value, so the record is not opened. For one
 * request.
 */
public final class FieldRights {
    private final SearchRights rights;
    private final Reader reader;
    private final Map<Field, SearchDecision> known = new HashMap<>();

    public FieldRights(SearchRights rights, Reader reader) {
        this.rights = rights;
        this.reader = reader;
    }

    private record Field(String stream, String pointer, String value) {}

    /** Why the reader may not be told; empty if they may. */
    public Optional<String> withheld(String stream, String pointer, Json value) {
        SearchDecision decision =
                known.computeIfAbsent(new Field(stream, pointer, value.toString()), field -> decided(field, value));
        return decision.isShownEverywhere() ? Optional.empty() : Optional.of(decision.reason());
    }

    private SearchDecision decided(Field field, Json value) {
        byte[] json = value.bytes();
        return rights.of(
                reader,
                Optional.of(field.stream()),
                JsonPointer.parse(field.pointer()),
                new JsonSlice(json, 0, json.length));
    }
}
