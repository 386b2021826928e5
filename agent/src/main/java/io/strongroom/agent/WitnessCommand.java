package io.strongroom.agent;

import io.strongroom.agent.witness.WitnessFolder;
import io.strongroom.api.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code strongroom agent witness}: what was found of the appliance's log, and the end of it. The agent may run meanwhile. */
@Command(
        name = "witness",
        description =
                "Shows what was found where the appliance's log contradicted itself, and resolves it. Exit code 0:"
                        + " nothing; 4: something.")
final class WitnessCommand implements Callable<Integer> {
    private static final int INCIDENT = 4;

    @Mixin
    private DataFolder data = new DataFolder();

    @Option(
            names = "--resolve",
            description = "puts what was found aside, and goes on from the log that was seen before")
    private boolean resolve;

    @Option(
            names = "--begin-anew",
            description = "with --resolve: forgets what was seen, and believes what the appliance shows next")
    private boolean anew;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        if (anew && !resolve) {
            throw new AgentException("--begin-anew is said together with --resolve.");
        }
        WitnessFolder folder = new WitnessFolder(data.path());
        PrintWriter out = spec.commandLine().getOut();
        try {
            return resolve ? resolved(folder, out) : shown(folder, out);
        } finally {
            out.flush();
        }
    }

    private int resolved(WitnessFolder folder, PrintWriter out) throws IOException {
        Optional<Path> aside = folder.resolve(anew);
        out.println(
                aside.map(path -> "What was found is in " + path + " now. Keep it: both checkpoints together prove it.")
                        .orElse("Nothing was found that is not resolved."));
        return 0;
    }

    private static int shown(WitnessFolder folder, PrintWriter out) throws IOException {
        Optional<Json.Obj> incident = folder.incident();
        if (incident.isEmpty()) {
            out.println("The appliance's log has continued, as far as it was seen here.");
            return 0;
        }
        Json.Obj found = incident.get();
        out.println("S1 " + found.text("rule") + ", found at " + found.text("at"));
        out.println(found.text("detail"));
        String kept = found.optionalText("kept");
        out.println("\nSeen before:\n" + (kept == null ? "(nothing)" : kept) + "\nShown then:\n" + found.text("shown"));
        return INCIDENT;
    }
}
