package io.strongroom.server.ingest;

import io.strongroom.evidence.batch.BatchHead;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The newest batch of each stream and epoch, as the table has it; remembered for those that came lately, since one process
 * alone takes batches in. For any number of threads, one at a time for a stream.
 */
final class NewestBatches {
    private static final int MOST_REMEMBERED = 16_384;

    /** A row with more is read from the table: what a device gets rejected must not fill the memory. */
    private static final int MOST_REJECTED = 16;

    private final DeviceBatchTable table;

    /** Guarded by itself; least recently used first. */
    private final Map<Place, DeviceBatchRow> remembered = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, DeviceBatchRow> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    private record Place(String device, String stream, String epoch) {
        static Place of(BatchHead head) {
            return new Place(
                    head.device().value(), head.stream().value(), head.epoch().toString());
        }
    }

    NewestBatches(DeviceBatchTable table) {
        this.table = table;
    }

    /** The batch of the highest sequence in the stream and epoch of {@code head}. */
    Optional<DeviceBatchRow> of(BatchHead head) {
        Place place = Place.of(head);
        synchronized (remembered) {
            DeviceBatchRow known = remembered.get(place);
            if (known != null) {
                return Optional.of(known);
            }
        }
        Optional<DeviceBatchRow> stored = table.newest(head);
        stored.ifPresent(row -> remember(place, row));
        return stored;
    }

    /** To be called before the row of a batch is written, since it may be and nobody be told. */
    void forget(BatchHead head) {
        synchronized (remembered) {
            remembered.remove(Place.of(head));
        }
    }

    /** To be called once the row of the newest batch is durable. */
    void written(BatchHead head, DeviceBatchRow row) {
        remember(Place.of(head), row);
    }

    private void remember(Place place, DeviceBatchRow row) {
        if (row.rejected().size() <= MOST_REJECTED) {
            synchronized (remembered) {
                remembered.put(place, row);
            }
        }
    }
}
