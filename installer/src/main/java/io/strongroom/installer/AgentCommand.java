package io.strongroom.installer;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code strongroom agent}, as the help shows it; {@link Launcher#run} hands the command itself to the agent. */
@Command(name = "agent", description = "Runs on a device: agent enrol|run|status|diagnose. agent --help says more.")
final class AgentCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return Delegate.run(Distribution.current().agent(List.of("--help")), List.of());
    }
}
