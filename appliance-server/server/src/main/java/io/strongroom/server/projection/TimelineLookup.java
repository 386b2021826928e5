package io.strongroom.server.projection;

import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.TenantId;
import io.strongroom.server.database.Database;
import io.strongroom.server.ledger.LedgerDamagedException;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.ledger.RecordLookup;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.OptionalLong;
import java.util.UUID;

/** Finds records by their id in the timeline, and in the ledger itself what the timeline does not have yet. */
public final class TimelineLookup implements RecordLookup {
    /** As far as the ledger is searched beyond the watermark, in entries: these are in memory, or nearly. */
    private static final long MAX_BEYOND = 65_536;

    private final Database database;
    private final LedgerReader reader;
    private final String tenant;

    public TimelineLookup(Database database, LedgerReader reader, TenantId tenant) {
        this.database = database;
        this.reader = reader;
        this.tenant = tenant.value();
    }

    private record Found(long seq, long watermark) {}

    @Override
    public OptionalLong seqOf(RecordId id) {
        // The size is taken first: what is committed after that was not acknowledged when the caller asked.
        long size = reader.size();
        Found found = database.read(connection -> {
            long watermark = ProjectionStore.state(connection, tenant).cursor();
            try (PreparedStatement query = connection.prepareStatement(TimelineSql.LOOKUP)) {
                query.setString(1, tenant);
                query.setObject(2, new UUID(id.high(), id.low()));
                try (ResultSet row = query.executeQuery()) {
                    return new Found(row.next() ? row.getLong(1) : -1, watermark);
                }
            }
        });
        if (found.seq() >= 0) {
            return OptionalLong.of(found.seq());
        }
        long beyond = size - found.watermark();
        return beyond <= 0 || beyond > MAX_BEYOND ? OptionalLong.empty() : scan(found.watermark(), size, id);
    }

    private OptionalLong scan(long from, long to, RecordId id) {
        long[] seq = {-1};
        try {
            reader.read(from, to, false, row -> {
                if (row.entry().id().equals(id)) {
                    seq[0] = row.entry().seq();
                }
                return seq[0] < 0;
            });
        } catch (LedgerDamagedException damaged) {
            // Behind the damage nothing is found here; the projector passes over it in a moment.
            return OptionalLong.empty();
        }
        return seq[0] < 0 ? OptionalLong.empty() : OptionalLong.of(seq[0]);
    }
}
