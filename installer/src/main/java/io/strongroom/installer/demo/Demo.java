package io.strongroom.installer.demo;

import io.strongroom.api.ExportFormat;
import io.strongroom.api.ExportRequest;
import io.strongroom.api.ExportStatus;
import io.strongroom.api.Scope;
import io.strongroom.api.Selection;
import io.strongroom.api.ServiceToken;
import io.strongroom.api.TokenRequest;
import io.strongroom.api.client.Ledger;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.installer.AgentProcess;
import io.strongroom.installer.Distribution;
import io.strongroom.installer.EnrolmentCodes;
import io.strongroom.installer.LaunchException;
import io.strongroom.installer.ReadyNotice;
import io.strongroom.installer.Workspace;
import io.strongroom.lines.LogFile;
import io.strongroom.lines.LogFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * From this machine to an evidence pack that verifies offline: starts a throwaway appliance, enrols an agent, which sends
 * this machine's logs, health and software over both transports, waits until a signed checkpoint covers them, has a pack
 * made, stops the appliance, verifies the pack, and shows that one changed byte is found. The pack and the trust file stay;
 * everything else goes.
 */
public final class Demo {
    /** The pack, in the folder that a demo leaves. */
    public static final String PACK = "evidence-pack.zip";

    /** The trust file of the appliance that made it, beside it. */
    public static final String TRUST = "trust.txt";

    private static final String LOG = "server.log";
    private static final Duration CHECKPOINT_LIMIT = Duration.ofMinutes(1);
    private static final Duration EXPORT_LIMIT = Duration.ofMinutes(15);

    private final Distribution distribution;
    private final Screen screen;
    private final List<Path> inputs;
    private final Path out;
    private final DemoReport report = new DemoReport();

    /**
     * @param inputs the files to send, as a service would; none for this machine's own logs, by an agent
     * @param out where the pack and the trust file go
     */
    public Demo(Distribution distribution, Screen screen, List<Path> inputs, Path out) {
        this.distribution = distribution;
        this.screen = screen;
        this.inputs = List.copyOf(inputs);
        this.out = out.toAbsolutePath().normalize();
    }

    /** Does it all, and says how it went. Never throws for what the demo is there to find out. */
    public Outcome run() {
        long begun = System.nanoTime();
        try {
            inWorkspace();
        } catch (RuntimeException e) {
            report.problem = e.getMessage() == null ? e.toString() : e.getMessage();
        } catch (IOException e) {
            report.problem = e.getMessage() == null ? e.toString() : e.getMessage();
        }
        report.seconds = (System.nanoTime() - begun) / 1e9;
        table();
        return new Outcome(report.held(), report.toJson().toString());
    }

    /**
     * How it ended.
     *
     * @param held whether everything held
     * @param json the whole report as one JSON object
     */
    public record Outcome(boolean held, String json) {}

    private void inWorkspace() throws IOException {
        Files.createDirectories(out);
        // Of an earlier demo that failed: this one has not yet.
        Files.deleteIfExists(out.resolve(LOG));
        try (Workspace workspace = new Workspace("strongroom-demo-")) {
            LogFiles files = findLogs(workspace);
            Path pack = withServer(workspace, files);
            Path trust = report.trust;
            if (trust == null) {
                throw new LaunchException("there is no trust file");
            }
            verify(workspace, pack, trust);
        }
    }

    private LogFiles findLogs(Workspace workspace) throws IOException {
        LogFiles files;
        if (inputs.isEmpty()) {
            screen.step("Looking for this machine's own logs");
            files = MachineLogs.find(workspace.file("journal.json"));
        } else {
            screen.step("Reading " + (inputs.size() == 1 ? inputs.getFirst() : inputs.size() + " inputs"));
            files = new LogFiles();
            for (Path input : inputs) {
                files.add(input);
            }
        }
        if (files.files().isEmpty()) {
            screen.result("none that this user can read: the agent has the health and the software to tell of");
        }
        for (LogFile file : files.files()) {
            screen.result(file.name());
        }
        files.notes().forEach(note -> screen.result("(" + note + ")"));
        return files;
    }

    // --- With the appliance

    private Path withServer(Workspace workspace, LogFiles files) throws IOException {
        screen.step("Starting a throwaway appliance");
        boolean done = false;
        try (Throwaway appliance = Throwaway.start(distribution, workspace)) {
            ReadyNotice ready = appliance.ready();
            screen.result(ready.url() + "  fingerprint " + ready.fingerprint());
            keepTrustFile(ready);
            String administrator = appliance.administrator();
            if (inputs.isEmpty()) {
                collect(workspace, appliance, administrator, files.files());
            }
            String token = token(appliance, administrator, files.files());
            try (StrongroomClient client = appliance.client(token)) {
                FileSender sender = new FileSender(client, screen, report);
                if (inputs.isEmpty()) {
                    sender.mark();
                } else {
                    sender.send(files.files());
                }
                awaitCheckpoint(client);
                Path pack = export(client);
                screen.step("Stopping the appliance");
                done = true;
                return pack;
            }
        } finally {
            if (!done) {
                keepLog(Throwaway.log(workspace));
            }
        }
    }

