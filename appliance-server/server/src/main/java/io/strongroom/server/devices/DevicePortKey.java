package io.strongroom.server.devices;

import io.strongroom.server.keys.CertificateAuthority.ServerIdentity;
import jakarta.inject.Singleton;
import java.net.Socket;
import java.security.KeyPair;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
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
final class DevicePortKey extends X509ExtendedKeyManager {
    private static final Duration LIFE = Duration.ofDays(90);
    private static final String KEY_TYPE = "EC";

    private final DeviceRegistry registry;
    private final Authorities authorities;
    private final ServerIdentity people;
    private final CertificateForm form;
    private final InstantSource clock;
    // By the alias under which a handshake asks; a handshake may still be at an earlier one.
    private final Map<String, Shown> all = new ConcurrentHashMap<>();
    private volatile @Nullable Shown shown;

    /** @param people what the other port shows: the same names */
    DevicePortKey(
            DeviceRegistry registry,
            Authorities authorities,
            ServerIdentity people,
            InstantSource clock,
            SecureRandom random) {
        this.registry = registry;
        this.authorities = authorities;
        this.people = people;
        this.form = new CertificateForm(random);
        this.clock = clock;
    }

    private record Shown(String alias, int authority, PrivateKey key, List<X509Certificate> chain, long until) {}

    private String alias() {
        Authority authority = registry.trusted().getFirst();
        Shown now = shown;
        if (now != null && now.authority() == authority.id() && clock.millis() < now.until()) {
            return now.alias();
        }
        return renewed(authority);
    }

    private synchronized String renewed(Authority authority) {
        KeyPair pair = form.newKey();
        X509Certificate like = people.chain().getFirst();
        X509Certificate certificate = form.port(
                authorities.signer(authority),
                like.getSubjectX500Principal().getName().replaceFirst("^CN=", ""),
                names(like),
                pair.getPublic(),
                clock.instant(),
                LIFE);
        Shown next = new Shown(
                certificate.getSerialNumber().toString(),
                authority.id(),
                pair.getPrivate(),
                List.of(certificate, authority.certificate()),
                clock.millis() + LIFE.dividedBy(2).toMillis());
        all.put(next.alias(), next);
        shown = next;
        return next.alias();
    }

    private static GeneralNames names(X509Certificate like) {
        try {
            return GeneralNames.fromExtensions(
                    new JcaX509CertificateHolder(like).getExtensions(), Extension.subjectAlternativeName);
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new IllegalStateException("the server's certificate was read before", e);
        }
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return keyType.equals(KEY_TYPE) ? alias() : null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return keyType.equals(KEY_TYPE) ? new String[] {alias()} : null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        Shown found = all.get(alias);
        return found == null ? null : found.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        Shown found = all.get(alias);
        return found == null ? null : found.key();
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
