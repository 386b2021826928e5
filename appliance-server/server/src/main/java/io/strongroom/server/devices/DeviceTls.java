package io.strongroom.server.devices;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.strongroom.server.keys.ServerKeyManager;
import jakarta.inject.Singleton;
import javax.net.ssl.SSLException;

/** TLS for ports where whoever calls has a device's certificate already. */
@Singleton
public final class DeviceTls {
    private final DevicePortKey key;
    private final DeviceTrust trust;

    DeviceTls(DevicePortKey key, DeviceTrust trust) {
        this.key = key;
        this.trust = trust;
    }

    /**
     * TLS 1.3 alone, which shows what the devices' port shows and refuses whoever shows no device's certificate. How the
     * device stands is not asked here.
     */
    public SslContext insisting() {
        try {
            return SslContextBuilder.forServer(new ServerKeyManager(key::current))
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3")
                    .trustManager(trust)
                    .clientAuth(ClientAuth.REQUIRE)
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("every Java has TLS 1.3", e);
        }
    }
}
