package io.strongroom.console.chain;

import io.strongroom.api.QueryItem;
import io.strongroom.api.client.RecordQuery;
import io.strongroom.console.connection.Connection;
import io.strongroom.evidence.tile.TilePath;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The log as an appliance publishes it, and the seals of its days. Nothing here is trusted. Every call blocks. */
interface PublishedLog {
    /** How many seals are asked for: as many days as the strip shows. */
    int MOST_SEALS = 120;

    /** The newest checkpoint: a signed note. */
    byte[] checkpoint();

    /** A tile of hashes, or the entries of one. */
    byte[] tile(TilePath path);

    /** The keys that sign, and the devices that cosign, as a trust file. */
    byte[] trustFile();

    /** The newest seals, the newest first, as records. */
    List<QueryItem> seals();

    /** The appliance that one is signed in to. */
    static PublishedLog of(Connection connection) {
        return new PublishedLog() {
            @Override
            public byte[] checkpoint() {
                return connection.call(client -> client.log().checkpoint());
            }

            @Override
            public byte[] tile(TilePath path) {
                return connection.call(client -> client.log().tile(path));
            }

            @Override
            public byte[] trustFile() {
                String keys =
                        connection.call(client -> new String(client.ledger().trustFile(), StandardCharsets.UTF_8));
                String witnesses = connection.call(client -> client.log().witnesses());
                return (keys.stripTrailing() + "\n" + witnesses).getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public List<QueryItem> seals() {
                RecordQuery query = RecordQuery.ALL.stream("system.seal")
                        .with("sort", "-seq")
                        .limit(MOST_SEALS);
                return connection.call(client -> client.records().query(query)).items();
            }
        };
    }
}
