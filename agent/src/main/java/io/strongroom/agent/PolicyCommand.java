package io.strongroom.agent;

import io.strongroom.agent.policy.PolicyFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code strongroom agent policy}: whose approvals this device believes, and what it refused. The agent may run meanwhile. */
@Command(
        name = "policy",
        description =
                "Shows whose approvals of what is to be collected this device believes, and what it refused. Exit code"
                        + " 0: nothing; 4: something.")
final class PolicyCommand implements Callable<Integer> {
    private static final int INCIDENT = 4;

    @Mixin
    private DataFolder data = new DataFolder();

    @Option(
            names = "--believe-anew",
            description = "forgets whom it believes, and believes whom the appliance shows next, as at first")
    private boolean anew;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try {
            return anew ? anew(out) : shown(out);
        } finally {
            out.flush();
        }
    }

    private int anew(PrintWriter out) throws IOException {
        out.println(data.policy()
                .putAside()
                .map(path -> "What was believed is in " + path + " now. The agent asks within the hour, or at its next"
                        + " start, and believes what the appliance shows then.")
                .orElse("Nobody is believed yet."));
        return 0;
    }

    private int shown(PrintWriter out) throws IOException {
        PolicyFile.Told told = data.policy().told();
        if (told.officers().isEmpty()) {
            out.println("Nobody is believed yet: the appliance has not shown two officers in different roles.");
        }
        told.officers().forEach((officer, roles) -> out.println("  Believed     " + officer + " as " + roles));
        out.println("  Approved     " + told.bundle().orElse("nothing yet"));
        told.refusal().ifPresent(why -> out.println("  REFUSED      " + why));
        return told.refusal().isPresent() ? INCIDENT : 0;
    }
}
