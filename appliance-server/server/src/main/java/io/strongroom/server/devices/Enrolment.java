package io.strongroom.server.devices;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.ProblemType;
import io.strongroom.evidence.Digest;
import io.strongroom.server.access.DeviceState;
import io.strongroom.server.access.Lifetime;
import io.strongroom.server.access.Makers;
import io.strongroom.server.access.TokenText;
import io.strongroom.server.problem.ProblemException;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Enrols devices. A token belongs to the key of the first request that shows it, for ever: the same key asks again with it
 * as often as its answers are lost, or an officer has not decided, and gets the same identity and the same certificate,
 * until it has renewed that. So a lost answer strands nobody, and no token makes two identities.
 */
@Singleton
final class Enrolment {
    private static final String ID_PREFIX = "dev-";
    private static final int ID_CHARS = 16;
    private static final String ACTOR = "EnrolmentToken";

    private final Changes changes;
    private final Issuing issuing;
    private final KeyHolders keys;
    private final Makers makers;
    private final SecureRandom random;
    private final DeviceCounts counts;

    Enrolment(
            Changes changes,
            Issuing issuing,
            KeyHolders keys,
            Makers makers,
            SecureRandom random,
            DeviceCounts counts) {
        this.changes = changes;
        this.issuing = issuing;
        this.keys = keys;
        this.makers = makers;
        this.random = random;
        this.counts = counts;
    }

    /**
     * Enrols whoever shows a token.
     *
     * @return the certificate; empty while an officer has not decided
     * @throws ProblemException {@code enrolment-refused}, {@code key-in-use}, {@code device-locked} or {@code
     *     device-revoked}
     */
    Optional<X509Certificate> enrol(String shown, SigningRequest request) {
        try {
            EnrolmentCode code = EnrolmentCode.parse(shown)
                    .orElseThrow(() -> refused("It is not an enrolment code, or it was mistyped."));
            return changes.make(change -> enrol(change, code, request));
        } catch (ProblemException e) {
            counts.count(DeviceCounts.What.REFUSED);
            throw e;
        }
    }

    private Optional<X509Certificate> enrol(Change change, EnrolmentCode code, SigningRequest request)
            throws SQLException {
        EnrolmentToken token =
                EnrolmentToken.find(change.connection(), code.token().id()).orElse(null);
        boolean fits = TokenText.fits(code.token().text(), token == null ? null : token.hash());
        if (token == null || !fits) {
            throw refused("It is unknown here.");
        }
        int authority = token.authority();
        boolean pinned = Authorities.trusted(change.connection()).stream()
                .anyMatch(each -> each.id() == authority && each.fingerprint().equals(code.authority()));
        if (!pinned) {
            throw refused("It is for another authority than this appliance's.");
        }
        if (token.revokedAt() != null) {
            throw refused("It is revoked.");
        }
        return token.device() == null ? first(change, token, request) : again(change, token, request);
    }

    private Optional<X509Certificate> first(Change change, EnrolmentToken token, SigningRequest request)
            throws SQLException {
        if (!Lifetime.holds(token.madeAt(), token.expiresAt(), change.now())) {
            throw refused("It has expired.");
        }
        if (!makers.counts(token.madeBy())) {
            throw refused("Whoever made it has no access any more.");
        }
        boolean approval = DeviceGroup.find(change.connection(), token.group())
                .map(DeviceGroup::approval)
                .orElse(true);
        String id = ID_PREFIX + TokenText.drawText(random, ID_CHARS);
        keys.give(change, ACTOR, token.id(), id, request);
        DeviceRow.insert(
                change,
                new DeviceRow(
                        id,
                        token.label(),
                        token.group(),
                        approval ? DeviceState.PENDING : DeviceState.ACTIVE,
                        "",
                        0,
                        request.spki(),
                        change.now(),
                        change.now(),
                        token.id(),
                        null,
                        null));
        EnrolmentToken.use(change, token.id(), id);
        if (approval) {
            changes.record(
                    ACTOR, token.id(), "Device.Requested", Admission.DEVICE, id, told(token, request, token.madeBy()));
            counts.count(DeviceCounts.What.WAITING);
            return Optional.empty();
        }
        return Optional.of(issue(change, token, id, request));
    }

    private Optional<X509Certificate> again(Change change, EnrolmentToken token, SigningRequest request)
            throws SQLException {
        DeviceRow device = DeviceRow.find(change.connection(), requireNonNull(token.device()))
                .orElseThrow();
        if (!Arrays.equals(device.requestKey(), request.spki())) {
            throw refused("It was used, with another key.");
        }
        if (device.state() == DeviceState.PENDING) {
            return Optional.empty();
        }
        if (device.state() == DeviceState.REFUSED) {
            throw refused("An officer refused the device.");
        }
        Admission.requireActive(device.state());
        if (device.generation() > 1) {
            throw refused("The device has renewed its certificate since.");
        }
        Optional<CertificateRow> made = issuing.made(change, device.id(), 1, request);
        if (made.isPresent()) {
            return Optional.of(made.get().certificate());
        }
        if (device.generation() > 0) {
            throw refused("The certificate that it gave has ended.");
        }
        return Optional.of(issue(change, token, device.id(), request));
    }

    private X509Certificate issue(Change change, EnrolmentToken token, String device, SigningRequest request)
            throws SQLException {
        CertificateRow row = issuing.issue(change, device, 1, request);
        Map<String, Object> told = told(token, request, token.madeBy());
        told.put("certificate", "sha256:" + row.fingerprint());
        changes.record(ACTOR, token.id(), "Device.Enrolled", Admission.DEVICE, device, told);
        counts.count(DeviceCounts.What.ENROLLED);
        return row.certificate();
    }

    private static Map<String, Object> told(EnrolmentToken token, SigningRequest request, String tokenMadeBy) {
        Map<String, Object> told = new HashMap<>();
        told.put("group", token.group());
        told.put("tokenMadeBy", tokenMadeBy);
        told.put("key", Digest.of(request.spki()).toString());
        return told;
    }

    private static ProblemException refused(String why) {
        return new ProblemException(ProblemType.ENROLMENT_REFUSED, "The enrolment code is refused. " + why);
    }
}
