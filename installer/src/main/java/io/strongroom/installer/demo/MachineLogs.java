package io.strongroom.installer.demo;

import io.strongroom.lines.LogFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** This machine's own logs: the text files under {@code /var/log}, and the journal where there is one. */
final class MachineLogs {
    private static final Path FOLDER = Path.of("/var/log");
    private static final int JOURNAL_ENTRIES = 5_000;
    private static final int JOURNAL_SECONDS = 20;

    private MachineLogs() {}

    /**
     * Finds them.
     *
     * @param journal where the journal's newest entries are written to
     */
    static LogFiles find(Path journal) throws IOException {
        LogFiles files = new LogFiles();
        if (Files.isDirectory(FOLDER)) {
            files.addLogsOf(FOLDER);
        }
        if (readJournal(journal)) {
            files.add(journal, "systemd journal", "journal");
        }
        return files;
    }

    private static boolean readJournal(Path journal) throws IOException {
        try {
            Process process = new ProcessBuilder(
                            "journalctl", "-o", "json", "--no-pager", "-q", "-n", Integer.toString(JOURNAL_ENTRIES))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectOutput(journal.toFile())
                    .start();
            if (!process.waitFor(JOURNAL_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            // This machine has no journal.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return Files.exists(journal) && Files.size(journal) > 0;
    }
}
