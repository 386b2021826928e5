package io.strongroom.server.devices;

import io.strongroom.api.ProblemType;
import io.strongroom.evidence.Digest;
import io.strongroom.server.database.Sql;
import io.strongroom.server.problem.ProblemException;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/**
 * Whose each key is, for ever: of the first device that was enrolled with it, or renewed to it. Were it two devices', what
 * one signs could be the other's, and a copied key would be let in as though it were none (decision 47).
 */
@Singleton
final class KeyHolders {
    private final Changes changes;

    KeyHolders(Changes changes) {
        this.changes = changes;
    }

    /**
     * Gives the key of a request to a device, which may have it already.
     *
     * @param askerType who showed that they have the key, e.g. {@code Device}
     * @throws ProblemException {@code key-in-use} if another device has it, or had; that it was shown is recorded
     */
    void give(Change change, String askerType, String asker, String device, SigningRequest request)
            throws SQLException {
        Digest key = Digest.of(request.spki());
        Optional<String> holder = Sql.first(
                change.connection(),
                "SELECT device_id FROM device_key WHERE id = ?",
                row -> row.getString("device_id"),
                key.hex());
        if (holder.isEmpty()) {
            Sql.update(
                    change.connection(),
                    "INSERT INTO device_key (tenant_id, id, device_id) VALUES (?, ?, ?)",
                    change.tenant(),
                    key.hex(),
                    device);
        } else if (!holder.get().equals(device)) {
            changes.record(
                    askerType, asker, "Device.KeyShown", Admission.DEVICE, holder.get(), Map.of("key", key.toString()));
            throw new ProblemException(
                    ProblemType.KEY_IN_USE, "The key of the request is that of the device " + holder.get() + ".");
        }
    }
}
