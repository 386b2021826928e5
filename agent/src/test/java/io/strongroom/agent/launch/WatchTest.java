package io.strongroom.agent.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.agent.launch.Overrun.Cause;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WatchTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Limits LIMITS = new Limits(200L << 20, 10, Duration.ofSeconds(60));

    private final Watch watch = new Watch(LIMITS);
    private long seconds;

    private Optional<Overrun> look(long mebibytes, long cpuMillis, Map<String, Long> collectors) {
        seconds += 5;
        return watch.look(new Sample(seconds * SECOND, mebibytes << 20, cpuMillis, collectors, seconds));
    }

    @Test
    void aPeakOfMemoryThatIsGoneAtTheNextLookIsNone() {
        assertThat(look(300, 0, Map.of())).isEmpty();
        assertThat(look(199, 0, Map.of())).isEmpty();
        assertThat(look(201, 0, Map.of())).isEmpty();
        assertThat(look(201, 0, Map.of("logs", 5L)))
                .hasValueSatisfying(overrun -> assertThat(overrun.cause()).isEqualTo(Cause.MEMORY));
    }

    @Test
    void theProcessorIsAveragedOverTheWholeWindowAndItsBusiestCollectorNamed() {
        // As a start does: much at once, then little.
        assertThat(look(50, 0, Map.of())).isEmpty();
        for (int i = 0; i < 12; i++) {
            assertThat(look(50, 4_000, Map.of("logs", 3_000L, "health", 10L))).isEmpty();
        }
        for (int i = 1; i <= 12; i++) {
            assertThat(look(50, 4_000 + i * 500L, Map.of("logs", 3_000L, "health", 10L + i * 450L)))
                    .isEmpty();
        }
        assertThat(look(50, 11_000, Map.of("logs", 3_000L, "health", 6_000L))).hasValueSatisfying(overrun -> {
            assertThat(overrun.cause()).isEqualTo(Cause.CPU);
            assertThat(overrun.collector()).isEqualTo("health");
        });
    }

    @Test
    void silenceCountsByLooksSinceAMachineMaySleep() {
        Sample sample = new Sample(0, 0, 0, Map.of(), 7);
        assertThat(watch.look(sample)).isEmpty();
        for (int i = 1; i < Watch.HUNG_LOOKS; i++) {
            assertThat(watch.look(new Sample(i * 3600 * SECOND, 0, 0, Map.of(), 7)))
                    .isEmpty();
        }
        assertThat(watch.look(new Sample(Long.MAX_VALUE, 0, 0, Map.of(), 7)))
                .hasValueSatisfying(overrun -> assertThat(overrun.cause()).isEqualTo(Cause.HUNG));
    }

    @Test
    void whatTheKernelTellsIsRead(@TempDir Path proc) throws Exception {
        Path process = Files.createDirectories(proc.resolve("17"));
        Files.writeString(process.resolve("status"), "Name:\tjava\nVmHWM:\t  99 kB\nVmRSS:\t  2048 kB\nThreads:\t2\n");
        Files.writeString(process.resolve("stat"), "17 (ja) va) S 1 17 17 0 -1 4 1 2 3 4 250 50 0 0 20 0\n");
        for (String name : new String[] {"c:logs", "c:journal", "beat"}) {
            Path thread = Files.createDirectories(process.resolve("task/" + name.hashCode()));
            Files.writeString(thread.resolve("comm"), name + "\n");
            Files.writeString(thread.resolve("stat"), "18 (" + name + ") S 1 17 17 0 -1 4 1 2 3 4 7 3 0 0 20 0\n");
            Files.writeString(thread.resolve("status"), "Name:\tx\nvoluntary_ctxt_switches:\t41\nnonvoluntary:\t2\n");
        }

        Sample sample = new Kernel(proc).sample(17).orElseThrow();
        assertThat(sample.rssBytes()).isEqualTo(2048 * 1024);
        assertThat(sample.cpuMillis()).isEqualTo(3_000);
        assertThat(sample.collectorCpuMillis()).isEqualTo(Map.of("logs", 100L, "journal", 100L));
        assertThat(sample.beats()).isEqualTo(41);
        assertThat(new Kernel(proc).sample(18)).isEmpty();
    }

    @Test
    void noWindowHasMoreThanTheLimitAtAPaceThatIsKept() {
        long[] now = {0};
        long[] used = {0};
        var pace = new io.strongroom.agent.pace.Pace(10, Duration.ofSeconds(300), () -> now[0], () -> used[0]);
        java.util.List<long[]> steps = new java.util.ArrayList<>();
        java.util.Random random = new java.util.Random(5);
        for (int i = 0; i < 5_000; i++) {
            long step = random.nextLong(SECOND / 2);
            used[0] += step;
            now[0] += step + pace.rest().toNanos();
            steps.add(new long[] {now[0], used[0]});
            now[0] += random.nextInt(50) == 0
                    ? random.nextLong(600 * SECOND)
                    : pace.rest().toNanos();
        }
        for (int i = 0, j = 0; j < steps.size(); j++) {
            while (steps.get(j)[0] - steps.get(i)[0] > 300 * SECOND) {
                i++;
            }
            assertThat(steps.get(j)[1] - steps.get(i)[1]).isLessThan(30 * SECOND + SECOND);
        }
    }
}
