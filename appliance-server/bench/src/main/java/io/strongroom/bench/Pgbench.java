package io.strongroom.bench;

import io.strongroom.server.database.DatabaseLocation.Postgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** PostgreSQL's own {@code pgbench}: single-row inserts of the same size, one transaction each. */
final class Pgbench {
    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+)");

    private Pgbench() {}

    /**
     * Inserts per second over {@code connections} connections.
     *
     * @return empty where this machine has no pgbench
     */
    static Optional<Double> inserts(Postgres database, Path folder, byte[] document, int connections, int seconds)
            throws IOException, InterruptedException {
        Optional<Path> program = find();
        if (program.isEmpty()) {
            return Optional.empty();
        }
        String quoted = new String(document, StandardCharsets.UTF_8).replace("'", "''");
        Path script = Files.writeString(
                folder.resolve("insert.sql"),
                "\\set id random(1, 9000000000)\nINSERT INTO peer_single (seq, body) VALUES (:id, '" + quoted
                        + "');\n");
        String address = database.url().replace("jdbc:postgresql://", "");
        String host = address.substring(0, address.indexOf(':'));
        String port = address.substring(address.indexOf(':') + 1, address.indexOf('/'));
        String name = address.substring(address.indexOf('/') + 1);
        ProcessBuilder command = new ProcessBuilder(List.of(
                program.get().toString(),
                "-n",
                "-h",
                host,
                "-p",
                port,
                "-U",
                database.owner().user(),
                "-c",
                Integer.toString(connections),
                "-j",
                "2",
                "-T",
                Integer.toString(seconds),
                "-f",
                script.toString(),
                name));
        command.environment().put("PGPASSWORD", String.valueOf(database.owner().password()));
        command.redirectErrorStream(true);
        Process process = command.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher tps = TPS.matcher(output);
        if (process.waitFor() != 0 || !tps.find()) {
            throw new IOException("pgbench failed: " + output);
        }
        return Optional.of(Double.parseDouble(tps.group(1)));
    }

    private static Optional<Path> find() throws IOException {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
            if (Files.isExecutable(Path.of(folder, "pgbench"))) {
                return Optional.of(Path.of(folder, "pgbench"));
            }
        }
        Path debian = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(debian)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(debian)) {
            return versions.map(version -> version.resolve("bin").resolve("pgbench"))
                    .filter(Files::isExecutable)
                    .findFirst();
        }
    }
}
