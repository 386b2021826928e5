package io.strongroom.installer;

import io.strongroom.installer.demo.ConsoleDemo;
import io.strongroom.installer.demo.Screen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code strongroom console}; {@code console --verify} does not come here. */
@Command(
        name = "console",
        description = {
            "Opens the window in which officers work with an appliance: the one that is named, or one of this machine, or"
                    + " one that they name there.",
            "`console --verify [PACK] [--trust FILE]` opens the viewer of evidence packs, which needs no appliance and no"
                    + " network."
        },
        mixinStandardHelpOptions = true)
final class ConsoleCommand implements Callable<Integer> {
    @Mixin
    private WhichAppliance which = new WhichAppliance();

    @Option(
            names = "--demo",
            description =
                    "Starts a throwaway appliance with this machine's logs, health and software in it, and stops it"
                            + " when the window is closed.")
    private boolean demo;

    @Option(names = "--officer", paramLabel = "ID", description = "Who signs in.")
    private @Nullable String officer;

    @Option(names = "--theme", paramLabel = "THEME", description = "light, dark or system (default: system).")
    private @Nullable String theme;

    @Override
    public Integer call() {
        List<String> arguments = new ArrayList<>();
        if (theme != null) {
            arguments.addAll(List.of("--theme", theme));
        }
        if (demo) {
            Screen screen = new Screen(
                    System.out, System.console() != null && System.console().isTerminal());
            return new ConsoleDemo(Distribution.current(), screen, arguments).run();
        }
        Optional<WhichAppliance.Known> known = which.knownIfAny();
        known.ifPresent(it -> arguments.addAll(arguments(it)));
        if (officer != null) {
            arguments.addAll(List.of("--officer", officer));
        }
        return Delegate.run(Distribution.current().console(arguments), List.of());
    }

    private static List<String> arguments(WhichAppliance.Known known) {
        return List.of("--server", known.url().toString(), "--fingerprint", known.fingerprint());
    }
}
