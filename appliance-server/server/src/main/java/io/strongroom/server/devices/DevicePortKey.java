package io.strongroom.server.devices;

import io.strongroom.server.keys.CertificateAuthority.ServerIdentity;
import io.strongroom.server.keys.ServerCertificate;
import jakarta.inject.Singleton;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.jspecify.annotations.Nullable;

/**
 * What the devices' port shows: a certificate by the oldest of the trusted authorities, so that a device which knows but
 * that one finds the appliance until the newer has taken over. Keys are made in the process and never leave it: devices
 * pin the authority. Made anew for the next handshake when another authority is the oldest, or half of its life is over.
 */
@Singleton
final class DevicePortKey {
    private static final Duration LIFE = Duration.ofDays(90);

    private final DeviceRegistry registry;
    private final Authorities authorities;
    private final ServerCertificate people;
    private final CertificateForm form;
    private final InstantSource clock;
    private volatile @Nullable Shown shown;

    /** @param people what the other port shows: the same names */
    DevicePortKey(
            DeviceRegistry registry,
            Authorities authorities,
            ServerCertificate people,
            InstantSource clock,
            SecureRandom random) {
        this.registry = registry;
        this.authorities = authorities;
        this.people = people;
        this.form = new CertificateForm(random);
        this.clock = clock;
    }

    private record Shown(int authority, ServerIdentity identity, long until) {}

    /** The key and chain for a handshake that begins now. */
    ServerIdentity current() {
        Authority authority = registry.trusted().getFirst();
        Shown now = shown;
        if (now != null && now.authority() == authority.id() && clock.millis() < now.until()) {
            return now.identity();
        }
        return renewed(authority);
    }

    private synchronized ServerIdentity renewed(Authority authority) {
        KeyPair pair = form.newKey();
        X509Certificate like = people.current().chain().getFirst();
        X509Certificate certificate = form.port(
                authorities.signer(authority),
                like.getSubjectX500Principal().getName().replaceFirst("^CN=", ""),
                names(like),
                pair.getPublic(),
                clock.instant(),
                LIFE);
        ServerIdentity identity = new ServerIdentity(pair.getPrivate(), List.of(certificate, authority.certificate()));
        shown = new Shown(
                authority.id(), identity, clock.millis() + LIFE.dividedBy(2).toMillis());
        return identity;
    }

    private static GeneralNames names(X509Certificate like) {
        try {
            return GeneralNames.fromExtensions(
                    new JcaX509CertificateHolder(like).getExtensions(), Extension.subjectAlternativeName);
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new IllegalStateException("the server's certificate was read before", e);
        }
    }
}
