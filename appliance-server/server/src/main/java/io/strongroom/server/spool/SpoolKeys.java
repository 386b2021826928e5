package io.strongroom.server.spool;

import io.strongroom.server.keys.WrappingKeys;
import io.strongroom.server.keys.WrappingKeys.Wrapped;
import java.nio.charset.StandardCharsets;

/** The files' keys, each wrapped under the installation's. */
public final class SpoolKeys {
    private final WrappingKeys keys;
    private final String purpose;

    /** @param purpose what the files are for: a key that was wrapped for another does not unwrap */
    public SpoolKeys(WrappingKeys keys, String purpose) {
        this.keys = keys;
        this.purpose = purpose;
    }

    /** Wraps the key of the file of that name. */
    public Wrapped wrap(String name, byte[] key) {
        return keys.wrap(key, associated(name));
    }

    /**
     * The key of the file of that name.
     *
     * @throws io.strongroom.server.keys.KeyUnavailableException if it cannot be unwrapped
     */
    public byte[] open(String name, Wrapped wrapped) {
        return keys.unwrap(wrapped.generation(), wrapped.key(), associated(name));
    }

    private byte[] associated(String name) {
        return associated(purpose, name);
    }

    /** What the key of a file belongs to. */
    public static byte[] associated(String purpose, String name) {
        return (purpose + ":" + name).getBytes(StandardCharsets.UTF_8);
    }
}
