package io.strongroom.console.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the process holds, in megabytes. */
final class Footprint {
    private static final double MEGABYTE = 1 << 20;

    private Footprint() {}

    /** Of the machine's memory; pages that it shares with others are counted in full. */
    static double resident() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
            }
        }
        throw new IOException("the kernel does not tell what this process holds");
    }

    /** Of its heap, after what is not needed any more was thrown away. */
    static double heap() {
        // What waits for the collector to be let go of is gone after the second.
        System.gc();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / MEGABYTE;
    }
}
