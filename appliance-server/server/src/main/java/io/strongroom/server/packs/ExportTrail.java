package io.strongroom.server.packs;

import io.strongroom.server.access.Caller;
import io.strongroom.server.packs.ExportJob.Ready;

/** What the ledger is told of packs. Each is durable when the method returns; if it cannot be, it throws. */
interface ExportTrail {
    void requested(ExportJob job);

    void completed(ExportJob job, FrozenInputs frozen, Ready ready);

    void failed(ExportJob job, String code);

    void cancelled(ExportJob job, Caller by);

    /** Before the first byte of a download. */
    void fetched(ExportJob job, Caller by, long from, long to);

    /** Before a made pack is read on its reader's behalf, to verify it. */
    void verified(ExportJob job, Caller by);
}
