package io.strongroom.installer;

import io.strongroom.api.BatchAck;
import io.strongroom.api.Device;
import io.strongroom.api.EnrolmentToken;
import io.strongroom.api.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code strongroom devices}. */
@Command(
        name = "devices",
        description = "Shows devices, lets them in, shuts them out, and asks them to do things.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DevicesCommand.ListAll.class,
            DevicesCommand.Show.class,
            DevicesCommand.Token.class,
            DevicesCommand.Decide.class,
            DeviceOrders.Ask.class,
            DeviceOrders.AskGroup.class,
            DeviceOrders.Commands.class,
            DevicesCommand.Import.class
        })
final class DevicesCommand {
    private DevicesCommand() {}

    @Command(name = "list", description = "Lists the devices.", mixinStandardHelpOptions = true)
    static final class ListAll implements Callable<Integer> {
        @Option(names = "--state", paramLabel = "STATE", description = "pending, active, locked, revoked or refused.")
        private @Nullable String state;

        @Option(names = "--group", paramLabel = "GROUP", description = "Those of this group.")
        private @Nullable String group;

        @Override
        public Integer call() {
            for (Device device :
                    OfficerHome.current().call(client -> client.devices().list(state, group))) {
                System.out.println(String.format(
                        Locale.ROOT, "%s  %-8s  %s  %s", device.id(), device.state(), device.group(), device.label()));
            }
            return 0;
        }
    }

    @Command(name = "show", description = "Shows a device and its certificates.", mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {
        @Parameters(paramLabel = "DEVICE", description = "Its id, dev-….")
        private String device = "";

        @Override
        public Integer call() {
            Device shown = OfficerHome.current().call(client -> client.devices().show(device));
            shown.more()
                    .without("certificates")
                    .members()
                    .forEach((name, value) -> System.out.println(String.format(
                            Locale.ROOT, "%-11s %s", name, value instanceof Json.Text text ? text.value() : value)));
            for (Device.Certificate certificate : shown.certificates()) {
                System.out.println("certificate " + certificate.sha256() + ", generation " + certificate.generation()
                        + ", until " + certificate.endsAt() + (certificate.usedAt() == null ? ", not used" : ""));
            }
            return 0;
        }
    }

    @Command(
            name = "token",
            description = "Makes a code by which one device is enrolled, and prints it.",
            mixinStandardHelpOptions = true)
    static final class Token implements Callable<Integer> {
        @Parameters(paramLabel = "LABEL", description = "What people call the device.")
        private String label = "";

        @Option(names = "--group", paramLabel = "GROUP", description = "Its group (default: ${DEFAULT-VALUE}).")
        private String group = "default";

        @Option(names = "--minutes", description = "How long it holds, at most 60 (default: ${DEFAULT-VALUE}).")
        private int minutes = 60;

        @Override
        public Integer call() {
            EnrolmentToken made = OfficerHome.current()
                    .call(client -> client.devices().token(label, group, Duration.ofMinutes(minutes)));
            System.err.println("until " + made.expiresAt() + ", for `strongroom agent enrol` on the device:");
            System.out.println(made.code());
            return 0;
        }
    }

    @Command(
            name = "decide",
            description = "Lets a device in or shuts it out. It counts from its next request on.",
            mixinStandardHelpOptions = true)
    static final class Decide implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "DECISION", description = "approve, refuse, lock, unlock or revoke.")
        private String decision = "";

        @Parameters(index = "1", paramLabel = "DEVICE", description = "Its id, dev-….")
        private String device = "";

        @Override
        public Integer call() {
            if (!List.of("approve", "refuse", "lock", "unlock", "revoke").contains(decision)) {
                throw new LaunchException("decide approve, refuse, lock, unlock or revoke, not " + decision);
            }
            Device now = OfficerHome.current().call(client -> client.devices().decide(device, decision));
            System.out.println(now.id() + " is " + now.state());
            return 0;
        }
    }

    @Command(
            name = "import",
            description = "Takes in what a revoked device had not sent: the files of `strongroom agent export`.",
            mixinStandardHelpOptions = true)
    static final class Import implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "DEVICE", description = "Its id, dev-….")
        private String device = "";

        @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "The batches.")
        private List<Path> files = List.of();

        @Override
        public Integer call() {
            OfficerHome home = OfficerHome.current();
            for (Path file : files.stream().sorted().toList()) {
                byte[] batch = read(file);
                BatchAck ack = home.call(client -> client.devices().bring(device, batch));
                System.out.println(file + ": " + ack.stream() + " is there through " + ack.durableThrough()
                        + (ack.rejected().isEmpty() ? "" : "; " + ack.rejected().size() + " lines are in quarantine"));
            }
            return 0;
        }

        private static byte[] read(Path file) {
            try {
                return Files.readAllBytes(file);
            } catch (IOException e) {
                throw new LaunchException("the file " + file + " cannot be read");
            }
        }
    }
}
