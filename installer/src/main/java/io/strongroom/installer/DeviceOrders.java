package io.strongroom.installer;

import io.strongroom.api.AskedCommand;
import io.strongroom.api.DeviceOrder;
import io.strongroom.api.GroupCommands;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What of {@code strongroom devices} asks devices to do something. */
final class DeviceOrders {
    private DeviceOrders() {}

    /** A command that names what is asked for, behind whom it asks. */
    abstract static class Asking implements Callable<Integer> {
        @Parameters(
                index = "1",
                paramLabel = "KIND",
                description = "collect, resend, renew, apply-policy or rotate-queue.")
        private String kind = "";

        @Option(names = "--stream", description = "Of resend; of rotate-queue, which is for all streams without it.")
        private @Nullable String stream;

        @Option(names = "--epoch", description = "Of resend: 32 hex digits.")
        private @Nullable String epoch;

        @Option(names = "--first", description = "Of resend: the first sequence.")
        private @Nullable Long first;

        @Option(names = "--last", description = "Of resend: the last sequence.")
        private @Nullable Long last;

        @Option(names = "--minutes", description = "After which it expires (default: ${DEFAULT-VALUE}).")
        private int minutes = 24 * 60;

        final DeviceOrder order() {
            try {
                return DeviceOrder.fromJson(Json.object()
                        .put("kind", kind)
                        .put("stream", stream)
                        .put("epoch", epoch)
                        .put("first", first)
                        .put("last", last)
                        .build());
            } catch (JsonShapeException e) {
                throw new LaunchException("the command is not one: " + e.getMessage());
            }
        }

        final Duration life() {
            return Duration.ofMinutes(minutes);
        }
    }

    private static String text(AskedCommand asked) {
        return asked.command().id() + " is " + asked.state() + ", until "
                + asked.command().expiresAt();
    }

    @Command(name = "command", description = "Asks a device to do something.", mixinStandardHelpOptions = true)
    static final class Ask extends Asking {
        @Parameters(index = "0", paramLabel = "DEVICE", description = "Its id, dev-….")
        private String device = "";

        @Override
        public Integer call() {
            DeviceOrder order = order();
            System.out.println(
                    text(OfficerHome.current().call(client -> client.devices().command(device, order, life()))));
            return 0;
        }
    }

    @Command(
            name = "command-group",
            description =
                    "Asks all devices of a group that are let in to do something: anything but resend. Exit code 1:"
                            + " some could not be asked.",
            mixinStandardHelpOptions = true)
    static final class AskGroup extends Asking {
        @Parameters(index = "0", paramLabel = "GROUP", description = "Its name.")
        private String group = "";

        @Override
        public Integer call() {
            DeviceOrder order = order();
            GroupCommands came =
                    OfficerHome.current().call(client -> client.devices().commandGroup(group, order, life()));
            came.asked().forEach(each -> System.out.println(each.device() + "  " + text(each)));
            came.notAsked().forEach(each -> System.err.println(each.device() + "  was not asked: " + each.why()));
            return came.notAsked().isEmpty() ? 0 : 1;
        }
    }

    @Command(
            name = "commands",
            description = "Shows what a device was asked, and what came of it.",
            mixinStandardHelpOptions = true)
    static final class Commands implements Callable<Integer> {
        @Parameters(paramLabel = "DEVICE", description = "Its id, dev-….")
        private String device = "";

        @Override
        public Integer call() {
            for (AskedCommand command :
                    OfficerHome.current().call(client -> client.devices().commands(device))) {
                System.out.println(command.madeAt() + "  " + command.command().id() + "  "
                        + command.command().order().kind() + "  " + command.state()
                        + (command.reason() == null ? "" : ": " + command.reason() + ". " + command.detail()));
            }
            return 0;
        }
    }
}
