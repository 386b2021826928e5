package io.strongroom.console.connection;

import io.strongroom.api.SessionTokens;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.client.StrongroomException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * An officer's session, whose tokens are renewed in time, by one call at a time since a refresh token counts once.
 * Thread-safe.
 */
final class Session implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(45);

    private final Appliance appliance;
    private final String tenant;
    private final InstantSource clock;
    private SessionTokens tokens;
    private StrongroomClient client;

    Session(Appliance appliance, String tenant, SessionTokens tokens, InstantSource clock) {
        this.appliance = appliance;
        this.tenant = tenant;
        this.clock = clock;
        this.tokens = tokens;
        this.client = appliance.client(tokens.accessToken(), tenant);
    }

    /**
     * A client whose token holds for a while yet.
     *
     * @throws StrongroomException.Unauthenticated if the session has ended
     */
    synchronized StrongroomClient client() {
        if (clock.instant().isBefore(Instant.parse(tokens.accessExpiresAt()).minus(SOON))) {
            return client;
        }
        tokens = client.auth().refresh(tokens.refreshToken());
        StrongroomClient before = client;
        client = appliance.client(tokens.accessToken(), tenant);
        // Calls that are on their way end on the client that they began with.
        Thread.ofVirtual().name("client-leaves").start(() -> leave(before));
        return client;
    }

    private static void leave(StrongroomClient client) {
        try {
            Thread.sleep(Duration.ofMinutes(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }

    @Override
    public synchronized void close() {
        client.close();
    }
}
