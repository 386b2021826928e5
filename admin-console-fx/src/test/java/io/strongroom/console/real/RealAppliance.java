package io.strongroom.console.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.Role;
import io.strongroom.api.SetupRequest;
import io.strongroom.api.client.ApplianceTrust;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An appliance of its own process, on a free port of this machine. {@link #shared()} is one for all tests of a run that do
 * not mind each other; a test that does starts its own. Either is gone when the tests are.
 */
public final class RealAppliance implements AutoCloseable {
    public static final String TENANT = "acme";

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path folder;
    private final Process process;
    private final Json.Obj notice;
    private final Thread hook = new Thread(this::end, "stop-appliance");
    private @Nullable String administrator;

    private RealAppliance(Path folder, String... more) throws IOException {
        this.folder = folder;
        Path data = folder.resolve("data");
        Path log = folder.resolve("appliance.log");
        List<String> arguments = new ArrayList<>(List.of("--data", data.toString(), "--port", "0", "--tenant", TENANT));
        arguments.addAll(List.of(more));
        process = RealProcess.of("io.strongroom.server.Strongroom", arguments)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(hook);
        Path ready = data.resolve("run/ready.json");
        await().atMost(PATIENCE).until(() -> Files.exists(ready) || !process.isAlive());
        assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
        notice = Json.parseObject(Files.readAllBytes(ready));
    }

    /**
     * One on which the first setup is not done yet.
     *
     * @param more options of the server
     */
    public static RealAppliance start(String... more) {
        try {
            return new RealAppliance(Files.createTempDirectory("strongroom-console-test-"), more);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The appliance of this run's tests. */
    private static final class Shared {
        private static final Shared ONE = new Shared();

        private final RealAppliance appliance = start();
        private final RealOfficer ann;
        private final RealOfficer ben;

        private Shared() {
            appliance.setUp();
            ann = RealOfficer.first(appliance, "ann@example.com", "Ann Weber", Role.SECURITY_ADMIN);
            ben = ann.invites(
                    "ben@example.com",
                    "Ben Okafor",
                    Role.COMPLIANCE_REVIEWER,
                    Role.AUDIT_INVESTIGATOR,
                    Role.EXPORT_OPERATOR);
            SampleRecords.append(appliance);
        }
    }

    /**
     * The appliance that tests share: with records ({@link SampleRecords}) and two officers, {@link #ann} and {@link #ben}.
     */
    public static RealAppliance shared() {
        return Shared.ONE.appliance;
    }

    /** Of the shared appliance: who may manage people, devices and the system, but reads no records. */
    public static RealOfficer ann() {
        return Shared.ONE.ann;
    }

    /** Of the shared appliance: who reads records, asks for packs and reviews policies. */
    public static RealOfficer ben() {
        return Shared.ONE.ben;
    }

    /** Its address for people. */
    public URI address() {
        return URI.create(notice.text("url"));
    }

    /** Its address for devices. */
    public URI devices() {
        return URI.create(notice.text("devices"));
    }

    /** By which it is known. */
    public Digest fingerprint() {
        return Digest.parse(notice.text("fingerprint"));
    }

    /** The code that makes the bootstrap administrator, once. */
    public String setupCode() {
        return notice.text("setupCode");
    }

    /** Makes the bootstrap administrator by the setup code. */
    public void setUp() {
        try (StrongroomClient anyone = appliance().build()) {
            administrator = anyone.setUp(new SetupRequest(setupCode(), "root")).token();
        }
    }

    /** A client that a test makes as it likes. */
    public StrongroomClient.Builder appliance() {
        return StrongroomClient.at(address())
                .trust(ApplianceTrust.pinned(fingerprint()))
                .tenant(TENANT);
    }

    /** A client of the bootstrap administrator's. */
    StrongroomClient administrator() {
        return appliance().token(administrator).build();
    }

    /** As when the machine is switched off, for what a console does then. */
    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    private void end() {
        try {
            process.destroyForcibly().waitFor();
            if (!Files.exists(folder)) {
                return;
            }
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Those whom a test names in an appliance of its own. */
    public List<RealOfficer> twoOfficers() {
        setUp();
        RealOfficer first = RealOfficer.first(this, "ann@example.com", "Ann Weber", Role.SECURITY_ADMIN);
        return List.of(first, first.invites("ben@example.com", "Ben Okafor", Role.COMPLIANCE_REVIEWER));
    }
}
