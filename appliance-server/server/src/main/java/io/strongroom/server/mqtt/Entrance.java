package io.strongroom.server.mqtt;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.strongroom.api.ProblemType;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.DeviceIdentities;
import io.strongroom.server.access.DeviceIdentity;
import io.strongroom.server.access.DeviceState;
import io.strongroom.server.gateway.GuardDecision;
import io.strongroom.server.gateway.GuardRecords;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.problem.ProblemException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Says who is let in: a certificate's device, as long as it stands. Asked at CONNECT and before each group of messages. */
final class Entrance {
    private static final String ROUTE = "MQTT CONNECT";
    private static final int REQUEST_ID_BYTES = 12;

    private final DeviceIdentities identities;
    private final GuardRecords guard;
    private final String tenant;
    private final SecureRandom random;

    Entrance(DeviceIdentities identities, GuardRecords guard, Installation installation, SecureRandom random) {
        this.identities = identities;
        this.guard = guard;
        this.tenant = installation.tenant().value();
        this.random = random;
    }

    /** The certificate that a connection showed. */
    static Optional<X509Certificate> certificate(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            return Optional.empty();
        }
        try {
            return tls.engine().getSession().getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? Optional.of(certificate)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    /** Whose certificate it is, if the device stands. Never waits. */
    Optional<DeviceIdentity> standing(X509Certificate certificate) {
        return identities.find(certificate).filter(device -> device.state() == DeviceState.ACTIVE);
    }

    /**
     * Lets a device in. May wait.
     *
     * @param clientId what it calls itself; must be the device's id
     * @throws ProblemException if it is not let in, which is recorded
     */
    DeviceIdentity admit(X509Certificate certificate, String clientId) {
        DeviceIdentity device = identities
                .find(certificate)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.INVALID_DEVICE_CERTIFICATE,
                        "The certificate has ended, or its authority is trusted no more."));
        try {
            DeviceIdentity admitted = identities.admit(device);
            if (!device.id().equals(clientId)) {
                throw new ProblemException(
                        ProblemType.SOURCE_NOT_ALLOWED, "The client id is not the certificate's device.");
            }
            return admitted;
        } catch (ProblemException e) {
            if (GuardDecision.isOne(e.type())) {
                byte[] id = new byte[REQUEST_ID_BYTES];
                random.nextBytes(id);
                guard.record(new GuardDecision(
                        e.type(),
                        new Caller(device, tenant),
                        ROUTE,
                        HexFormat.of().formatHex(id),
                        ""));
            }
            throw e;
        }
    }
}
