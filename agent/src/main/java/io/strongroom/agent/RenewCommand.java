package io.strongroom.agent;

import io.strongroom.agent.identity.Connection;
import io.strongroom.agent.identity.DeviceIdentity;
import io.strongroom.agent.identity.IdentityStore;
import io.strongroom.agent.identity.Renewal;
import io.strongroom.evidence.Rfc3339;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code strongroom agent renew}: renews key and certificate at once, with the agent stopped. */
@Command(
        name = "renew",
        description = "Renews key and certificate at once. While it runs, the agent does so by itself when it is time.")
final class RenewCommand implements Callable<Integer> {
    @Mixin
    private DataFolder data = new DataFolder();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        IdentityStore store = new IdentityStore(data.path());
        try (FileChannel unused = data.take()) {
            DeviceIdentity identity =
                    store.load().orElseThrow(() -> new AgentException("This device is not enrolled; use enrol."));
            try (Connection connection = new Connection(identity)) {
                Renewal.Outcome outcome = new Renewal(store, connection, unread -> {}).now();
                if (outcome != Renewal.Outcome.RENEWED) {
                    throw new AgentException(
                            outcome == Renewal.Outcome.REFUSED
                                    ? "The appliance does not let this certificate in; diagnose says more."
                                    : "The appliance gave no new certificate; the one before counts. Try again.");
                }
                PrintWriter out = spec.commandLine().getOut();
                out.println("Renewed until "
                        + Rfc3339.format(connection
                                .identity()
                                .certificate()
                                .getNotAfter()
                                .getTime()) + ".");
                out.flush();
                return 0;
            } catch (IOException e) {
                throw new AgentException(
                        "The appliance cannot be reached, or the disk not written: " + e + ". The same"
                                + " command again goes on where this one stopped.",
                        e);
            }
        }
    }
}
