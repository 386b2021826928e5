package io.strongroom.installer;

import io.strongroom.installer.demo.ConsoleDemo;
import io.strongroom.installer.demo.Screen;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code strongroom console}. {@code installer/strongroom} starts the window itself, but for its help and the demo, so that
 * nothing else stays in memory.
 */
@Command(
        name = "console",
        description = {
            "Opens the window in which officers work with an appliance: the one that is named, or the one of this machine, or"
                    + " one that they name there.",
            "`console --verify [PACK] [--trust FILE]` opens the viewer of evidence packs, which needs no appliance and no"
                    + " network.",
            "`console --image FOLDER` makes a folder with the console and a Java run-time of its own; `console --verify --image"
                    + " FOLDER` one with the viewer alone."
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

    @Option(names = "--time", description = "Says how long the start took, and ends it.")
    private boolean timed;

    @Override
    public Integer call() {
        List<String> arguments = new ArrayList<>();
        add(arguments, "--theme", theme);
        if (timed) {
            arguments.add("--time");
        }
        if (demo) {
            Screen screen = new Screen(
                    System.out, System.console() != null && System.console().isTerminal());
            return new ConsoleDemo(Distribution.current(), screen, arguments).run();
        }
        arguments.addAll(which.arguments());
        add(arguments, "--officer", officer);
        return Delegate.run(Distribution.current().console(arguments), List.of());
    }

    private static void add(List<String> arguments, String name, @Nullable String value) {
        if (value != null) {
            arguments.addAll(List.of(name, value));
        }
    }
}
