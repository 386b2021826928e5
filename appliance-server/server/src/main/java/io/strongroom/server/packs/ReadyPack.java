package io.strongroom.server.packs;

import io.strongroom.server.access.Caller;
import io.strongroom.server.packs.ExportJob.Ready;
import io.strongroom.server.spool.LimitedStream;
import io.strongroom.server.spool.Spool;
import io.strongroom.server.spool.SpoolKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** A pack that is ready, for one who may have it; to be read more than once. */
public final class ReadyPack {
    private final ExportJob job;
    private final Ready ready;
    private final Caller caller;
    private final ExportTrail trail;
    private final Spool spool;
    private final SpoolKeys keys;

    ReadyPack(ExportJob job, Ready ready, Caller caller, ExportTrail trail, Spool spool, SpoolKeys keys) {
        this.job = job;
        this.ready = ready;
        this.caller = caller;
        this.trail = trail;
        this.spool = spool;
        this.keys = keys;
    }

    /** Bytes. */
    public long size() {
        return ready.size();
    }

    /** When it was made, epoch milliseconds. */
    public long madeAt() {
        return ready.expiresAt() - Exports.KEPT.toMillis();
    }

    /** The strong entity tag: the pack's digest, in quotes. */
    public String entityTag() {
        return '"' + ready.sha256().hex() + '"';
    }

    /** The file name to save it under. */
    public String fileName() {
        return (job.frozen() == null ? job.id() : job.frozen().packId()) + ".zip";
    }

    /**
     * The bytes from {@code from} to {@code to}, exclusive. That they were fetched is in the ledger when this returns.
     */
    public InputStream fetch(long from, long to) {
        trail.fetched(job, caller, from, to);
        return new LimitedStream(open(from), to - from);
    }

    /** All bytes, to be verified here. That they were read is in the ledger when this returns. */
    public InputStream verify() {
        trail.verified(job, caller);
        return open(0);
    }

    private InputStream open(long from) {
        try {
            Optional<InputStream> in =
                    spool.read(ready.spool(), keys.open(ready.spool(), ready.key()), ready.size(), from);
            return in.orElseThrow(() -> Exports.notReady("The pack has just expired; ask again."));
        } catch (IOException e) {
            throw new UncheckedIOException("the spooled pack " + job.id() + " cannot be read", e);
        }
    }
}
