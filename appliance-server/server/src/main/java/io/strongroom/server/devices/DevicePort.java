package io.strongroom.server.devices;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.NettySslContextBuilder;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration.NettyListenerConfiguration;
import io.micronaut.http.server.netty.ssl.NettyServerSslFactory;
import io.micronaut.http.ssl.CertificateProvider;
import io.micronaut.http.ssl.ClientAuthentication;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.util.KeyManagerFactoryWrapper;
import io.netty.handler.ssl.util.TrustManagerFactoryWrapper;
import io.strongroom.server.keys.ServerCertificate;
import io.strongroom.server.keys.ServerKeyManager;
import io.strongroom.server.settings.Setting;
import io.strongroom.server.settings.Settings;
import io.strongroom.server.settings.StartRefusedException;
import io.strongroom.server.settings.StartRefusedException.Reason;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;

/**
 * The two ports: that of people and services, which never asks for a client's certificate, and that of devices, which asks
 * but does not insist, since whoever enrols has none yet (design §4). Both are TLS 1.3 alone.
 */
@Singleton
final class DevicePort implements BeanCreatedEventListener<NettyHttpServerConfiguration> {
    private static final String DEVICES = "devices";
    private static final String OWN_KEYS = "own";

    private static final int MOST = 65_535;

    private final String host;
    private final int peoplePort;
    private final int devicesPort;

    DevicePort(Settings settings) {
        this.host = settings.text(Setting.SERVER_HOST);
        this.peoplePort = settings.number(Setting.SERVER_PORT, 0, MOST);
        this.devicesPort = settings.find(Setting.DEVICES_PORT).isPresent()
                ? settings.number(Setting.DEVICES_PORT, 0, MOST)
                : next(peoplePort);
    }

    private static int next(int port) {
        if (port == MOST) {
            throw new StartRefusedException(
                    Reason.USAGE, "There is no port after server.port for devices: set devices.port.");
        }
        return port == 0 ? 0 : port + 1;
    }

    @Override
    public NettyHttpServerConfiguration onCreated(BeanCreatedEvent<NettyHttpServerConfiguration> event) {
        NettyHttpServerConfiguration configuration = event.getBean();
        // People's first: it is the server's port, wherever one port is asked for.
        configuration.setListeners(List.of(listener("people", peoplePort), listener(DEVICES, devicesPort)));
        return configuration;
    }

    private NettyListenerConfiguration listener(String name, int port) {
        NettyListenerConfiguration listener = new NettyListenerConfiguration(name);
        listener.setFamily(NettyListenerConfiguration.Family.TCP);
        listener.setHost(host);
        listener.setPort(port == 0 ? -1 : port);
        listener.setSsl(true);
        listener.setKeyName(OWN_KEYS);
        return listener;
    }

    /** Gives each listener its own TLS. */
    @Singleton
    @Replaces(NettyServerSslFactory.class)
    static final class Tls extends NettyServerSslFactory {
        private final ServerCertificate people;
        private final DevicePortKey devices;
        private final DeviceTrust trust;

        Tls(ServerCertificate people, DevicePortKey devices, DeviceTrust trust) {
            this.people = people;
            this.devices = devices;
            this.trust = trust;
        }

        @Override
        public NettySslContextBuilder serverBuilder(NettyListenerConfiguration listener) {
            return DEVICES.equals(listener.getName())
                    ? new DevicesTls(devices, trust)
                    : new PeopleTls(new ServerKeyManager(people::current));
        }
    }

    private static class PeopleTls extends NettySslContextBuilder {
        private final ServerKeyManager key;

        private PeopleTls(ServerKeyManager key) {
            super(true);
            this.key = key;
        }

        @Override
        protected final KeyManagerFactory createKeyManagerFactory() {
            return new KeyManagerFactoryWrapper(key);
        }
    }

    private static final class DevicesTls extends PeopleTls {
        private final DeviceTrust trust;

        private DevicesTls(DevicePortKey key, DeviceTrust trust) {
            super(new ServerKeyManager(key::current));
            this.trust = trust;
        }

        @Override
        protected TrustManagerFactory createTrustManagerFactory() {
            return new TrustManagerFactoryWrapper(trust);
        }

        @Override
        public SslContext buildTcp() throws Exception {
            clientAuthentication(ClientAuthentication.WANT);
            return super.buildTcp();
        }
    }

    /**
     * By which the framework knows that the listeners have keys of our own. What the key is, and whose certificates are
     * taken, is asked of {@link ServerCertificate}, {@link DevicePortKey} and {@link DeviceTrust} in each handshake, so
     * this tells nothing, once.
     */
    @Singleton
    @Named(OWN_KEYS)
    static final class Provider implements CertificateProvider {
        @Override
        public Publisher<KeyStore> getKeyStore() {
            return subscriber -> subscriber.onSubscribe(new Subscription() {
                private final AtomicBoolean told = new AtomicBoolean();

                @Override
                public void request(long count) {
                    if (told.compareAndSet(false, true)) {
                        subscriber.onNext(empty());
                    }
                }

                @Override
                public void cancel() {
                    told.set(true);
                }
            });
        }

        private static KeyStore empty() {
            try {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                return store;
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException("every Java has PKCS#12", e);
            }
        }

        @Override
        public String getName() {
            return OWN_KEYS;
        }
    }
}
