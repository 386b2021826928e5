package io.strongroom.server.mqtt;

import io.moquette.broker.security.IAuthenticator;
import io.moquette.broker.security.IAuthorizatorPolicy;
import io.moquette.broker.subscriptions.Topic;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * What the broker asks about everybody. It lets in whoever {@link DeviceHandler} has: that writes a password into each
 * CONNECT that it passes on, which nobody else knows. So a connection that came past the handler gets nowhere.
 */
final class BrokerRules implements IAuthenticator, IAuthorizatorPolicy {
    private static final int SECRET_BYTES = 32;

    private final byte[] secret = new byte[SECRET_BYTES];

    BrokerRules(SecureRandom random) {
        random.nextBytes(secret);
    }

    /** The password, for the handler alone. */
    byte[] secret() {
        return secret.clone();
    }

    @Override
    public boolean checkValid(@Nullable String clientId, @Nullable String username, byte @Nullable [] password) {
        return clientId != null
                && clientId.equals(username)
                && password != null
                && MessageDigest.isEqual(password, secret);
    }

    /** Nothing that a device publishes is for the broker. */
    @Override
    public boolean canWrite(Topic topic, @Nullable String user, @Nullable String client) {
        return false;
    }

    @Override
    public boolean canRead(Topic topic, @Nullable String user, @Nullable String client) {
        return client != null && client.equals(user) && new Topics(client).isReadable(topic.toString());
    }
}
