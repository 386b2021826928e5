package io.strongroom.api.client;

import io.strongroom.evidence.tile.TilePath;
import java.nio.charset.StandardCharsets;

/**
 * The log as C2SP tlog-tiles publishes it, byte for byte: whoever verifies it believes nothing but the keys of the trust
 * file. Entries need the operation {@code ledger.read}.
 */
public final class Log {
    private static final String PATH = "/log/";

    private final Transport transport;

    Log(Transport transport) {
        this.transport = transport;
    }

    /** The newest checkpoint: a signed note, with the cosignatures of witnesses. */
    public byte[] checkpoint() {
        return transport.getBytes(PATH + "checkpoint");
    }

    /**
     * A tile of hashes, or the entries of one.
     *
     * @param path as the newest checkpoint's size gives it
     * @throws StrongroomException.NotFound if the log is not that large
     */
    public byte[] tile(TilePath path) {
        return transport.getBytes(PATH + path);
    }

    /** The devices that cosign, as lines of a trust file. */
    public String witnesses() {
        return new String(transport.getBytes("/api/v1/ledger/witnesses"), StandardCharsets.UTF_8);
    }
}
