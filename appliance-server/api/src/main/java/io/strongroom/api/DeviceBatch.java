package io.strongroom.api;

import io.strongroom.api.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch that a device signed and the appliance took in: {@code /api/v1/devices/{id}/batches}.
 *
 * @param epoch of the device's queue; within it each stream counts from 0
 * @param first sequence of its first line
 * @param last sequence of its last line
 * @param digest of its signed bytes, as its records name it
 * @param receivedAt when it came first, RFC 3339
 * @param transport how it came first: {@code https}, {@code mqtt}, or {@code import} where an officer brought it; null where
 *     that was not kept yet
 * @param settled how many of its lines, from the first, are in the ledger or in quarantine
 * @param records how many of them are in the ledger
 * @param rejected those that are in quarantine
 */
public record DeviceBatch(
        String stream,
        String epoch,
        long first,
        long last,
        String digest,
        String receivedAt,
        @Nullable String transport,
        long settled,
        long records,
        List<BatchAck.Rejected> rejected) {
    public DeviceBatch {
        rejected = List.copyOf(rejected);
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("stream", stream)
                .put("epoch", epoch)
                .put("first", first)
                .put("last", last)
                .put("digest", digest)
                .put("receivedAt", receivedAt)
                .put("transport", transport)
                .put("settled", settled)
                .put("records", records)
                .put("rejected", BatchAck.rejected(rejected))
                .build();
    }

    public static DeviceBatch fromJson(Json.Obj json) {
        return new DeviceBatch(
                json.text("stream"),
                json.text("epoch"),
                json.integer("first"),
                json.integer("last"),
                json.text("digest"),
                json.text("receivedAt"),
                json.optionalText("transport"),
                json.integer("settled"),
                json.integer("records"),
                json.objects("rejected", BatchAck.Rejected::fromJson));
    }
}
