package io.strongroom.server.ingest;

import io.strongroom.api.ProblemType;
import io.strongroom.evidence.RecordId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A quarantine in memory. */
final class FakeGuard implements IntakeGuard {
    final List<String> kept = new ArrayList<>();
    final List<RecordId> ids = new ArrayList<>();
    final List<ProblemType> notes = new ArrayList<>();

    @Override
    public synchronized String quarantine(Sender sender, byte[] document) {
        kept.add(new String(document, StandardCharsets.UTF_8));
        return "quarantine/" + kept.size();
    }

    @Override
    public synchronized void quarantine(Sender sender, List<RefusedLine> lines) {
        for (RefusedLine line : lines) {
            ids.add(line.id());
            kept.add(line.reason().code() + " " + new String(line.bytes(), StandardCharsets.UTF_8));
        }
    }

    @Override
    public synchronized void note(Sender sender, ProblemType outcome, String evidenceRef) {
        notes.add(outcome);
    }
}
