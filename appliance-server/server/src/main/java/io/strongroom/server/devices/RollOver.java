package io.strongroom.server.devices;

import io.strongroom.api.ProblemType;
import io.strongroom.server.access.Caller;
import io.strongroom.server.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/**
 * Replaces the devices' authority. Between the beginning and the end both are trusted: the newer signs what devices get,
 * and the port goes on showing a certificate by the older, which every device knows. Devices learn of the newer by
 * {@code cacerts} when they renew.
 */
@Singleton
final class RollOver {
    private static final String AUTHORITY = "DeviceAuthority";

    private final Changes changes;
    private final Authorities authorities;
    private final DeviceRegistry registry;

    RollOver(Changes changes, Authorities authorities, DeviceRegistry registry) {
        this.changes = changes;
        this.authorities = authorities;
        this.registry = registry;
    }

    /** @throws ProblemException {@code device-conflict} if one is under way */
    void begin(Caller by) {
        var unused = changes.make(change -> {
            List<Authority> trusted = Authorities.trusted(change.connection());
            if (trusted.size() > 1) {
                throw conflict("The authority is being replaced already.");
            }
            Authority next = authorities.add(change, by.id());
            changes.record(
                    by,
                    "DeviceAuthority.RollOverBegun",
                    AUTHORITY,
                    next.fingerprint().toString(),
                    Map.of("before", trusted.getFirst().fingerprint().toString()));
            return next.id();
        });
    }

    /**
     * Trusts the older no more, and destroys its key.
     *
     * @param leaveBehind whether also if devices have nothing but a certificate by the older: they must be enrolled anew
     * @throws ProblemException {@code device-conflict} if none is under way, or devices would be left behind
     */
    void end(Caller by, boolean leaveBehind) {
        var unused = changes.make(change -> {
            List<Authority> trusted = Authorities.trusted(change.connection());
            if (trusted.size() < 2) {
                throw conflict("The authority is not being replaced.");
            }
            Authority old = trusted.getFirst();
            long left = registry.holders(old.id());
            if (left > 0 && !leaveBehind) {
                throw conflict(left + " devices have a certificate by the older authority alone. Wait until they have"
                        + " renewed it, or say leaveBehind: they must then be enrolled anew.");
            }
            authorities.retire(change, old);
            changes.record(
                    by,
                    "DeviceAuthority.RollOverEnded",
                    AUTHORITY,
                    trusted.getLast().fingerprint().toString(),
                    Map.of("before", old.fingerprint().toString(), "leftBehind", left));
            return old.id();
        });
    }

    private static ProblemException conflict(String detail) {
        return new ProblemException(ProblemType.DEVICE_CONFLICT, detail);
    }
}
