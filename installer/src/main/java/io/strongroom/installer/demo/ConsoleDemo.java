package io.strongroom.installer.demo;

import io.strongroom.api.ExportFormat;
import io.strongroom.api.ExportRequest;
import io.strongroom.api.ExportStatus;
import io.strongroom.api.Role;
import io.strongroom.api.Selection;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.installer.AgentProcess;
import io.strongroom.installer.Distribution;
import io.strongroom.installer.EnrolmentCodes;
import io.strongroom.installer.LaunchException;
import io.strongroom.installer.OfficerHome;
import io.strongroom.installer.PolicyGit;
import io.strongroom.installer.ReadyNotice;
import io.strongroom.installer.Workspace;
import io.strongroom.lines.LogFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A throwaway appliance for a look at the console: an agent sends this machine's logs, health and software and goes on doing
 * so, a policy waits for approvals, packs are ready, and the agent's queue was lost once, which is an incident. All of it goes
 * when the window is closed.
 */
public final class ConsoleDemo {
    private static final Duration EXPORT_LIMIT = Duration.ofMinutes(10);
    private static final String PROPOSAL = "first-rules";

    private final Distribution distribution;
    private final Screen screen;
    private final List<Path> logs;
    private final Opening opening;

    /** What is done with the console, once the appliance has something to show. */
    @FunctionalInterface
    public interface Opening {
        /**
         * Opens it, and returns when it is closed.
         *
         * @param appliance where it is to be opened
         * @param officers who may sign in
         * @return its exit code
         */
        int open(ReadyNotice appliance, List<DemoOfficer> officers) throws IOException;
    }

    /** @param arguments of the console, besides where the appliance is */
    public ConsoleDemo(Distribution distribution, Screen screen, List<String> arguments) {
        this.distribution = distribution;
        this.screen = screen;
        this.logs = List.of();
        this.opening = (appliance, officers) -> open(appliance, officers, arguments);
    }

    /**
     * With something else to be done with the console than to open it for whoever looks on.
     *
     * @param logs what an agent sends; none for what this machine has
     */
    public ConsoleDemo(Distribution distribution, Screen screen, List<Path> logs, Opening opening) {
        this.distribution = distribution;
        this.screen = screen;
        this.logs = List.copyOf(logs);
        this.opening = opening;
    }

    /** Returns when the window is closed, with the console's exit code. */
    public int run() {
        try (Workspace workspace = new Workspace("strongroom-console-")) {
            screen.step("Starting a throwaway appliance");
            try (Throwaway appliance = Throwaway.start(distribution, workspace);
                    AgentProcess agent = new AgentProcess(distribution, workspace.file("agent"))) {
                workspace.deleteAtEndAfter(agent::close);
                screen.result(appliance.ready().url() + "  fingerprint "
                        + appliance.ready().fingerprint());
                return shown(workspace, appliance, agent);
            }
        } catch (IOException e) {
            throw new LaunchException("the demo cannot go on: " + e.getMessage(), e);
        }
    }

    private int shown(Workspace workspace, Throwaway appliance, AgentProcess agent) throws IOException {
        String administrator = appliance.administrator();
        screen.step("Letting three officers in");
        DemoOfficer ann = DemoOfficer.joins(
                appliance, administrator, "ann@demo.example", "Ann Weber", Role.SECURITY_ADMIN, Role.AUDIT_READER);
        String inviter = ann.session().tokens().accessToken();
        DemoOfficer ben = DemoOfficer.joins(
                appliance,
                inviter,
                "ben@demo.example",
                "Ben Okafor",
                Role.COMPLIANCE_REVIEWER,
                Role.AUDIT_INVESTIGATOR,
                Role.EXPORT_OPERATOR);
        DemoOfficer cas = DemoOfficer.joins(appliance, inviter, "cas@demo.example", "Cas Lindt", Role.AUDIT_ADMIN);
        collect(workspace, appliance, agent, administrator);
        packs(ben);
        propose(workspace, cas.session());
        int exit = opening.open(appliance.ready(), List.of(ann, ben));
        screen.step("Throwing it all away");
        return exit;
    }

    private void collect(Workspace workspace, Throwaway appliance, AgentProcess agent, String administrator)
            throws IOException {
        screen.step("Having an agent send this machine's logs, health and software");
        String code = EnrolmentCodes.make(
                appliance.ready().url(), appliance.trust(), Throwaway.TENANT, administrator, "this machine");
        screen.result(agent.enrol(appliance.ready().devices(), code));
        LogFiles files = logs.isEmpty() ? MachineLogs.find(workspace.file("journal.json")) : new LogFiles();
        for (Path log : logs) {
            files.add(log);
        }
        HostAgent host = new HostAgent(agent, Throwaway.TENANT, files.files());
        long sent = host.sendLogs().lines() + host.sendRest().lines();
        screen.result(Screen.count(sent) + " records");
        screen.step("Losing the agent's queue, as when its disk is replaced: the appliance is to notice");
        agent.loseQueue();
        host.goOn();
    }

    private void packs(DemoOfficer asker) {
        screen.step("Having evidence packs made");
        try (StrongroomClient client = asker.session().client()) {
            for (ExportFormat format : ExportFormat.values()) {
                ExportStatus asked = client.exports()
                        .request(new ExportRequest(Selection.ALL, format, "demonstration to an auditor"));
                var unused = client.exports().await(asked.id(), EXPORT_LIMIT, status -> {});
            }
        }
    }

    private void propose(Workspace workspace, OfficerHome.Session proposer) throws IOException {
        screen.step("Proposing a policy, which waits for two approvals");
        Path clone = workspace.file("rules");
        Path said = workspace.file("git.log");
        PolicyGit git = new PolicyGit(proposer, ProcessBuilder.Redirect.appendTo(said.toFile()));
        try {
            git.cloneInto(clone);
            Files.writeString(clone.resolve("bundle.yaml"), "name: demo\nversion: \"1\"\n");
            git.commit(clone, "Begin with the default rules");
            git.push(clone, PROPOSAL, false);
        } catch (LaunchException e) {
            screen.result("there is none: " + e.getMessage());
            return;
        }
        try (StrongroomClient client = proposer.client()) {
            var unused = client.policies().propose(PROPOSAL, "Our first rules: mask what is personal");
            var alsoUnused = client.policies().shadow(PROPOSAL, 1, 0);
        }
    }

    private int open(ReadyNotice appliance, List<DemoOfficer> officers, List<String> arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "--url",
                appliance.url().toString(),
                "--fingerprint",
                appliance.fingerprint(),
                "--officer",
                officers.getFirst().id()));
        all.addAll(arguments);
        screen.say("");
        screen.say("Sign in as one of these, and as the other to approve what the first may not alone:");
        for (DemoOfficer officer : officers) {
            screen.say("  " + officer.id() + "   password " + officer.password() + "   authenticator "
                    + officer.secret() + "   code now " + officer.code());
        }
        screen.say("All of this is thrown away when the window is closed.");
        Process console =
                new ProcessBuilder(distribution.console(all)).inheritIO().start();
        try {
            while (!console.waitFor(1, TimeUnit.SECONDS)) {
                StringBuilder codes = new StringBuilder("codes now:");
                officers.forEach(officer ->
                        codes.append("   ").append(officer.id()).append(' ').append(officer.code()));
                screen.moving(codes.toString());
            }
        } catch (InterruptedException e) {
            console.destroy();
            Thread.currentThread().interrupt();
        }
        return console.isAlive() ? 1 : console.exitValue();
    }
}
