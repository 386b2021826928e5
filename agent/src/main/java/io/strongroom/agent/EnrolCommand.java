package io.strongroom.agent;

import io.strongroom.agent.identity.DeviceIdentity;
import io.strongroom.agent.identity.Enrolment;
import io.strongroom.agent.identity.EnrolmentCode;
import io.strongroom.agent.identity.IdentityStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code strongroom agent enrol}: gets the device its identity. */
@Command(name = "enrol", description = "Gets this device an identity, by a code that an officer gave out.")
final class EnrolCommand implements Callable<Integer> {
    @Mixin
    private DataFolder data = new DataFolder();

    @Option(
            names = "--appliance",
            required = true,
            paramLabel = "URL",
            description = "the appliance's address for devices, such as https://vault.example:8444")
    private URI appliance = URI.create("");

    @Option(
            names = "--code-file",
            paramLabel = "FILE",
            description = "a file with the enrolment code; without it, the code is asked for")
    private Path codeFile = Path.of("");

    @Option(names = "--again", description = "puts the identity and the queue that are there aside")
    private boolean again;

    @Option(names = "--no-wait", description = "does not wait for an officer who has to approve")
    private boolean noWait;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (!"https".equals(appliance.getScheme()) || appliance.getHost() == null) {
            throw new AgentException("The appliance's address for devices begins with https:// and names a host.");
        }
        EnrolmentCode code = EnrolmentCode.parse(code());
        try (FileChannel unused = data.take()) {
            if (again) {
                out.println("What was here is in " + data.putAside() + " now.");
            }
            return enrol(out, code);
        }
    }

    private int enrol(PrintWriter out, EnrolmentCode code) throws InterruptedException {
        Enrolment enrolment = new Enrolment(new IdentityStore(data.path()));
        while (true) {
            Enrolment.Outcome outcome = ask(enrolment, code);
            if (outcome.identity().isPresent()) {
                DeviceIdentity identity = outcome.identity().get();
                out.println("This device is " + identity.device()
                        + ". Start the agent with: strongroom agent run --data " + data.path());
                out.flush();
                return 0;
            }
            out.println("An officer has to approve this device."
                    + (noWait
                            ? " Then use the same command again."
                            : " Waiting; you may stop this and repeat it later."));
            out.flush();
            if (noWait) {
                return 2;
            }
            Thread.sleep(outcome.askAgain());
        }
    }

    private Enrolment.Outcome ask(Enrolment enrolment, EnrolmentCode code) throws InterruptedException {
        try {
            return enrolment.ask(appliance, code);
        } catch (IOException e) {
            throw new AgentException(
                    "The appliance at " + appliance + " cannot be reached: " + said(e)
                            + ". The same command again goes on" + " where this one stopped.",
                    e);
        }
    }

    private static String said(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage() == null ? deepest : deepest.getMessage());
    }

    private String code() throws IOException {
        if (!codeFile.toString().isEmpty()) {
            return Files.readString(codeFile);
        }
        if (System.console() != null) {
            char[] typed = System.console().readPassword("Enrolment code: ");
            return typed == null ? "" : new String(typed);
        }
        return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    }
}
