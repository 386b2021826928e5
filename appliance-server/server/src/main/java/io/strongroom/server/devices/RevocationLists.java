package io.strongroom.server.devices;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.ProblemType;
import io.strongroom.server.access.AllowAnyone;
import io.strongroom.server.access.AllowDevices;
import io.strongroom.server.access.TenantNamed;
import io.strongroom.server.problem.ProblemException;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The revocation lists (RFC 5280 §5), for whoever looks at devices' certificates elsewhere; the appliance itself asks at
 * each request. One for each authority that is trusted. A locked device's certificates are on hold. Public, since they say
 * nothing but serial numbers.
 */
@Controller("/pki")
@ExecuteOn(TaskExecutors.BLOCKING)
@AllowAnyone
@AllowDevices(unenrolled = true)
@TenantNamed(TenantNamed.Where.NOWHERE)
final class RevocationLists {
    private static final String TYPE = "application/pkix-crl";
    private static final Duration HOLDS = Duration.ofDays(1);

    private final DeviceRegistry registry;
    private final Authorities authorities;
    private final InstantSource clock;
    // By the authority's id: the newest, which is signed once for all who ask within the hour.
    private final Map<Integer, Signed> newest = new ConcurrentHashMap<>();

    RevocationLists(DeviceRegistry registry, Authorities authorities, InstantSource clock) {
        this.registry = registry;
        this.authorities = authorities;
        this.clock = clock;
    }

    private record Signed(long version, Instant hour, byte[] der) {}

    /** That of the authority which signs now. */
    @Get("/devices.crl")
    @Produces(TYPE)
    HttpResponse<byte[]> current() {
        return HttpResponse.ok(list(registry.trusted().getLast()));
    }

    /** That of the authority with this fingerprint, in hex. */
    @Get("/devices/{authority}.crl")
    @Produces(TYPE)
    HttpResponse<byte[]> of(@PathVariable String authority) {
        return HttpResponse.ok(list(registry.trusted().stream()
                .filter(each -> each.fingerprint().hex().equals(authority))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND, "No authority that is trusted now has this fingerprint."))));
    }

    private byte[] list(Authority authority) {
        long version = registry.version();
        Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
        return newest.compute(
                        authority.id(),
                        (id, before) -> before != null
                                        && before.version() == version
                                        && before.hour().equals(hour)
                                ? before
                                : new Signed(version, hour, signed(authority)))
                .der();
    }

    private byte[] signed(Authority authority) {
        Instant now = clock.instant();
        JcaX509v2CRLBuilder builder = new JcaX509v2CRLBuilder(authority.certificate(), Date.from(now));
        builder.setNextUpdate(Date.from(now.plus(HOLDS)));
        for (Shut shut : registry.shut(authority.id())) {
            builder.addCRLEntry(shut.serial(), new Date(shut.since()), shut.reason());
        }
        try {
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(authority.certificate()));
            builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(now.toEpochMilli())));
            return builder.build(new JcaContentSignerBuilder(CertificateForm.SIGNATURE)
                            .build(authorities.signer(authority).key()))
                    .getEncoded();
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("a revocation list could not be made", e);
        }
    }

    /**
     * A certificate that lets nobody in.
     *
     * @param reason of {@link org.bouncycastle.asn1.x509.CRLReason}
     * @param since epoch milliseconds
     */
    record Shut(BigInteger serial, int reason, long since) {}
}
