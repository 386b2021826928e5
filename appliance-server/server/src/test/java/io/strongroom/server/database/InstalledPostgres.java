package io.strongroom.server.database;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A PostgreSQL that is installed on this machine: other than the bundled one it has all its programs. */
public final class InstalledPostgres {
    private static final List<String> PROGRAMS = List.of("initdb", "pg_ctl", "postgres", "pg_dump", "pg_restore");
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final long MOST_LOG_BYTES = 1 << 20;

    private final Path home;

    private InstalledPostgres(Path home) {
        this.home = home;
    }

    /** The first that is found; empty where there is none. */
    public static Optional<InstalledPostgres> find() throws IOException {
        List<Path> homes = new ArrayList<>();
        for (String each : System.getenv("PATH").split(File.pathSeparator)) {
            if (!each.isEmpty()) {
                homes.add(Path.of(each).toAbsolutePath().resolveSibling("."));
            }
        }
        if (Files.isDirectory(DEBIAN)) {
            try (DirectoryStream<Path> versions = Files.newDirectoryStream(DEBIAN)) {
                versions.forEach(homes::add);
            }
        }
        return homes.stream()
                .filter(home -> PROGRAMS.stream()
                        .allMatch(program ->
                                Files.isExecutable(home.resolve("bin").resolve(program))))
                .findFirst()
                .map(InstalledPostgres::new);
    }

    /** Where its programs are. */
    public Path programs() {
        return home.resolve("bin");
    }

    /** A server on the data in {@code folder}, as the bundled one is started. */
    public BundledPostgres start(Path folder) throws IOException {
        return BundledPostgres.start(folder, home, MOST_LOG_BYTES, Duration.ofSeconds(1));
    }
}
