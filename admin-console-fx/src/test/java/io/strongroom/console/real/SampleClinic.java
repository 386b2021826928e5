package io.strongroom.console.real;

import io.strongroom.api.AuditRecord;
import io.strongroom.api.ExportFormat;
import io.strongroom.api.ExportRequest;
import io.strongroom.api.ExportStatus;
import io.strongroom.api.LineResult;
import io.strongroom.api.Outcome;
import io.strongroom.api.Role;
import io.strongroom.api.Scope;
import io.strongroom.api.Selection;
import io.strongroom.api.TokenRequest;
import io.strongroom.api.client.BatchOptions;
import io.strongroom.api.client.StrongroomClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A clinic as its officers find it in the console: a day of records, devices of which something is wrong with two, and
 * packs. Its appliance is its own.
 */
public final class SampleClinic implements AutoCloseable {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int RECORDS = 1_500;
    private static final List<String> DOERS = List.of(
            "u-weber", "u-weber", "u-okafor", "u-okafor", "u-okafor", "u-lindt", "u-sato", "u-haddad", "svc-backup");
    private static final List<String> DEEDS = List.of(
            "Chart.Read",
            "Chart.Read",
            "Chart.Read",
            "Chart.Changed",
            "Prescription.Written",
            "Session.Opened",
            "Session.Closed",
            "Appointment.Booked",
            "Chart.Exported");
    private static final List<String> SOURCES = List.of("clinic-desk", "clinic-desk", "clinic-lab", "clinic-pharmacy");
    private static final List<String> WARDS = List.of("north", "south", "children");

    private final RealAppliance appliance;
    private final RealOfficer ann;
    private final RealOfficer ben;
    private final RealOfficer cas;
    private final SampleDevices devices;

    private SampleClinic(RealAppliance appliance) {
        this.appliance = appliance;
        appliance.setUp();
        ann = RealOfficer.first(
                appliance,
                "ann@clinic.example",
                "Ann Weber",
                Role.SECURITY_ADMIN,
                Role.AUDIT_READER,
                Role.EXPORT_OPERATOR,
                Role.SRE_ADMIN);
        ben = ann.invites("ben@clinic.example", "Ben Okafor", Role.COMPLIANCE_REVIEWER, Role.AUDIT_INVESTIGATOR);
        cas = ann.invites("cas@clinic.example", "Cas Lindt", Role.AUDIT_ADMIN);
        devices = new SampleDevices(appliance, ann.client());
    }

    /** Starts its appliance, with its officers and its devices, and nothing told yet. */
    public static SampleClinic open() {
        return new SampleClinic(RealAppliance.start("--set", "server.name=records.clinic.example"));
    }

    /** Has its services and devices tell of a day, under the rules that are in force now, and packs made of it. */
    public void fill() {
        records();
        devices.tell();
        packs();
    }

    public RealAppliance appliance() {
        return appliance;
    }

    /** Who sees to security and devices, reads records and asks for packs. */
    public RealOfficer ann() {
        return ann;
    }

    /** Who reviews rules, and investigates. */
    public RealOfficer ben() {
        return ben;
    }

    /** Who writes rules. */
    public RealOfficer cas() {
        return cas;
    }

    /** The device that told most. */
    public String device() {
        return devices.best();
    }

    private void records() {
        String token;
        try (StrongroomClient root = appliance.administrator()) {
            token = root.tokens()
                    .create(new TokenRequest(
                            "clinic services",
                            Set.of(Scope.INGEST),
                            Set.copyOf(SOURCES).stream().toList(),
                            90))
                    .token();
        }
        Instant now = Instant.now();
        SplittableRandom random = new SplittableRandom(20_261_121);
        List<AuditRecord> all = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            all.add(record(i, now.minus(Duration.ofSeconds((long) (RECORDS - i) * 57)), random));
        }
        List<LineResult> results = new ArrayList<>();
        try (StrongroomClient services = appliance.appliance().token(token).build()) {
            services.records().appendAll(all.iterator(), BatchOptions.DEFAULT, results::add);
            services.ledger().awaitCheckpoint(RECORDS, LONG);
        }
        if (results.stream().anyMatch(each -> !each.status().acknowledged())) {
            throw new IllegalStateException("not all records were taken in");
        }
    }

    private static AuditRecord record(int number, Instant when, SplittableRandom random) {
        String doer = any(DOERS, random);
        String deed = doer.startsWith("svc-") ? "Backup.Made" : any(DEEDS, random);
        String source = doer.startsWith("svc-") ? "clinic-desk" : any(SOURCES, random);
        AuditRecord.Builder record = AuditRecord.of(source, deed, when).stream(
                        "audit." + source.substring("clinic-".length()))
                .sequence(number)
                .actor(doer.startsWith("svc-") ? "Service" : "User", doer)
                .resource(
                        deed.startsWith("Session") ? "Workplace" : "Chart",
                        (deed.startsWith("Session") ? "desk-" : "chart-") + (1_000 + random.nextInt(40)))
                .outcome(random.nextInt(17) == 0 ? Outcome.FAILURE : Outcome.SUCCESS)
                .attribute("ward", any(WARDS, random))
                .label("env", "prod");
        if (deed.startsWith("Chart")) {
            record.attribute("patientId", "p-" + (20_000 + random.nextInt(900)))
                    .attribute(
                            "birthDate",
                            "19%02d-0%d-1%d"
                                    .formatted(20 + random.nextInt(79), 1 + random.nextInt(9), random.nextInt(9)))
                    .attribute("reason", random.nextInt(3) == 0 ? "follow-up" : "treatment");
        }
        if (deed.equals("Chart.Exported")) {
            record.attribute("email", doer.substring(2) + "@clinic.example");
        }
        return record.build();
    }

    private static String any(List<String> of, SplittableRandom random) {
        return of.get(random.nextInt(of.size()));
    }

    private void packs() {
        pack(Selection.ALL, ExportFormat.NDJSON, "Audit 2026, request 4711");
        pack(
                Selection.range(0, RECORDS / 3),
                ExportFormat.NDJSON,
                "Complaint of 18 November, charts of the children’s ward");
        pack(Selection.range(0, RECORDS / 10), ExportFormat.PARQUET, "Statistics of the pharmacy");
    }

    private void pack(Selection selection, ExportFormat format, String purpose) {
        ExportStatus asked = ann.client().exports().request(new ExportRequest(selection, format, purpose));
        var unused = ann.client().exports().await(asked.id(), LONG, status -> {});
    }

    /** Fetches the first pack. */
    public void download(Path target) {
        ExportStatus ready = ann.client()
                .exports()
                .status(ann.client()
                        .exports()
                        .list(null, 10)
                        .items()
                        .getLast()
                        .status()
                        .id());
        ann.client().exports().download(ready, target, bytes -> {});
    }

    @Override
    public void close() {
        devices.close();
        appliance.close();
    }
}
