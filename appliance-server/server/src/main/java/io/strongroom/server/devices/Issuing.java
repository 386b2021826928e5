package io.strongroom.server.devices;

import io.strongroom.server.devices.CertificateForm.Signer;
import io.strongroom.server.settings.Setting;
import io.strongroom.server.settings.Settings;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Signs devices' certificates. In transactions of the caller's. */
@Singleton
final class Issuing {
    /** A device is told to renew somewhere between these parts of its certificate's life. */
    private static final double RENEW_FROM = 0.45;

    private static final double RENEW_UNTIL = 0.55;

    private final Authorities authorities;
    private final CertificateForm form;
    private final SecureRandom random;
    private final Duration life;

    Issuing(Authorities authorities, SecureRandom random, Settings settings) {
        this.authorities = authorities;
        this.form = new CertificateForm(random);
        this.random = random;
        this.life = Duration.ofDays(settings.number(Setting.DEVICES_CERTIFICATE_DAYS, 1, 3650));
    }

    /** The certificate of a generation that was made before, if it is for this key and can still be used. */
    Optional<CertificateRow> made(Change change, String device, int generation, SigningRequest request)
            throws SQLException {
        List<Authority> trusted = Authorities.trusted(change.connection());
        return CertificateRow.find(change.connection(), device, generation)
                .filter(row -> row.isFor(request.spki()) && row.endsAt() > change.now())
                .filter(row -> trusted.stream().anyMatch(authority -> authority.id() == row.authority()));
    }

    /** A new one of this generation; one of the same that was made before is dropped. */
    CertificateRow issue(Change change, String device, int generation, SigningRequest request) throws SQLException {
        Optional<CertificateRow> before = CertificateRow.find(change.connection(), device, generation);
        if (before.isPresent()) {
            CertificateRow.drop(change, before.get().fingerprint());
        }
        Authority authority = Authorities.trusted(change.connection()).getLast();
        Signer signer = authorities.signer(authority);
        X509Certificate certificate =
                form.device(signer, device, request.key(), Instant.ofEpochMilli(change.now()), life);
        long ends = certificate.getNotAfter().getTime();
        CertificateRow row = new CertificateRow(
                CertificateRow.fingerprint(certificate),
                device,
                generation,
                authority.id(),
                certificate,
                change.now(),
                ends,
                change.now() + Math.round((ends - change.now()) * random.nextDouble(RENEW_FROM, RENEW_UNTIL)),
                null,
                null);
        CertificateRow.insert(change, row);
        return row;
    }
}
