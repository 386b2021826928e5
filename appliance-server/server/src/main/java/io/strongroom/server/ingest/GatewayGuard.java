package io.strongroom.server.ingest;

import io.strongroom.api.ProblemType;
import io.strongroom.server.gateway.GuardDecision;
import io.strongroom.server.gateway.GuardRecords;
import io.strongroom.server.gateway.Quarantine;
import jakarta.inject.Singleton;

/** The gateway's quarantine and records, for lines that the gateway does not see. */
@Singleton
final class GatewayGuard implements IntakeGuard {
    private static final String ROUTE = "POST /api/v1/audit/records:batch";

    private final Quarantine quarantine;
    private final GuardRecords records;

    GatewayGuard(Quarantine quarantine, GuardRecords records) {
        this.quarantine = quarantine;
        this.records = records;
    }

    @Override
    public String quarantine(Sender sender, byte[] document) {
        return quarantine.keep(sender.caller(), ProblemType.TENANT_MISMATCH, sender.requestId(), document);
    }

    @Override
    public void note(Sender sender, ProblemType outcome, String evidenceRef) {
        records.record(new GuardDecision(outcome, sender.caller(), ROUTE, sender.requestId(), evidenceRef));
    }
}
