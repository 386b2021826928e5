package io.strongroom.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Which start of the machine this is, and how long ago: told in each batch, so that a clock that was set is found out. */
final class Boot {
    private static final Path ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path UPTIME = Path.of("/proc/uptime");
    private static final String OWN = UUID.randomUUID().toString();
    private static final long BEGIN = System.nanoTime();

    private Boot() {}

    /** Where the system gives none, each run of the agent counts as a start. */
    static String id() {
        try {
            String id = Files.readString(ID).strip();
            return id.matches("[a-z0-9._-]{1,64}") ? id : OWN;
        } catch (IOException e) {
            return OWN;
        }
    }

    /** Milliseconds since that start. */
    static long millis() {
        try {
            String seconds = Files.readString(UPTIME).split(" ", 2)[0];
            return (long) (Double.parseDouble(seconds) * 1000);
        } catch (IOException | NumberFormatException e) {
            return (System.nanoTime() - BEGIN) / 1_000_000;
        }
    }
}
