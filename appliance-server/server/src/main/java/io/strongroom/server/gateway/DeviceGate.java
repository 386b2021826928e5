package io.strongroom.server.gateway;

import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.strongroom.api.ProblemType;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowAnyone;
import io.strongroom.server.access.AllowDevices;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.DeviceIdentities;
import io.strongroom.server.access.DeviceIdentity;
import io.strongroom.server.access.DeviceState;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.problem.ProblemException;
import jakarta.inject.Singleton;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * The gate of the devices' port: the certificate, the rate, the quota, how the device stands; for each request anew. What
 * a first use or a copied key asks for has to be written down, and is {@link DeviceAdmission}'s. Never waits.
 */
@Singleton
final class DeviceGate {
    private final DeviceIdentities devices;
    private final RateLimits rates;
    private final Quotas quotas;
    private final String tenant;

    DeviceGate(DeviceIdentities devices, RateLimits rates, Quotas quotas, Installation installation) {
        this.devices = devices;
        this.rates = rates;
        this.quotas = quotas;
        this.tenant = installation.tenant().value();
    }

    /** Whether the request came by the devices' port: the one that asks for certificates. */
    boolean isAt(HttpRequest<?> request) {
        if (!(request instanceof NettyHttpRequest<?> incoming)) {
            return false;
        }
        Channel channel = incoming.getChannelHandlerContext().channel();
        while (channel != null) {
            SslHandler tls = channel.pipeline().get(SslHandler.class);
            if (tls != null) {
                return tls.engine().getWantClientAuth();
            }
            channel = channel.parent();
        }
        return false;
    }

    /** @throws ProblemException {@code not-found}, if the route is served on the devices' port alone */
    static void requireElsewhere(AnnotationMetadata route) {
        boolean elsewhere = route.hasAnnotation(AllowAnyone.class)
                || route.hasAnnotation(Allow.class)
                || route.hasAnnotation(AllowPeople.class);
        if (route.hasAnnotation(AllowDevices.class) && !elsewhere) {
            throw new ProblemException(ProblemType.NOT_FOUND, "This address is served on the devices' port.");
        }
    }

    void check(AnnotationMetadata route, HttpRequest<?> request) {
        boolean served = route.hasAnnotation(AllowDevices.class);
        if (!served || route.booleanValue(AllowDevices.class, "unenrolled").orElse(false)) {
            RateLimits.hold(request, rates.takeFrom(request));
            // An address that leads nowhere at all is told so by the framework.
            if (!served && !route.isEmpty()) {
                throw new ProblemException(ProblemType.NOT_FOUND, "This address is not served on the devices' port.");
            }
            return;
        }
        Optional<DeviceIdentity> device = certificate(request).flatMap(devices::find);
        if (device.isEmpty()) {
            RateLimits.hold(request, rates.takeFrom(request));
            throw new ProblemException(
                    ProblemType.INVALID_DEVICE_CERTIFICATE,
                    certificate(request).isPresent()
                            ? "The certificate has ended, or its authority is trusted no more."
                            : "The connection has no client certificate.");
        }
        RateLimits.hold(request, rates.takeOf(device.get().id()));
        if (device.get().state() != DeviceState.ACTIVE) {
            // Tells which of the problems it is.
            var unused = devices.admit(device.get());
        }
        Caller caller = new Caller(device.get(), tenant);
        quotas.takeRequest(caller).ifPresent(asked -> asked.hold(request));
        RequestFacts.caller(request, caller);
    }

    private static Optional<X509Certificate> certificate(HttpRequest<?> request) {
        return request.getCertificate().map(X509Certificate.class::cast);
    }
}
