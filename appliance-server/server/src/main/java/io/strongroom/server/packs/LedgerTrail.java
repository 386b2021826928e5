package io.strongroom.server.packs;

import io.strongroom.api.ExportRequest;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.StreamName;
import io.strongroom.server.access.Caller;
import io.strongroom.server.ledger.SystemTrail;
import io.strongroom.server.packs.ExportJob.Ready;
import io.strongroom.server.record.SystemRecords.Event;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes the trail into the ledger itself. The purpose and the selection stand in the pack; the ledger, which keeps
 * nothing personal for ever, is told their digest.
 */
final class LedgerTrail implements ExportTrail {
    private static final String EXPORTS = "system.export";
    private static final String ACCESS = "system.access";

    private final SystemTrail trail;
    private final InstantSource clock;

    LedgerTrail(SystemTrail trail, InstantSource clock) {
        this.trail = trail;
        this.clock = clock;
    }

    @Override
    public void requested(ExportJob job) {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("format", job.request().format().wire());
        attributes.put("request", digest(job.request()));
        attributes.put("roles", job.who().roles().stream().sorted().toList());
        String stream = job.request().selection().stream();
        // What has not the form of a stream's name selects nothing, and may be anything.
        if (stream != null && StreamName.is(stream)) {
            attributes.put("stream", stream);
        }
        tell(EXPORTS, "Export.Requested", "success", asked(job), job.id(), attributes);
    }

    @Override
    public void completed(ExportJob job, FrozenInputs frozen, Ready ready) {
        tell(
                EXPORTS,
                "Export.Completed",
                "success",
                asked(job),
                job.id(),
                Map.of(
                        "packId", frozen.packId(),
                        "fromSeq", frozen.from(),
                        "endSeq", frozen.to(),
                        "sha256", ready.sha256().toString(),
                        "size", ready.size()));
    }

    @Override
    public void failed(ExportJob job, String code) {
        tell(EXPORTS, "Export.Failed", "failure", asked(job), job.id(), Map.of("code", code));
    }

    @Override
    public void cancelled(ExportJob job, Caller by) {
        tell(EXPORTS, "Export.Cancelled", "success", Actor.of(by), job.id(), Map.of());
    }

    @Override
    public void fetched(ExportJob job, Caller by, long from, long to) {
        tell(ACCESS, "Export.Downloaded", "success", Actor.of(by), job.id(), Map.of("firstByte", from, "endByte", to));
    }

    @Override
    public void verified(ExportJob job, Caller by) {
        tell(ACCESS, "Export.Verified", "success", Actor.of(by), job.id(), Map.of());
    }

    /** Who did something, as the ledger calls them. */
    private record Actor(String type, String id) {
        static Actor of(Caller caller) {
            return new Actor(caller.type(), caller.id());
        }
    }

    /** Whoever asked for a pack is told of as that also where the appliance goes on with it alone. */
    private static Actor asked(ExportJob job) {
        return new Actor(Caller.typeOf(job.reader()), job.reader());
    }

    private static String digest(ExportRequest request) {
        return Digest.of(request.toJson().toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** Returns once the record is durable: whoever reads evidence without a trace does not read it. */
    private void tell(
            String stream, String action, String outcome, Actor actor, String export, Map<String, Object> attributes) {
        Event event =
                new Event(clock.millis(), action, outcome, actor.type(), actor.id(), "Export", export, attributes);
        trail.tell(stream, event, "What is done with evidence packs is recorded, and that could not be.");
    }
}
