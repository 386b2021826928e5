package io.strongroom.console.connection;

import io.strongroom.api.client.ApplianceTrust;
import io.strongroom.api.client.RetryPolicy;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.evidence.Digest;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An appliance that is believed to be itself by the fingerprint of its authority alone.
 *
 * @param address {@code https://host[:port]}
 * @param fingerprint SHA-256 of its authority's SPKI, as it was read from its screen or from a letter
 */
public record Appliance(URI address, Digest fingerprint) {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /**
     * Reads what an officer typed.
     *
     * @throws IllegalArgumentException if it is no such address, or no digest
     */
    public static Appliance parse(String address, String fingerprint) {
        String typed = address.strip();
        URI uri = URI.create(typed.contains("://") ? typed : "https://" + typed);
        if (!"https".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("an appliance's address is https://host[:port], not " + typed);
        }
        String hex = fingerprint.strip();
        return new Appliance(uri, Digest.parse(hex.startsWith("sha256:") ? hex : "sha256:" + hex));
    }

    /** A client for it that gives up soon: somebody waits for the answer. */
    StrongroomClient.Builder client(@Nullable String tenant) {
        return StrongroomClient.at(address)
                .trust(ApplianceTrust.pinned(fingerprint))
                .connectTimeout(CONNECT)
                .retry(RetryPolicy.NONE)
                .tenant(tenant);
    }
}
