package io.strongroom.console.real;

import io.strongroom.api.AuditRecord;
import io.strongroom.api.LineResult;
import io.strongroom.api.Outcome;
import io.strongroom.api.Scope;
import io.strongroom.api.TokenRequest;
import io.strongroom.api.client.BatchOptions;
import io.strongroom.api.client.StrongroomClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A day of a clinic, as two of its services tell it: 120 records, in two streams, of four people. */
public final class SampleRecords {
    public static final int COUNT = 120;
    public static final Instant BEGAN = Instant.parse("2026-11-20T06:00:00Z");

    private static final List<String> PEOPLE = List.of("u-weber", "u-okafor", "u-lindt", "svc-backup");
    private static final List<String> ACTIONS =
            List.of("Session.Opened", "Chart.Read", "Prescription.Written", "Chart.Exported", "Session.Closed");

    private SampleRecords() {}

    static void append(RealAppliance appliance) {
        String token;
        try (StrongroomClient root = appliance.administrator()) {
            token = root.tokens()
                    .create(new TokenRequest("clinic", Set.of(Scope.INGEST), List.of("clinic-desk", "clinic-lab"), 1))
                    .token();
        }
        List<LineResult> results = new ArrayList<>();
        try (StrongroomClient clinic = appliance.appliance().token(token).build()) {
            clinic.records().appendAll(all().iterator(), BatchOptions.DEFAULT, results::add);
            clinic.ledger().awaitCheckpoint(COUNT, Duration.ofMinutes(1));
        }
        if (results.size() != COUNT
                || results.stream().anyMatch(each -> !each.status().acknowledged())) {
            throw new AssertionError("not all sample records were taken in: " + results);
        }
    }

    /** The records, in the order in which they are appended. */
    public static List<AuditRecord> all() {
        List<AuditRecord> all = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            boolean lab = i % 3 == 2;
            String person = PEOPLE.get(i % PEOPLE.size());
            all.add(AuditRecord.of(
                            lab ? "clinic-lab" : "clinic-desk",
                            ACTIONS.get(i % ACTIONS.size()),
                            BEGAN.plus(Duration.ofMinutes(5L * i)))
                    .stream(lab ? "audit.lab" : "audit.desk")
                    .sequence(i)
                    .actor(person.startsWith("svc-") ? "Service" : "User", person)
                    .resource("Chart", "chart-" + i % 7)
                    .outcome(i % 11 == 0 ? Outcome.FAILURE : Outcome.SUCCESS)
                    .attribute("ward", i % 2 == 0 ? "north" : "south")
                    .attribute("reason", "round number " + i)
                    .label("env", "prod")
                    .build());
        }
        return all;
    }
}
