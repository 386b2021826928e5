package io.strongroom.server.keys;

import io.strongroom.server.keys.CertificateAuthority.ServerIdentity;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Shows in each handshake the certificate that holds then, so that one can be replaced while the port is open. */
public final class ServerKeyManager extends X509ExtendedKeyManager {
    private static final String KEY_TYPE = "EC";

    private final Supplier<ServerIdentity> current;
    // By the alias under which a handshake asks; a handshake may still be at an earlier one.
    private final Map<String, ServerIdentity> shown = new ConcurrentHashMap<>();

    /** @param current the key, on P-256, and the chain for a handshake that begins now; asked at each, by any thread */
    public ServerKeyManager(Supplier<ServerIdentity> current) {
        this.current = current;
    }

    private String alias() {
        ServerIdentity identity = current.get();
        String alias = identity.chain().getFirst().getSerialNumber().toString();
        shown.putIfAbsent(alias, identity);
        return alias;
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
        ServerIdentity found = shown.get(alias);
        return found == null ? null : found.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        ServerIdentity found = shown.get(alias);
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
