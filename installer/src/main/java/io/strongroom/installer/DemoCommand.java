package io.strongroom.installer;

import io.strongroom.installer.demo.Demo;
import io.strongroom.installer.demo.Screen;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code strongroom demo}. */
@Command(
        name = "demo",
        description =
                "Enrols an agent on this machine at a throwaway appliance, takes its logs, health and software to an"
                        + " evidence pack that verifies offline; then changes one byte and shows that it is found.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the pack and the trust file go (default: ./strongroom-demo).")
    private Path out = Path.of("strongroom-demo");

    @Option(
            names = "--input",
            paramLabel = "FILE",
            arity = "1..*",
            description = "Log files to read in place of this machine's own: syslog, sshd, CloudTrail, Windows events,"
                    + " auditd, or anything else that is lines.")
    private List<Path> inputs = new ArrayList<>();

    @Option(names = "--json", description = "The last line is one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Screen screen = new Screen(
                System.out, System.console() != null && System.console().isTerminal());
        Demo.Outcome outcome = new Demo(Distribution.current(), screen, inputs, out).run();
        if (json) {
            System.out.println(outcome.json());
        }
        return outcome.held() ? 0 : 1;
    }
}
