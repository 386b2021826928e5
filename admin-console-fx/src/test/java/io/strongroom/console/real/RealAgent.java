package io.strongroom.console.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A device with the agent on it, a process of its own, which collects this machine's health, a log and a list of packages
 * that the test writes, and sends them to an appliance.
 */
public final class RealAgent implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path folder;
    private final Path log;
    private final Path packages;
    private final Path code;
    private @Nullable Process agent;

    /** @param folder of the test's own */
    public RealAgent(Path folder) {
        this.folder = folder.resolve("agent");
        this.log = folder.resolve("auth.log");
        this.packages = folder.resolve("dpkg-status");
        this.code = folder.resolve("code");
    }

    /** Enrols it with this code, as its operator does. */
    public RealAgent enrol(RealAppliance appliance, String enrolmentCode) {
        write(code, enrolmentCode);
        write(packages, "");
        installed("openssl", "3.5.1-1");
        signedIn("mara");
        Process enrolling =
                start("enrol", "--appliance", appliance.devices().toString(), "--code-file", code.toString());
        assertThat(enrolling.onExit().orTimeout(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS))
                .succeedsWithin(PATIENCE)
                .extracting(Process::exitValue)
                .as(said())
                .isEqualTo(0);
        write(folder.resolve("agent.yml"), """
                tenant: %s
                collect.logs.files: %s
                collect.inventory.dpkg-status: %s
                collect.health.every-seconds: 5
                collect.crashes.enabled: false
                queue.least-free-mib: 1
                """.formatted(RealAppliance.TENANT, log, packages));
        return this;
    }

    /** Starts the agent; gives the device's id once the agent tells it. */
    public String run() {
        agent = start("run");
        await().atMost(PATIENCE).until(() -> told("device").isPresent());
        return told("device").orElseThrow();
    }

    /** What the agent says of being let in no more; empty as long as it is. */
    public Optional<String> shutOut() {
        return told("shutOut");
    }

    /** The collectors that run in the agent. */
    public List<String> collectors() {
        return status().objects("collectors", each -> each.text("collector"));
    }

    /** The digest of the bundle that says what it collects, as the agent tells. */
    public String bundle() {
        return status().object("policy").object("bundle").text("digest");
    }

    private Optional<String> told(String member) {
        return Files.exists(folder.resolve("status.json"))
                ? Optional.ofNullable(status().optionalText(member))
                : Optional.empty();
    }

    private Json.Obj status() {
        try {
            return Json.parseObject(Files.readAllBytes(folder.resolve("status.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Somebody signs in, as the log says. */
    public void signedIn(String who) {
        append(
                log,
                "%s till4 sshd[712]: Accepted publickey for %s from 10.0.0.9 port 50022 ssh2: ED25519 SHA256:x%n"
                        .formatted(Instant.now(), who));
    }

    /** A package comes. */
    public void installed(String name, String version) {
        append(packages, """
                Package: %s
                Status: install ok installed
                Architecture: amd64
                Version: %s

                """.formatted(name, version));
    }

    /** Ends the agent; whatever it has queued is gone, as when somebody deletes it. */
    public void loseQueue() {
        stop();
        delete(folder.resolve("queue"));
    }

    private void stop() {
        Process running = agent;
        if (running != null) {
            running.destroyForcibly();
            assertThat(running.onExit()).succeedsWithin(PATIENCE);
            agent = null;
        }
    }

    private Process start(String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(command, "--data", folder.toString()));
        all.addAll(List.of(arguments));
        try {
            return RealProcess.of("io.strongroom.agent.Agent", all)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path output() {
        return code.resolveSibling("agent.log");
    }

    private String said() {
        try {
            return Files.readString(output());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void append(Path file, String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path tree) {
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
