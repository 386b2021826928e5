package io.strongroom.installer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code strongroom up}. */
@Command(
        name = "up",
        description = "Runs an appliance until Ctrl-C. What it stores stays in the data directory.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    @Option(names = "--data", paramLabel = "DIR", description = "The data directory (default: ~/.strongroom).")
    private Path data = Installation.DEFAULT_DATA;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "The port to listen on; 0 for any free one (default: 8443).")
    private @Nullable Integer port;

    @Option(names = "--host", paramLabel = "H", description = "The address to listen on (default: 127.0.0.1).")
    private @Nullable String host;

    @Option(
            names = "--name",
            paramLabel = "FQDN",
            description = "The host name that clients use; fixed at the first start.")
    private @Nullable String name;

    @Option(names = "--tenant", paramLabel = "T", description = "The one tenant; fixed at the first start.")
    private @Nullable String tenant;

    @Option(names = "--postgres", description = "Start a PostgreSQL of the appliance's own, for trying out.")
    private boolean postgres;

    @Option(names = "--database-url", paramLabel = "URL", description = "jdbc:postgresql://… of a real PostgreSQL.")
    private @Nullable String databaseUrl;

    @Option(names = "--database-owner", paramLabel = "ROLE", description = "The role that owns the tables.")
    private @Nullable String databaseOwner;

    @Option(names = "--object-store", paramLabel = "WHERE", description = "folder, or s3:https://host/bucket.")
    private @Nullable String objectStore;

    @Option(names = "--config", paramLabel = "FILE", description = "The configuration (default: DIR/strongroom.yml).")
    private @Nullable Path config;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Any key of the configuration.")
    private List<String> settings = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        Path whole = data.toAbsolutePath().normalize();
        Logs logs = Logs.in(whole);
        try (ServerProcess server = ServerProcess.start(command(whole, logs.log()), logs.errors())) {
            System.out.println("Starting on " + whole);
            System.out.println("  log          " + logs.log());
            ReadyNotice ready = server.awaitReady(whole, START_LIMIT);
            System.out.println();
            System.out.println("  address      " + ready.url());
            System.out.println("  fingerprint  " + ready.fingerprint());
            System.out.println("  trust file   " + ready.trustFile());
            if (ready.setupCode() != null) {
                System.out.println("  setup code   " + ready.setupCode() + "   (one hour, five tries)");
                System.out.println();
                System.out.println("Make the administrator and a first token:");
                System.out.println("  strongroom token --data " + whole + " --name my-service --source my-service");
                System.out.println("Invite the first officer:");
                System.out.println("  strongroom invite --first ann@example.com --role Security.Admin --data " + whole);
            }
            System.out.println();
            System.out.println("Ctrl-C stops it.");
            int code = server.await();
            if (code != 0 && code != 143 && code != 130) {
                throw new LaunchException(
                        "the server ended with code " + code + "; " + logs.log() + " or " + logs.errors() + " says why",
                        code);
            }
            return 0;
        }
    }

    private List<String> command(Path whole, Path log) {
        List<String> command = new ArrayList<>(Distribution.current().server());
        command.addAll(List.of("--data", whole.toString()));
        option(command, "--port", port);
        option(command, "--host", host);
        option(command, "--name", name);
        option(command, "--tenant", tenant);
        if (postgres) {
            command.add("--postgres");
        }
        option(command, "--database-url", databaseUrl);
        option(command, "--database-owner", databaseOwner);
        option(command, "--object-store", objectStore);
        option(command, "--config", config);
        option(command, "--set", "log.file=" + log);
        for (String setting : settings) {
            option(command, "--set", setting);
        }
        return command;
    }

    private static void option(List<String> command, String name, @Nullable Object value) {
        if (value != null) {
            command.addAll(List.of(name, value.toString()));
        }
    }
}
