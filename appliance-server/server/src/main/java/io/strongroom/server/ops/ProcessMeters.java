package io.strongroom.server.ops;

import io.strongroom.server.metrics.MeterSource;
import io.strongroom.server.metrics.Meters;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** The process as the operating system sees it; under the names that every Prometheus client uses. */
@Singleton
final class ProcessMeters implements MeterSource {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final long KIB = 1024;

    @Override
    public void describe(Meters meters) {
        ProcessHandle.Info info = ProcessHandle.current().info();
        Runtime runtime = Runtime.getRuntime();
        meters.gauge(
                        "process_start_time_seconds",
                        "When the process began, in seconds since 1970.",
                        info.startInstant().map(Instant::toEpochMilli).orElse(0L) / 1e3)
                .counter(
                        "process_cpu_seconds",
                        "Processor time used, in seconds.",
                        info.totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3)
                .gauge("process_resident_memory_bytes", "Memory that the process holds.", residentBytes())
                .gauge(
                        "jvm_memory_used_bytes",
                        "Heap in use, what can be collected included.",
                        runtime.totalMemory() - runtime.freeMemory())
                .gauge("jvm_memory_committed_bytes", "Heap taken from the system.", runtime.totalMemory())
                .gauge("jvm_memory_max_bytes", "Heap that may be taken.", runtime.maxMemory());
    }

    /** Resident memory in bytes; 0 where the system does not tell. */
    static long residentBytes() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(RESIDENT)) {
                    String kibibytes =
                            line.substring(RESIDENT.length()).replace("kB", "").strip();
                    return Long.parseLong(kibibytes) * KIB;
                }
            }
            return 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
