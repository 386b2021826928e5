package io.strongroom.server.devices;

import jakarta.inject.Singleton;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Whose certificates the devices' port takes in a handshake: those that stand in our own list of certificates, word for
 * word, and that an authority which is trusted now has signed. Whether their device is let in is asked again at each
 * request, since a connection outlives a revocation, and a resumed session does not even come by here.
 */
@Singleton
final class DeviceTrust extends X509ExtendedTrustManager {
    private final DeviceRegistry registry;
    private final DeviceCounts counts;

    DeviceTrust(DeviceRegistry registry, DeviceCounts counts) {
        this.registry = registry;
        this.counts = counts;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        if (chain.length == 0 || registry.find(chain[0]).isEmpty()) {
            counts.count(DeviceCounts.What.STRANGER);
            throw new CertificateException("no device has this certificate, or it has ended");
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return registry.trusted().stream().map(Authority::certificate).toArray(X509Certificate[]::new);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("devices are no servers");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }
}
