package io.strongroom.agent;

import io.strongroom.agent.identity.Connection;
import io.strongroom.agent.identity.DeviceIdentity;
import io.strongroom.agent.identity.IdentityException;
import io.strongroom.agent.identity.IdentityStore;
import io.strongroom.agent.identity.Refusals;
import io.strongroom.agent.queue.AgentQueue;
import io.strongroom.agent.settings.Setting;
import io.strongroom.agent.settings.Settings;
import io.strongroom.agent.settings.SettingsException;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Rfc3339;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code strongroom agent diagnose}: looks at everything that the agent needs, and says what to do where it is wrong. */
@Command(
        name = "diagnose",
        description = "Looks at all that the agent needs, and says what to do where something is wrong.")
final class DiagnoseCommand implements Callable<Integer> {
    private static final long MOST_SKEW_MILLIS = 60_000;

    @Mixin
    private DataFolder data = new DataFolder();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private boolean allGood = true;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Optional<Settings> settings = settings();
        Optional<DeviceIdentity> identity = identity();
        if (identity.isPresent()) {
            certificate(identity.get());
            appliance(identity.get());
        }
        if (settings.isPresent()) {
            disk(settings.get());
            collectors(settings.get());
        }
        return allGood ? 0 : 1;
    }

    private void say(boolean good, String what, String told) {
        allGood &= good;
        PrintWriter out = spec.commandLine().getOut();
        out.printf("  %s %-12s %s%n", good ? "✓" : "✗", what, told);
        out.flush();
    }

    private Optional<Settings> settings() {
        try {
            Settings settings = Settings.read(data.settings());
            say(
                    true,
                    "settings",
                    Files.exists(data.settings()) ? data.settings().toString() : "all standard");
            return Optional.of(settings);
        } catch (SettingsException e) {
            say(false, "settings", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<DeviceIdentity> identity() {
        try {
            Optional<DeviceIdentity> identity = new IdentityStore(data.path()).load();
            say(
                    identity.isPresent(),
                    "identity",
                    identity.map(each -> each.device().value())
                            .orElse("This device is not enrolled: strongroom agent enrol."));
            return identity;
        } catch (IdentityException e) {
            say(false, "identity", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void certificate(DeviceIdentity identity) {
        Instant until = identity.certificate().getNotAfter().toInstant();
        boolean good = Instant.now().isBefore(until);
        say(
                good,
                "certificate",
                good
                        ? "until " + Rfc3339.format(until.toEpochMilli())
                        : "It ended at " + Rfc3339.format(until.toEpochMilli())
                                + ". Set the clock right if that is wrong; else have the device enrolled anew.");
    }

    private void appliance(DeviceIdentity identity) throws InterruptedException {
        try (Connection connection = new Connection(identity)) {
            long before = System.currentTimeMillis();
            HttpResponse<byte[]> answer = connection.send(
                    "/api/v1/device/self", HttpRequest.newBuilder().GET());
            long took = System.currentTimeMillis() - before;
            if (answer.statusCode() != 200) {
                say(
                        false,
                        "appliance",
                        Refusals.read(answer.body())
                                .map(problem -> problem.title() + ". " + problem.action())
                                .orElse("It answered " + answer.statusCode() + "."));
                return;
            }
            say(true, "appliance", identity.url() + " answered in " + took + " ms, as " + answer.version());
            long server = Rfc3339.parse(Json.parseObject(answer.body()).text("serverTime"));
            long ahead = server - (before + took / 2);
            boolean near = Math.abs(ahead) < MOST_SKEW_MILLIS;
            say(
                    near,
                    "clock",
                    near
                            ? "the appliance's is " + ahead + " ms ahead"
                            : "The appliance's is " + Duration.ofMillis(ahead)
                                    + " ahead of this machine's. Set one right.");
        } catch (IOException e) {
            say(
                    false,
                    "appliance",
                    identity.url() + " cannot be reached: " + e
                            + ". Look at name, port and what stands in between; the agent keeps everything meanwhile.");
        }
    }

    private void disk(Settings settings) {
        try {
            Path probe = Files.createTempFile(data.path(), "probe", "");
            Files.delete(probe);
            long free = AgentQueue.freeBytes(data.path()) >> 20;
            int least = settings.number(Setting.QUEUE_LEAST_FREE_MIB);
            say(
                    free > least,
                    "disk",
                    free > least
                            ? free + " MiB free"
                            : free + " MiB are free, and " + least
                                    + " shall stay free (queue.least-free-mib): lines are given up. Make room.");
        } catch (IOException e) {
            say(false, "disk", "The folder " + data.path() + " cannot be written: " + e);
        }
    }

    private void collectors(Settings settings) {
        if (settings.flag(Setting.LOGS)) {
            for (String file : settings.list(Setting.LOGS_FILES)) {
                boolean pattern = file.contains("*") || file.contains("?");
                if (!pattern && Files.exists(Path.of(file))) {
                    boolean readable = Files.isReadable(Path.of(file));
                    say(readable, "logs", readable ? file : file + " may not be read by this user.");
                }
            }
        }
        if (settings.flag(Setting.JOURNAL)) {
            boolean there = startsWell(settings.text(Setting.JOURNAL_COMMAND));
            say(
                    there,
                    "journal",
                    there ? "there" : "There is no journal to read: set collect.journal.enabled to false.");
        }
    }

    private static boolean startsWell(String program) {
        try {
            Process process = new ProcessBuilder(program, "-n", "1", "-q")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
