package io.strongroom.server.ledger;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.ProblemType;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.tile.EntryBundle;
import io.strongroom.evidence.tile.TilePath;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowDevices;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Scope;
import io.strongroom.server.access.TenantNamed;
import io.strongroom.server.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;

/** The log as C2SP tlog-tiles has it: any client of such logs can follow it. */
@Controller("/log")
@ExecuteOn(TaskExecutors.BLOCKING)
@TenantNamed(TenantNamed.Where.NOWHERE)
@Allow
final class LogController {
    private static final String NEVER_CHANGES = "private, max-age=31536000, immutable";
    private static final String CHANGES = "private, max-age=1";

    private final PublishedLogs logs;
    private final Cosignatures cosignatures;
    private final LedgerReader reader;

    LogController(PublishedLogs logs, Cosignatures cosignatures, LedgerReader reader) {
        this.logs = logs;
        this.cosignatures = cosignatures;
        this.reader = reader;
    }

    @Get("/checkpoint")
    @AllowDevices
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> checkpoint() {
        return note(cosignatures.on(logs.newest().checkpoint()));
    }

    static HttpResponse<byte[]> note(SignedNote checkpoint) {
        return HttpResponse.ok(checkpoint.bytes())
                .contentType(new MediaType("text/plain; charset=utf-8"))
                .header("Cache-Control", CHANGES);
    }

    @Get("/tile/{level:[0-9]+}/{index:.+}")
    @AllowDevices
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> tile(@PathVariable String level, @PathVariable String index) {
        try {
            return unchanging(logs.newest().tile(TilePath.parse("tile/" + level + "/" + index)));
        } catch (IllegalArgumentException e) {
            throw notThere(e);
        }
    }

    @Get("/tile/entries/{index:.+}")
    @Produces(MediaType.ALL)
    @Allow(Scope.READ)
    @AllowPeople("ledger.read")
    HttpResponse<byte[]> entries(@PathVariable String index) {
        TilePath path;
        try {
            path = TilePath.parse("tile/entries/" + index);
        } catch (IllegalArgumentException e) {
            throw notThere(e);
        }
        long size = logs.newest().checkpoint().size();
        if (path.width() > TilePath.widthAt(TilePath.ENTRIES, path.index(), size)) {
            throw notThere(new IllegalArgumentException("a log of size " + size + " has no " + path));
        }
        long first = path.index() * TilePath.FULL_WIDTH;
        List<byte[]> lines = new ArrayList<>(path.width());
        reader.read(
                first, first + path.width(), false, row -> lines.add(row.entry().leafData()));
        return unchanging(EntryBundle.encode(lines));
    }

    private static HttpResponse<byte[]> unchanging(byte[] bytes) {
        return HttpResponse.ok(bytes)
                .contentType(MediaType.APPLICATION_OCTET_STREAM_TYPE)
                .header("Cache-Control", NEVER_CHANGES);
    }

    private static ProblemException notThere(IllegalArgumentException e) {
        return new ProblemException(ProblemType.NOT_FOUND, "The log has no such tile: " + e.getMessage() + ".");
    }
}
