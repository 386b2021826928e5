package io.strongroom.server.ingest;

import io.strongroom.api.ProblemType;
import io.strongroom.server.gateway.GuardDecision;
import io.strongroom.server.gateway.GuardRecords;
import io.strongroom.server.gateway.Quarantine;
import jakarta.inject.Singleton;
import java.util.List;

/** The gateway's quarantine and records, for lines that the gateway does not see. */
@Singleton
final class GatewayGuard implements IntakeGuard {
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
        records.record(new GuardDecision(outcome, sender.caller(), sender.route(), sender.requestId(), evidenceRef));
    }

    @Override
    public void quarantine(Sender sender, List<RefusedLine> lines) {
        quarantine.keep(
                sender.caller(),
                sender.requestId(),
                lines.stream()
                        .map(line -> new Quarantine.Line(line.id(), line.reason(), line.bytes()))
                        .toList());
    }
}
