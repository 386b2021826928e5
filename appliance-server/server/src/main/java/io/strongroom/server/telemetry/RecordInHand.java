package io.strongroom.server.telemetry;

import io.strongroom.api.json.Json;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.server.privacy.SealedDisclosures;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A stored record that is being read.
 *
 * @param body its canonical bytes
 * @param json the same, read
 * @param sealed gives what is kept apart of it
 */
@SuppressWarnings("ArrayRecordComponent")
record RecordInHand(Entry entry, byte[] body, Json.Obj json, Supplier<List<SealedDisclosures>> sealed) {

    /** The text that stands there in the record itself. */
    Optional<String> text(String pointer) {
        Json value = json;
        for (String token : JsonPointer.parse(pointer).tokens()) {
            Json member = value instanceof Json.Obj object ? object.members().get(token) : null;
            if (member == null) {
                return Optional.empty();
            }
            value = member;
        }
        return value instanceof Json.Text text ? Optional.of(text.value()) : Optional.empty();
    }
}
