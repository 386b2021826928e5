package io.strongroom.console.rules;

import io.strongroom.api.client.ApplianceTrust;
import io.strongroom.console.connection.Connection;
import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import java.security.GeneralSecurityException;
import java.util.Map;
import javax.net.ssl.TrustManager;
import org.eclipse.jgit.api.TransportCommand;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnectionFactory;

/** Has git speak with the pinned appliance alone, in the officer's session. */
final class PinnedGit implements HttpConnectionFactory {
    private static final int PATIENCE_SECONDS = 60;

    private final JDKHttpConnectionFactory plain = new JDKHttpConnectionFactory();
    private final TrustManager trust;

    private PinnedGit(ApplianceTrust trust) {
        this.trust = trust.manager();
    }

    /** Prepares a fetch or a push. */
    static <C extends TransportCommand<C, ?>> C prepare(C command, Connection.Passage passage) {
        return command.setTimeout(PATIENCE_SECONDS).setTransportConfigCallback(transport -> {
            if (!(transport instanceof TransportHttp http)) {
                throw new IllegalStateException("rules come by HTTPS alone, not by " + transport.getURI());
            }
            http.setHttpConnectionFactory(
                    new PinnedGit(ApplianceTrust.pinned(passage.appliance().fingerprint())));
            http.setAdditionalHeaders(Map.of("Authorization", "Bearer " + passage.token()));
        });
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return pinned(plain.create(url));
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
        return pinned(plain.create(url, proxy));
    }

    private HttpConnection pinned(HttpConnection connection) throws IOException {
        try {
            connection.configure(null, new TrustManager[] {trust}, null);
            return connection;
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java platform has no TLS", e);
        }
    }
}
