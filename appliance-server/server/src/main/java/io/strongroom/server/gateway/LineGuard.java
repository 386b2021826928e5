package io.strongroom.server.gateway;

import io.strongroom.api.ProblemType;
import io.strongroom.server.access.Caller;
import io.strongroom.server.database.DatabaseException;
import io.strongroom.server.ingest.IntakeGuard;
import jakarta.inject.Singleton;
import java.io.IOException;

/** What intake asks of the gateway for single documents, which the gate itself does not read. */
@Singleton
final class LineGuard implements IntakeGuard {
    private static final String ROUTE = "POST /api/v1/audit/records:batch";

    private final Quarantine quarantine;
    private final GuardRecords records;

    LineGuard(Quarantine quarantine, GuardRecords records) {
        this.quarantine = quarantine;
        this.records = records;
    }

    @Override
    public String quarantine(Caller caller, byte[] document) throws IOException {
        try {
            return quarantine.keep(caller, ProblemType.TENANT_MISMATCH, "", document);
        } catch (DatabaseException e) {
            throw new IOException("the document could not be kept in quarantine", e);
        }
    }

    @Override
    public void refusedLine(Caller caller, ProblemType why) {
        if (GuardDecision.isOne(why)) {
            records.record(new GuardDecision(why, caller.id(), ROUTE, "", ""));
        }
    }
}
