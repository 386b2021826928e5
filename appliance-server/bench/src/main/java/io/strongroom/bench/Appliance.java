package io.strongroom.bench;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.SetupRequest;
import io.strongroom.api.client.ApplianceTrust;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.installer.Distribution;
import io.strongroom.installer.EnrolmentCodes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An appliance in a process of its own, started by a benchmark and stopped by it. */
final class Appliance implements AutoCloseable {
    static final String TENANT = "local";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final URI url;
    private final URI devices;
    private final @Nullable URI mqtt;
    private final ApplianceTrust trust;
    private final String setupCode;
    private final Path trustFile;
    private final Duration startTook;

    private Appliance(Process process, Json.Obj ready, Duration startTook) {
        this.process = process;
        this.url = URI.create(ready.text("url"));
        this.devices = URI.create(ready.text("devices"));
        String broker = ready.optionalText("mqtt");
        this.mqtt = broker == null ? null : URI.create(broker);
        this.trust = ApplianceTrust.pinned(Digest.parse(ready.text("fingerprint")));
        String code = ready.optionalText("setupCode");
        this.setupCode = code == null ? "" : code;
        this.trustFile = Path.of(ready.text("trustFile"));
        this.startTook = startTook;
    }

    /**
     * Starts the server as it is distributed, on a fresh data directory.
     *
     * @param options options of the server
     * @throws IOException if it is not ready within a minute; its output is in {@code <data>.log}
     */
    static Appliance start(Path data, List<String> options) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--port", "0"));
        all.addAll(options);
        return startAt(data, all);
    }

    /** The same on a directory that may be there, with a port that the options say. */
    static Appliance startAt(Path data, List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(Distribution.current().server());
        command.addAll(List.of("--data", data.toString()));
        command.addAll(options);
        Path log = data.resolveSibling(data.getFileName() + ".log");
        Path readyFile = data.resolve("run").resolve("ready.json");
        Files.deleteIfExists(readyFile);
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        while (!Files.exists(readyFile)) {
            if (!process.isAlive() || System.nanoTime() - begin > START_LIMIT.toNanos()) {
                process.destroyForcibly();
                throw new IOException("the appliance did not start; its output: " + Files.readString(log));
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        return new Appliance(process, Json.parseObject(Files.readAllBytes(readyFile)), took);
    }

    /** The token of the bootstrap administrator, once. */
    String administratorToken() {
        try (StrongroomClient anonymous = StrongroomClient.at(url).trust(trust).build()) {
            return anonymous.setUp(new SetupRequest(setupCode, "benchmark")).token();
        }
    }

    /** A client of the bootstrap administrator, once. */
    StrongroomClient administrator() {
        return client(administratorToken());
    }

    /** A device that enrolled, by a code that the administrator makes. */
    BenchDevice device(String administratorToken, int lines, int bytes)
            throws IOException, InterruptedException, GeneralSecurityException {
        return new BenchDevice(devices, EnrolledDevice.enrol(devices, enrolmentCode(administratorToken)), lines, bytes);
    }

    String enrolmentCode(String administratorToken) {
        return EnrolmentCodes.make(url, trust, TENANT, administratorToken, "bench");
    }

    StrongroomClient client(String token) {
        return StrongroomClient.at(url).trust(trust).token(token).tenant(TENANT).build();
    }

    URI url() {
        return url;
    }

    /** Where devices call. */
    URI devices() {
        return devices;
    }

    /** Where devices reach the broker. */
    URI mqtt() {
        return requireNonNull(mqtt, "no mqtt.port was set");
    }

    long pid() {
        return process.pid();
    }

    /** As the system does it when there is no time; returns when it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    ApplianceTrust trust() {
        return trust;
    }

    Path trustFile() {
        return trustFile;
    }

    /** From the start of the process until it said that it listens. */
    Duration startTook() {
        return startTook;
    }

    /** Of the server, since it started. */
    ProcessorTime processorTime() throws IOException {
        return ProcessorTime.of(process.pid());
    }

    /** Resident memory of the process in megabytes. */
    double residentMegabytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
            }
        }
        throw new IOException("the process has no VmRSS line");
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
