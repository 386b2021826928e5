package io.strongroom.console.look;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** How long ago the process was started: by whoever started it, before there was a Java virtual machine in it. */
public final class SinceStart {
    private static final Path STAT = Path.of("/proc/self/stat");
    private static final Path UPTIME = Path.of("/proc/uptime");
    private static final int START_FIELD = 19;
    private static final int TICK_MILLIS = 10;

    private SinceStart() {}

    /** Says on the terminal how long something took from the start until now. */
    public static void tell(String what) {
        System.out.println(what + " after " + now().toMillis() + " ms");
    }

    static Duration now() {
        try {
            return byTheKernel(Files.readString(STAT), Files.readString(UPTIME));
        } catch (IOException e) {
            // Elsewhere than on Linux, where Java knows it to the second only.
            return Duration.between(
                    ProcessHandle.current().info().startInstant().orElseThrow(), Instant.now());
        }
    }

    /** From {@code /proc/self/stat} and {@code /proc/uptime} (proc(5)): both count from when the machine was started. */
    static Duration byTheKernel(String stat, String uptime) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long started = Long.parseLong(fields[START_FIELD]) * TICK_MILLIS;
        long now = Math.round(Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) * 1000);
        return Duration.ofMillis(now - started);
    }
}
