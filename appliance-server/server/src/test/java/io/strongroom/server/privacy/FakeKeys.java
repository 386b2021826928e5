package io.strongroom.server.privacy;

import io.strongroom.server.keys.InstallationSecrets;
import io.strongroom.server.keys.KeyUnavailableException;
import io.strongroom.server.keys.WrappingKeys;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Keys in memory. A wrapped key is a number; what it stands for can be taken away. */
public final class FakeKeys implements WrappingKeys, InstallationSecrets {
    private record Kept(byte[] key, byte[] associated) {}

    private final Map<Integer, Kept> wrapped = new HashMap<>();

    @Override
    public int generation() {
        return 1;
    }

    @Override
    public synchronized Wrapped wrap(byte[] dataKey, byte[] associated) {
        wrapped.put(wrapped.size(), new Kept(dataKey.clone(), associated.clone()));
        return new Wrapped(1, new byte[] {(byte) (wrapped.size() - 1)});
    }

    @Override
    public synchronized byte[] unwrap(int generation, byte[] bytes, byte[] associated) {
        Kept found = wrapped.get((int) bytes[0]);
        if (found == null || !Arrays.equals(found.associated(), associated)) {
            throw new KeyUnavailableException("gone");
        }
        return found.key().clone();
    }

    /** Destroys every key-encryption key. */
    public synchronized void destroy() {
        wrapped.clear();
    }

    @Override
    public SecretKey idempotencyKey() {
        return new SecretKeySpec(new byte[32], "HmacSHA256");
    }

    @Override
    public SecretKey cursorKey() {
        return new SecretKeySpec(new byte[32], "HmacSHA256");
    }
}
