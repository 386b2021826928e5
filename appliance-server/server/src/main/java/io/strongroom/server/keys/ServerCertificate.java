package io.strongroom.server.keys;

import io.strongroom.server.keys.CertificateAuthority.ServerIdentity;
import io.strongroom.server.settings.StartRefusedException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people's port shows, kept in a folder: made anew 30 days before its end, by the first who asks from then on, and
 * shown in each handshake that follows. Connections that are open stay as they are.
 */
public final class ServerCertificate {
    private static final Logger LOG = LoggerFactory.getLogger(ServerCertificate.class);
    private static final Duration BETWEEN_TRIES = Duration.ofHours(1);

    private final CertificateAuthority authority;
    private final Path folder;
    private final List<String> names;
    private final InstantSource clock;
    private volatile Held held;

    private record Held(ServerIdentity identity, Instant until) {}

    /**
     * Reads or makes it.
     *
     * @param names host names and IP addresses; the first is the common name
     * @throws StartRefusedException if it cannot be read or written
     */
    public ServerCertificate(CertificateAuthority authority, Path folder, List<String> names, InstantSource clock) {
        this.authority = authority;
        this.folder = folder;
        this.names = List.copyOf(names);
        this.clock = clock;
        this.held = hold();
    }

    /** The key and chain for a handshake that begins now. */
    public ServerIdentity current() {
        Held now = held;
        return clock.instant().isBefore(now.until()) ? now.identity() : renewed();
    }

    private synchronized ServerIdentity renewed() {
        Instant now = clock.instant();
        if (!now.isBefore(held.until())) {
            try {
                held = hold();
                LOG.info("the server's certificate was renewed");
            } catch (StartRefusedException e) {
                // As while the disk is full. The one before holds for 30 days more, and is better than none after that.
                LOG.error("the server's certificate cannot be renewed and is tried again in an hour", e);
                held = new Held(held.identity(), now.plus(BETWEEN_TRIES));
            }
        }
        return held.identity();
    }

    private Held hold() {
        ServerIdentity identity = authority.server(folder, names, clock.instant());
        return new Held(identity, identity.renewedFrom());
    }
}
