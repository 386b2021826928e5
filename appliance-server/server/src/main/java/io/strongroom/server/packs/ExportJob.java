package io.strongroom.server.packs;

import io.strongroom.api.ExportRequest;
import io.strongroom.api.ExportState;
import io.strongroom.api.ExportStatus;
import io.strongroom.api.ExportSummary;
import io.strongroom.api.Problem;
import io.strongroom.api.Selection;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.server.keys.WrappingKeys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pack that was asked for.
 *
 * @param id a ULID
 * @param reader id of the token or person that asked, for whose eyes the pack is made
 * @param readerName its name
 * @param who the same as policy saw them when they asked, in which roles
 * @param createdAt epoch milliseconds
 * @param frozen null until it is first made
 * @param done entries written
 * @param total entries to write; 0 while that is not known
 * @param ready where the pack lies; null unless the state is {@link ExportState#READY}
 * @param problem why it failed
 */
record ExportJob(
        String id,
        String reader,
        String readerName,
        io.strongroom.policies.Caller who,
        ExportRequest request,
        ExportState state,
        long createdAt,
        @Nullable FrozenInputs frozen,
        long done,
        long total,
        @Nullable Ready ready,
        @Nullable Problem problem) {

    /**
     * A pack in the spool.
     *
     * @param spool its name there
     * @param key the spool's
     * @param size bytes of the pack
     * @param expiresAt epoch milliseconds
     */
    record Ready(String spool, WrappingKeys.Wrapped key, long size, Digest sha256, long expiresAt) {}

    /** As whoever lists packs is told of it. */
    ExportSummary summary(ExportStatus now, boolean own) {
        Selection selection = request.selection();
        FrozenInputs range = frozen;
        return new ExportSummary(
                now,
                reader,
                readerName,
                own,
                Rfc3339.format(createdAt),
                request.purpose(),
                request.format(),
                List.copyOf(selection.toJson().members().keySet()),
                own ? selection : null,
                request.withhold(),
                range == null ? null : Long.valueOf(range.from()),
                range == null || range.to() == range.from() ? null : Long.valueOf(range.to() - 1),
                ready == null ? null : Rfc3339.format(ready.expiresAt()));
    }

    ExportStatus status() {
        return new ExportStatus(
                id,
                state,
                done,
                total,
                ready == null ? null : Long.valueOf(ready.size()),
                ready == null ? null : ready.sha256().toString(),
                problem);
    }
}
