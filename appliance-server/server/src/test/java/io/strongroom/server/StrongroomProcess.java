package io.strongroom.server;

import static org.awaitility.Awaitility.await;

import io.strongroom.api.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program as an operator runs it: a process of its own. Ended for certain when it is closed. */
public final class StrongroomProcess implements AutoCloseable {
    /** No test is about how long anything takes. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What a JVM exits with that SIGTERM has ended and that has stopped tidily. */
    static final int TERMINATED = 128 + 15;

    /** What it exits with where it could not stop tidily in time. */
    static final int CUT_SHORT = 70;

    private final Process process;
    private final Path folder;

    private StrongroomProcess(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /**
     * Runs it.
     *
     * @param folder where its output goes
     * @param environment more variables
     */
    public static StrongroomProcess run(Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx256m",
                // It lives for seconds: what it would compile best it would not use.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // What the compiler wrote a minute ago needs no verifier: a quarter of a start.
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-BytecodeVerificationRemote",
                "-Dkeystore.pkcs12.keyPbeIterationCount=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.strongroom.server.Strongroom"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("err.txt").toFile());
        builder.environment().putAll(environment);
        return new StrongroomProcess(builder.start(), folder);
    }

    /** Waits until it listens, and gives its notice. */
    public Json.Obj awaitReady(Path data) throws IOException {
        Path ready = data.resolve("run/ready.json");
        await().atMost(PATIENCE).until(() -> Files.exists(ready) || !process.isAlive());
        if (!process.isAlive()) {
            throw new AssertionError("it ended before it was ready: " + errors());
        }
        return Json.parseObject(Files.readAllBytes(ready));
    }

    public static URI url(Json.Obj notice) {
        return URI.create(notice.text("url"));
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends SIGTERM. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Waits until it has ended, and gives its exit code. */
    int awaitEnd() throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end: " + errors());
        }
        return process.exitValue();
    }

    String output() throws IOException {
        return Files.readString(folder.resolve("out.txt"));
    }

    String errors() throws IOException {
        return Files.readString(folder.resolve("err.txt"));
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