    /** The throwaway appliance's log is all that is left to see what it met. */
    private void keepLog(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > 0) {
            Path kept = out.resolve(LOG);
            Files.copy(log, kept, StandardCopyOption.REPLACE_EXISTING);
            screen.result("the appliance's log is kept in " + kept);
        }
    }

    private void keepTrustFile(ReadyNotice ready) throws IOException {
        Path trust = out.resolve(TRUST);
        Files.copy(ready.trustFile(), trust, StandardCopyOption.REPLACE_EXISTING);
        report.trust = trust;
        screen.result("trust file of its first start kept in " + trust);
    }

    private static String token(Throwaway appliance, String administrator, List<LogFile> files) {
        try (StrongroomClient client = appliance.client(administrator)) {
            List<String> sources = Stream.concat(
                            Stream.of(FileSender.SOURCE), files.stream().map(LogFile::source))
                    .distinct()
                    .toList();
            ServiceToken token = client.tokens()
                    .create(new TokenRequest("demo", Set.of(Scope.INGEST, Scope.READ, Scope.EXPORT), sources, 1));
            if (token.token() == null) {
                throw new LaunchException("the appliance made a token and did not tell it");
            }
            return token.token();
        }
    }

    private void collect(Workspace workspace, Throwaway appliance, String administrator, List<LogFile> logs)
            throws IOException {
        screen.step("Enrolling an agent on this machine");
        try (AgentProcess process = new AgentProcess(distribution, workspace.file("agent"))) {
            workspace.deleteAtEndAfter(process::close);
            ReadyNotice ready = appliance.ready();
            String device = process.enrol(
                    ready.devices(),
                    EnrolmentCodes.make(ready.url(), appliance.trust(), Throwaway.TENANT, administrator, "demo"));
            screen.result(device + ": its key was made here, its certificate by the appliance");
            HostAgent agent = new HostAgent(process, Throwaway.TENANT, logs);
            screen.step("The agent collects, signs, and sends the logs over HTTPS");
            sent(agent.sendLogs());
            screen.step("The same agent goes on over MQTT, with what waits: health and software");
            sent(agent.sendRest());
        }
    }

    private void sent(HostAgent.Sent sent) {
        report.records += sent.lines();
        report.acknowledged += sent.lines() - sent.rejected();
        screen.result(Screen.count(sent.lines()) + " records in " + Screen.count(sent.batches())
                + " batches, each signed by the device and acknowledged from the ledger");
    }

    private void awaitCheckpoint(StrongroomClient client) {
        screen.step("Waiting for a signed checkpoint that covers them all");
        Ledger.SignedCheckpoint checkpoint = client.ledger().awaitCheckpoint(report.highestSeq + 1, CHECKPOINT_LIMIT);
        report.checkpointSize = checkpoint.size();
        screen.result("checkpoint of " + Screen.count(checkpoint.size()) + " entries, signed by "
                + checkpoint
                        .note()
                        .lines()
                        .filter(line -> line.startsWith("— "))
                        .count() + " keys");
    }

    private Path export(StrongroomClient client) {
        screen.step("Having an evidence pack made");
        ExportStatus asked = client.exports()
                .request(new ExportRequest(Selection.ALL, ExportFormat.NDJSON, "demonstration to an auditor"));
        ExportStatus ready = client.exports()
                .await(
                        asked.id(),
                        EXPORT_LIMIT,
                        status -> screen.moving(
                                Screen.count(status.done()) + " of " + Screen.count(status.total()) + " entries"));
        Path pack = out.resolve(PACK);
        client.exports().download(ready, pack, bytes -> screen.moving(Screen.bytes(bytes)));
        report.pack = pack;
        screen.result(pack + ", " + Screen.bytes(ready.size() == null ? 0 : ready.size()));
        return pack;
    }

    // --- Without it

    private void verify(Workspace workspace, Path pack, Path trust) {
        OfflineVerifier verifier = new OfflineVerifier(distribution.verifier());
        screen.step("Verifying the pack offline, with the trust file alone"
                + (verifier.withoutNetwork() ? " (in a namespace that has no network)" : ""));
        OfflineVerifier.Verdict good = verifier.verify(pack, trust);
        good.lines().forEach(screen::result);
        report.verified = good.verified();
        if (!report.verified) {
            throw new LaunchException("the pack did not verify: the verifier ended with code " + good.exitCode());
        }
        Path copy = workspace.file("one-byte-changed");
        OneByte.Change change = OneByte.change(pack, copy);
        screen.step("Changing one byte in an unpacked copy: in " + change.file() + ", line " + change.line() + ", ‘"
                + change.from() + "’ becomes ‘" + change.to() + "’");
        OfflineVerifier.Verdict bad = verifier.verify(copy, trust);
        bad.lines().forEach(screen::result);
        report.tamperDetected = bad.failed();
        if (!report.tamperDetected) {
            throw new LaunchException(
                    "the verifier did not find the changed byte: it ended with code " + bad.exitCode());
        }
    }

    private void table() {
        screen.say("");
        row("records sent", Screen.count(report.records));
        row("acknowledged", Screen.count(report.acknowledged));
        row("covered by checkpoint", Screen.count(report.checkpointSize) + " entries");
        row("evidence pack", report.pack == null ? "none" : report.pack.toString());
        row("trust file", report.trust == null ? "none" : report.trust.toString());
        row("verified offline", report.verified ? "✔ yes" : "✘ no");
        row("changed byte found", report.tamperDetected ? "✔ yes" : "✘ no");
        row("took", String.format(java.util.Locale.ROOT, "%.1f s", report.seconds));
        if (report.problem != null) {
            row("what went wrong", report.problem);
        } else if (report.held()) {
            screen.say("");
            screen.say("Verify it yourself, on any machine:  installer/strongroom verify " + report.pack + " --trust "
                    + report.trust);
        }
    }

    private void row(String name, String value) {
        screen.say(String.format(java.util.Locale.ROOT, "  %-22s %s", name, value));
    }
}
