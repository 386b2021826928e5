package io.strongroom.installer;

import io.strongroom.api.About;
import io.strongroom.api.ApplianceStatus;
import io.strongroom.api.client.Health;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.client.StrongroomException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code strongroom status}. */
@Command(
        name = "status",
        description = "Says how an appliance of this machine is: health, checkpoint, how far the read model has come.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The appliance's data directory (default: ~/.strongroom).")
    private Path data = Installation.DEFAULT_DATA;

    @Override
    public Integer call() {
        Installation installation = Installation.at(data);
        boolean ready;
        try (StrongroomClient client = installation.anonymous()) {
            About about = client.about();
            Health health = client.health();
            ready = health.ready();
            row(
                    "appliance",
                    about.name() + " " + about.version() + " at "
                            + installation.notice().url());
            row("tenant", about.tenantId());
            row("log", about.origin());
            row("fingerprint", about.fingerprint());
            row("health", health.live() ? (ready ? "✔ ready" : "✘ live, but not ready") : "✘ not live");
        }
        if (installation.notice().setupCode() != null && !installation.hasAdministrator()) {
            row("administrator", "none yet: `strongroom token` makes one");
            return ready ? 0 : 1;
        }
        try (StrongroomClient client = installation.administrator(null)) {
            ApplianceStatus status = client.ops().status();
            status.parts().forEach((part, fault) -> row("", part + ": " + fault));
            row("database", status.engine() + (status.forProduction() ? "" : ", which is for trying out"));
            row(
                    "checkpoint",
                    status.ledger().checkpointSize() + " of " + status.ledger().size() + " entries");
            row(
                    "read model",
                    "followed the ledger to " + status.readModels().place() + ", "
                            + status.readModels().lagMillis() + " ms behind");
        } catch (LaunchException | StrongroomException.Forbidden | StrongroomException.Unauthenticated e) {
            row("ledger", "not shown: " + e.getMessage());
        }
        return ready ? 0 : 1;
    }

    private static void row(String name, String value) {
        System.out.println(String.format(java.util.Locale.ROOT, "%-14s %s", name, value));
    }
}
