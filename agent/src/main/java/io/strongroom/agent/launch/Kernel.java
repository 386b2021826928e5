package io.strongroom.agent.launch;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What Linux tells of a process, in {@code /proc} (proc(5)). Of other systems nothing is known so far. */
final class Kernel {
    /** USER_HZ: 100 on every Linux that Java runs on. */
    private static final long MILLIS_PER_TICK = 10;

    /** Fields of {@code stat} after the name, which may have blanks in it: utime and stime are the 12th and 13th. */
    private static final int UTIME = 11;

    private final Path proc;

    /** @param proc usually {@code /proc} */
    Kernel(Path proc) {
        this.proc = proc;
    }

    /** Empty if the process has gone, or this system does not tell. */
    Optional<Sample> sample(long pid) {
        Path process = proc.resolve(Long.toString(pid));
        Map<String, Long> collectors = new HashMap<>();
        long beats = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(process.resolve("task"))) {
            for (Path thread : threads) {
                String name = read(thread.resolve("comm")).strip();
                if (name.startsWith(ThreadNames.COLLECTOR)) {
                    collectors.merge(name.substring(ThreadNames.COLLECTOR.length()), cpuMillis(thread), Long::sum);
                } else if (name.equals(ThreadNames.BEAT)) {
                    beats += number(read(thread.resolve("status")), "voluntary_ctxt_switches:");
                }
            }
            long rss = number(read(process.resolve("status")), "VmRSS:") * 1024;
            return Optional.of(new Sample(System.nanoTime(), rss, cpuMillis(process), collectors, beats));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file);
    }

    private static long cpuMillis(Path where) throws IOException {
        String stat = read(where.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1])) * MILLIS_PER_TICK;
    }

    private static long number(String text, String name) {
        int at = text.startsWith(name) ? 0 : text.indexOf("\n" + name) + 1;
        if (at == 0 && !text.startsWith(name)) {
            return 0;
        }
        String line = text.substring(at + name.length(), text.indexOf('\n', at)).strip();
        return Long.parseLong(line.split(" ", 2)[0]);
    }
}
