package io.strongroom.agent;

import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.json.JsonException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code strongroom agent status}: how the agent on this machine is doing. Exit code 0: well; 1: not; 3: it does not run; 4: it
 * runs, and has found that the appliance's log contradicts itself, or wants what officers did not approve.
 */
@Command(
        name = "status",
        description =
                "Says how the agent is doing. Exit code 0: well; 1: not well; 3: it does not run; 4: the appliance's"
                        + " log contradicts itself, or it wants what officers did not approve.")
final class StatusCommand implements Callable<Integer> {
    private static final int NOT_RUNNING = 3;
    private static final int INCIDENT = 4;
    private static final long STALE_MILLIS = 30_000;

    @Mixin
    private DataFolder data = new DataFolder();

    @Option(names = "--json", description = "prints all that is known, for programs")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (!Files.exists(data.status())) {
            out.println("The agent has not run yet on " + data.path() + ".");
            out.flush();
            return NOT_RUNNING;
        }
        try {
            Json.Obj status = Json.parseObject(Files.readAllBytes(data.status()));
            if (json) {
                out.println(status);
            } else {
                print(out, status);
            }
            out.flush();
            return exit(status);
        } catch (JsonException | JsonShapeException e) {
            throw new AgentException(
                    "The file " + data.status() + " cannot be read. The agent writes it anew when it runs.", e);
        }
    }

    private static boolean runs(Json.Obj status) {
        return status.text("state").equals("running")
                && System.currentTimeMillis() - Rfc3339.parse(status.text("at")) < STALE_MILLIS
                && ProcessHandle.of(status.integer("pid"))
                        .filter(ProcessHandle::isAlive)
                        .isPresent();
    }

    private static int exit(Json.Obj status) {
        if (!runs(status)) {
            return NOT_RUNNING;
        }
        if (status.optionalText("incident") != null || status.optionalText("refused") != null) {
            return INCIDENT;
        }
        return status.optionalText("shutOut") == null && status.optionalText("trouble") == null ? 0 : 1;
    }

    private static void print(PrintWriter out, Json.Obj status) {
        Json.Obj queue = status.object("queue");
        Json.Obj sent = status.object("sent");
        out.println("  Agent        " + (runs(status) ? "runs" : "does not run") + ", as of " + status.text("at"));
        out.println("  Device       " + status.text("device"));
        out.println("  Appliance    " + status.text("appliance"));
        out.println("  Certificate  until " + status.text("certificateUntil"));
        out.println("  Waiting      " + queue.integer("waiting") + " lines, "
                + queue.optionalInteger("bytes").orElse(0) + " bytes on disk");
        String last = sent.optionalText("lastAcknowledged");
        out.println("  Transport    " + sent.text("transport"));
        out.println("  Sent         " + sent.integer("lines") + " lines in " + sent.integer("batches")
                + " batches since it started; " + sent.integer("rejected") + " were set aside by the appliance");
        out.println("  Last answer  " + (last == null ? "none since it started" : last));
        sent.optionalInteger("applianceAheadMillis")
                .ifPresent(
                        ahead -> out.println("  Clock        the appliance's is " + ahead + " ms ahead of this one"));
        for (Json.Obj collector : status.objects("collectors", each -> each)) {
            String trouble = collector.optionalText("trouble");
            out.println("  Collector    " + collector.text("collector") + ": " + collector.integer("taken") + " records"
                    + (trouble == null ? "" : "; " + trouble));
        }
        if (status.optionalText("incident") != null) {
            out.println("  INCIDENT S1  " + status.optionalText("incident")
                    + " Nothing is cosigned until it is resolved: strongroom agent witness.");
        }
        if (status.optionalText("refused") != null) {
            out.println("  REFUSED      " + status.optionalText("refused")
                    + " What officers approved before still holds: strongroom agent policy.");
        }
        if (status.optionalText("shutOut") != null) {
            out.println("  SHUT OUT     " + status.optionalText("shutOut") + " Nothing is sent; all is kept.");
        } else if (status.optionalText("trouble") != null) {
            out.println("  TROUBLE      " + status.optionalText("trouble"));
        }
    }
}
