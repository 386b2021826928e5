package io.strongroom.server.packs;

import io.strongroom.server.keys.WrappingKeys;
import io.strongroom.server.packs.ExportJob.Ready;
import java.nio.charset.StandardCharsets;

/** The spools' keys, each wrapped under the installation's. */
final class SpoolKeys {
    private final WrappingKeys keys;

    SpoolKeys(WrappingKeys keys) {
        this.keys = keys;
    }

    /** A wrapped key and the generation that wrapped it. */
    record Wrapped(int generation, byte[] key) {}

    Wrapped wrap(String spool, byte[] key) {
        while (true) {
            int generation = keys.generation();
            byte[] wrapped = keys.wrap(key, associated(spool));
            // A new generation may have come in between; then it is not known which one wrapped.
            if (generation == keys.generation()) {
                return new Wrapped(generation, wrapped);
            }
        }
    }

    byte[] open(Ready ready) {
        return keys.unwrap(ready.generation(), ready.wrappedKey(), associated(ready.spool()));
    }

    private static byte[] associated(String spool) {
        return ("export-spool:" + spool).getBytes(StandardCharsets.UTF_8);
    }
}
