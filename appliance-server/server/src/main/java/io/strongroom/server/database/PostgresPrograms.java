package io.strongroom.server.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs PostgreSQL's own programs.
 *
 * @param home holds them, in {@code bin}
 * @param folder takes what one says, until it has ended
 */
record PostgresPrograms(Path home, Path folder) {
    private static final int COMMAND_SECONDS = 120;

    /** How a program ended, and what it said, in one line. */
    record Answer(int exit, String output) {}

    /** Runs a program to its end, whatever that is. */
    Answer ask(String program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            // PostgreSQL refuses to run as root; in a user namespace of its own it is nobody, on files that look so
            // too.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        // Into a file, not a pipe: the server inherits it and would keep a pipe open for as long as it lives.
        Path output = Files.createTempFile(folder, program, ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(program + " did not end within " + COMMAND_SECONDS + " s");
            }
            return new Answer(
                    process.exitValue(), Files.readString(output).strip().replaceAll("\\s*\\R\\s*", "; "));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + program + " ran", e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }
}
