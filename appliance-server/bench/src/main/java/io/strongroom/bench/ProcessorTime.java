package io.strongroom.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Processor time that a process has taken so far, as Linux counts it.
 *
 * @param all in seconds, of all its threads, those that have ended too
 * @param compilers in seconds, of the threads in which Java compiles
 */
record ProcessorTime(double all, double compilers) {
    private static final double CLOCK_TICKS_A_SECOND = 100;

    static ProcessorTime of(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        double compilers = 0;
        try (Stream<Path> threads = Files.list(process.resolve("task"))) {
            for (Path thread : threads.toList()) {
                compilers += ofCompiler(thread);
            }
        }
        return new ProcessorTime(seconds(Files.readString(process.resolve("stat"))), compilers);
    }

    /** The compilers' threads are named {@code C1 CompilerThre} and {@code C2 CompilerThre}, cut by the kernel. */
    private static double ofCompiler(Path thread) throws IOException {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            return stat.contains("CompilerThre)") ? seconds(stat) : 0;
        } catch (NoSuchFileException e) {
            // It ended meanwhile.
            return 0;
        }
    }

    /** Of {@code proc_pid_stat(5)}: the fields {@code utime} and {@code stime}. */
    private static double seconds(String stat) {
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) / CLOCK_TICKS_A_SECOND;
    }

    ProcessorTime plus(ProcessorTime other) {
        return new ProcessorTime(all + other.all, compilers + other.compilers);
    }

    ProcessorTime since(ProcessorTime earlier) {
        return new ProcessorTime(all - earlier.all, compilers - earlier.compilers);
    }

    /** How much of it went to compiling, from 0 to 1. */
    double compiling() {
        return all == 0 ? 0 : compilers / all;
    }
}
