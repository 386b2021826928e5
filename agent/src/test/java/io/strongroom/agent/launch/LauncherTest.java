package io.strongroom.agent.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.agent.launch.Overrun.Cause;
import io.strongroom.agent.launch.RestartLog.Measure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A real process that takes too much, hangs, or ends. */
@Execution(ExecutionMode.SAME_THREAD)
final class LauncherTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Limits WIDE = new Limits(1L << 40, 100_000, Duration.ofSeconds(1));

    @TempDir
    private Path data;

    private List<String> command(String what) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx32m",
                "-XX:MaxDirectMemorySize=1g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Misbehaving.class.getName(),
                data.resolve("starts").toString(),
                what);
    }

    private Launcher launcher(String what, Limits limits) {
        return new Launcher(command(what), data, limits, Duration.ofMillis(100), Duration.ofMillis(10));
    }

    private String starts() throws IOException {
        return Files.exists(data.resolve("starts")) ? Files.readString(data.resolve("starts")) : "";
    }

    @Test
    void thatItCannotRunOnAFolderIsToldInASentence() throws Exception {
        Path file = Files.createFile(data.resolve("file"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Launcher.class.getName(),
                        "run",
                        "--data",
                        file.resolve("agent").toString())
                .redirectErrorStream(true)
                .start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(told.lines())
                .singleElement()
                .asString()
                .startsWith("strongroom agent: It cannot run on " + file.resolve("agent") + ": ");
    }

    /** Lets it run until it was started again, and stops it. */
    private List<Restart> afterARestart(String what, Limits limits) throws Exception {
        Launcher launcher = launcher(what, limits);
        CompletableFuture<Integer> run = inBackground(launcher);
        try {
            await().atMost(PATIENCE).until(() -> !new RestartLog(data).read().isEmpty() || run.isDone());
        } finally {
            launcher.stop();
        }
        int unused = run.get();
        return new RestartLog(data).read();
    }

    private static CompletableFuture<Integer> inBackground(Launcher launcher) {
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        Thread unused = Thread.ofPlatform().start(() -> {
            try {
                exit.complete(launcher.run());
            } catch (IOException | InterruptedException | RuntimeException e) {
                exit.completeExceptionally(e);
            }
        });
        return exit;
    }

    @Test
    void whoeverEatsMemoryIsStartedAgainAndItsCollectorNamed() throws Exception {
        List<Restart> restarts = afterARestart("memory", new Limits(160L << 20, 100_000, Duration.ofSeconds(30)));

        assertThat(restarts.getFirst().cause()).isEqualTo("memory");
        assertThat(restarts.getFirst().collector()).isEqualTo("inventory");
        assertThat(restarts.getFirst().number()).isEqualTo(1);
    }

    @Test
    void whoeverBurnsTheProcessorIsStartedAgainAndItsCollectorNamed() throws Exception {
        List<Restart> restarts = afterARestart("cpu", new Limits(1L << 40, 10, Duration.ofSeconds(2)));

        assertThat(restarts.getFirst().cause()).isEqualTo("cpu");
        assertThat(restarts.getFirst().collector()).isEqualTo("logs");
        assertThat(restarts.getFirst().told()).contains("of 10 %");
    }

    @Test
    void whoeverHangsIsStartedAgain() throws Exception {
        assertThat(afterARestart("hang", WIDE).getFirst().cause()).isEqualTo("hung");
    }

    @Test
    void whoeverEndsIsStartedAgain() throws Exception {
        Restart restart = afterARestart("end", WIDE).getFirst();

        assertThat(restart.cause()).isEqualTo("ended");
        assertThat(restart.told()).contains("7");
    }

    @Test
    void whoeverDoesNotWantToStartIsNotUrged() throws Exception {
        assertThat(launcher("refuse", WIDE).run()).isEqualTo(1);
        assertThat(starts()).isEqualTo("start\n");
        assertThat(new RestartLog(data).read()).isEmpty();
    }

    @Test
    void anAgentThatIsWellStopsWithTheLauncherAndNothingIsSaidOfIt() throws Exception {
        Launcher launcher = launcher("be well", WIDE);
        CompletableFuture<Integer> run = inBackground(launcher);
        try {
            await().atMost(PATIENCE).until(() -> starts().contains("well"));
        } finally {
            launcher.stop();
        }

        // By the signal, or by the end of its input, which comes with it.
        assertThat(run.get()).isIn(0, 128 + 15);
        assertThat(starts()).containsOnlyOnce("start\n");
        assertThat(new RestartLog(data).read()).isEmpty();
    }

    @Test
    void anAgentWhoseLauncherIsKilledDoesNotGoOnForEver() throws Exception {
        Process agent = new ProcessBuilder(command("be well")).start();
        await().atMost(PATIENCE).until(() -> starts().contains("well"));
        // As the system does for a process that is killed.
        agent.getOutputStream().close();

        assertThat(agent.waitFor()).isZero();
        assertThat(starts()).endsWith("left alone\n");
    }

    @Test
    void anAgentThatALauncherLeftBehindIsEndedByTheNext() throws Exception {
        AgentProcess left = AgentProcess.start(command("be well"), data.resolve("launched.json"));
        await().atMost(PATIENCE).until(() -> starts().contains("well"));

        AgentProcess.endOrphan(data.resolve("launched.json"));
        assertThat(left.exit(Duration.ofSeconds(10))).hasValue(128 + 15);

        // The number may belong to somebody else by now.
        ProcessHandle self = ProcessHandle.current();
        Files.writeString(data.resolve("launched.json"), "{\"pid\":" + self.pid() + ",\"began\":\"long ago\"}");
        AgentProcess.endOrphan(data.resolve("launched.json"));
    }

    @Test
    void whoOverrunsAgainAndAgainIsSlowedDownThenSwitchedOffForADay() throws Exception {
        RestartLog log = new RestartLog(data);
        long now = 1_800_000_000_000L;
        List<Measure> measures = List.of(Measure.AS_BEFORE, Measure.SLOWER, Measure.SLOWER, Measure.OFF);
        for (Measure expected : measures) {
            Restart unused = log.add(now, new Overrun(Cause.CPU, "logs", "too much"));
            unused = log.add(now, new Overrun(Cause.ENDED, null, "ended"));
            assertThat(log.measures(now)).containsOnlyKeys("logs").containsEntry("logs", expected);
        }
        assertThat(log.measures(now + Duration.ofDays(1).toMillis())).isEmpty();
        assertThat(log.measures(now - 1))
                .as("a clock that was set back condemns nobody")
                .isEmpty();
    }

    @Test
    void theFolderIsTheOneThatTheAgentIsTold() {
        assertThat(Launcher.data("run", "--data", "/a")).isEqualTo(Path.of("/a"));
        assertThat(Launcher.data("run", "--data=/a")).isEqualTo(Path.of("/a"));
        assertThat(Launcher.data("run", "--data"))
                .isEqualTo(Launcher.data("run"))
                .isAbsolute();
    }

    @Test
    void theLogOfRestartsHasABoundAndGoesOnCounting() throws Exception {
        RestartLog log = new RestartLog(data);
        for (int i = 0; i < 100; i++) {
            Restart unused = log.add(i, new Overrun(Cause.HUNG, null, "no sign"));
        }
        assertThat(log.read()).hasSize(64);
        assertThat(log.read().getLast().number()).isEqualTo(100);

        Files.writeString(data.resolve("restarts.ndjson"), "{\"number\":1");
        assertThat(log.read()).isEmpty();
    }
}
