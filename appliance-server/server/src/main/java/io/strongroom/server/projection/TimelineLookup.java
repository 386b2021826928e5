package io.strongroom.server.projection;

import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.TenantId;
import io.strongroom.server.database.Database;
import io.strongroom.server.ledger.LedgerDamagedException;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.ledger.RecordLookup;
import java.util.OptionalLong;

/** Finds records by their id in the timeline, and in the ledger itself what the timeline does not have yet. */
public final class TimelineLookup implements RecordLookup {
    /** As far as the ledger is searched beyond the watermark, in entries: these are in memory, or nearly. */
    private static final long MAX_BEYOND = 65_536;

    private final Database database;
    private final LedgerReader reader;
    private final String tenant;
    private final TimelinePages pages;

    public TimelineLookup(Database database, LedgerReader reader, TenantId tenant) {
        this.database = database;
        this.reader = reader;
        this.tenant = tenant.value();
        pages = new TimelinePages(this.tenant);
    }

    private record Found(OptionalLong seq, long watermark) {}

    @Override
    public OptionalLong seqOf(RecordId id) {
        // The size is taken first: what is committed after that was not acknowledged when the caller asked.
        long size = reader.size();
        Found found = database.read(connection -> {
            long watermark = ProjectionStore.state(connection, tenant).cursor();
            return new Found(pages.seqOf(connection, id), watermark);
        });
        if (found.seq().isPresent()) {
            return found.seq();
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
