package io.strongroom.server.keys;

/**
 * The key-encryption keys, by generation (design §2). They never enter the database or its backups. Wrapping is
 * AES-256-GCM; a wrapped key is 12 bytes of nonce, the ciphertext, 16 bytes of tag.
 */
public interface WrappingKeys {

    /** The generation that {@link #wrap} uses now, from 1. */
    int generation();

    /** Something wrapped, and the generation that wrapped it, to be kept beside it. */
    record Wrapped(int generation, byte[] key) {}

    /**
     * Wraps a data key.
     *
     * @param associated what the key belongs to, which {@link #unwrap} must be told again
     */
    Wrapped wrap(byte[] dataKey, byte[] associated);

    /**
     * Opens what {@link #wrap} made.
     *
     * @throws KeyUnavailableException if the generation is gone, or the wrapped key or {@code associated} is not what
     *     it was
     */
    byte[] unwrap(int generation, byte[] wrapped, byte[] associated);
}
