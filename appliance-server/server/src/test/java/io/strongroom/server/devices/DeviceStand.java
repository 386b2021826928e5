package io.strongroom.server.devices;

import io.strongroom.evidence.Origin;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.DeviceIdentity;
import io.strongroom.server.access.Scope;
import io.strongroom.server.database.JdbcDatabase;
import io.strongroom.server.database.TestDatabases;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.privacy.FakeKeys;
import io.strongroom.server.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** The whole slice on a database, with a clock that a test moves and a trail that it reads. */
final class DeviceStand {
    static final Caller OFFICER = new Caller("officer", "officer", "acme", Set.of(Scope.ADMIN), Set.of());

    final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T01:02:03.004Z"));
    final InstantSource clock = now::get;
    final List<String> told = new CopyOnWriteArrayList<>();
    final List<String> shutOut = new CopyOnWriteArrayList<>();
    volatile boolean trailIsDown;
    volatile boolean officerIsGone;

    final JdbcDatabase database;
    final Authorities authorities;
    final DeviceRegistry registry;
    final Changes changes;
    final EnrolmentTokens tokens;
    final Enrolment enrolment;
    final Renewal renewal;
    final Admission admission;
    final Standing standing;
    final RollOver rollOver;
    final CommandWaits waits = new CommandWaits();
    final List<String> delivered = new CopyOnWriteArrayList<>();
    final DeviceCommands commands;

    DeviceStand(JdbcDatabase database) {
        this.database = database;
        SecureRandom random = new SecureRandom();
        Installation installation = new Installation(
                "00112233445566778899aabbccddeeff",
                new Origin("vault.example/acme/00112233"),
                TestDatabases.TENANT,
                "vault.example",
                0);
        authorities = new Authorities(database, new FakeKeys(), clock, random, installation);
        registry = new DeviceRegistry(database, authorities, clock, List.of(shutOut::add, waits));
        changes = new Changes(
                database,
                (stream, deed) -> {
                    if (trailIsDown) {
                        throw new IllegalStateException("the ledger does not answer");
                    }
                    told.add(stream + " " + deed.action() + " by " + deed.actorType());
                },
                registry,
                clock,
                installation);
        Issuing issuing = new Issuing(authorities, random, new Settings(Map.of()));
        DeviceCounts counts = new DeviceCounts(() -> registry);
        tokens = new EnrolmentTokens(database, changes, clock, random);
        KeyHolders keys = new KeyHolders(changes);
        enrolment = new Enrolment(changes, issuing, keys, maker -> !officerIsGone, random, counts);
        renewal = new Renewal(changes, issuing, keys, counts);
        admission = new Admission(database, registry, changes, counts);
        standing = new Standing(changes);
        rollOver = new RollOver(changes, authorities, registry);
        commands = new DeviceCommands(
                database,
                registry,
                changes,
                waits,
                List.of((device, message) -> delivered.add(device + " " + new String(message, StandardCharsets.UTF_8))),
                counts,
                clock,
                random);
    }

    void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
        registry.refresh();
    }

    String code() {
        return code(Duration.ofHours(1));
    }

    String code(Duration life) {
        return tokens.make(OFFICER, "lab", DeviceGroup.DEFAULT, life).code().text();
    }

    static SigningRequest request(KeyPair key) {
        return SigningRequest.read(TestDevice.request(key).getBytes(StandardCharsets.US_ASCII));
    }

    X509Certificate enrolled(String code, KeyPair key) {
        return enrolment.enrol(code, request(key)).orElseThrow();
    }

    X509Certificate enrolled() {
        return enrolled(code(), TestDevice.newKey());
    }

    /** As the gate lets it in. */
    DeviceIdentity admitted(X509Certificate certificate) {
        return admission.admit(admission.find(certificate).orElseThrow());
    }

    X509Certificate renewed(X509Certificate current, KeyPair key) {
        return renewal.renew(new Caller(admitted(current), "acme"), request(key));
    }

    Optional<DeviceIdentity> find(X509Certificate certificate) {
        return admission.find(certificate);
    }

    static String id(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName().replace("CN=", "");
    }
}
