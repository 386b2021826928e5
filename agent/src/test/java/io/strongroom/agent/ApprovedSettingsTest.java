package io.strongroom.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.DeviceOrder;
import io.strongroom.api.Role;
import io.strongroom.api.Scope;
import io.strongroom.api.client.RecordQuery;
import io.strongroom.api.client.StrongroomClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A device goes by what officers approved whom it believes, and not by whoever has come to rule the appliance since: here one
 * officer, who invites a second of her own making, which the appliance is content with.
 */
final class ApprovedSettingsTest {
    private static final String QUIET = "rules:\n  - {groups: [def*], collect: {inventory: {enabled: false}}}\n";
    private static final String BLIND =
            "rules:\n  - {groups: [def*], collect: {inventory: {enabled: false}, health: {enabled: false}}}\n";

    private final AgentOnAMachine machine;
    private final ServerOnAPort server;
    private final Path folder;
    private String proposing = "";

    ApprovedSettingsTest(@TempDir Path folder) {
        this.folder = folder;
        this.machine = new AgentOnAMachine(folder);
        this.server = new ServerOnAPort(folder);
    }

    private List<String> collectors() throws IOException {
        return machine.status().objects("collectors", each -> each.text("collector"));
    }

    /** Has the device ask what policy wants; tells what came of it, and why. */
    private String applied(Officer officer) throws Exception {
        String device = machine.status().text("device");
        String id = officer.client()
                .devices()
                .command(device, new DeviceOrder.ApplyPolicy(), Duration.ofHours(1))
                .command()
                .id();
        await().atMost(ServerOnAPort.PATIENCE)
                .until(() -> List.of("done", "failed").contains(asked(officer, device, id)));
        return asked(officer, device, id);
    }

    private static String asked(Officer officer, String device, String id) {
        return officer.client().devices().commands(device).stream()
                .filter(each -> each.command().id().equals(id))
                .findFirst()
                .orElseThrow()
                .state();
    }

    private void activate(PolicyClone rules, String name, String file, String content, Officer one, Officer other)
            throws Exception {
        rules.propose(name, file, content);
        try (StrongroomClient author = server.client(proposing)) {
            var unused = author.policies().propose(name, name);
        }
        one.approve(name);
        other.approve(name);
        var unused = one.client().policies().activate(name);
    }

    @Test
    void whatIsCollectedIsForOfficersToSayWhomTheDeviceBelieves() throws Exception {
        try (ServerOnAPort started = server.start();
                StrongroomClient administrator = started.client(started.administrator())) {
            Officer ann = Officer.invited(started, administrator, "ann@example.com", Role.SECURITY_ADMIN);
            Officer ben = Officer.invited(started, ann.client(), "ben@example.com", Role.COMPLIANCE_REVIEWER);
            proposing = started.token(Scope.POLICY);
            PolicyClone rules = new PolicyClone(started, proposing, folder.resolve("rules"));
            machine.enrol(started, started.devices());
            machine.settings("witness.enabled: false\n");
            Process agent = machine.run();
            try {
                await().atMost(ServerOnAPort.PATIENCE)
                        .until(() -> machine.command("policy").out().contains("Believed     ben@example.com"));
                assertThat(collectors()).contains("inventory", "health");

                activate(rules, "quiet", "agents.yaml", QUIET, ann, ben);
                assertThat(applied(ann)).isEqualTo("done");
                await().atMost(ServerOnAPort.PATIENCE).until(() -> !collectors().contains("inventory"));

                Officer eve = Officer.invited(started, ann.client(), "eve@example.com", Role.AUDIT_ADMIN);
                activate(rules, "blind", "agents.yaml", BLIND, ann, eve);
                assertThat(applied(ann)).isEqualTo("failed");
                refused(ben);

                activate(
                        rules,
                        "eve-too",
                        "officers.yaml",
                        "officers:\n" + ann.line() + ben.line() + eve.line(),
                        ann,
                        ben);
                assertThat(applied(ann)).isEqualTo("done");
                await().atMost(ServerOnAPort.PATIENCE).until(() -> !collectors().contains("health"));
                assertThat(machine.command("status").exit()).isZero();

                activate(rules, "seeing", "agents.yaml", QUIET, ann, eve);
                assertThat(applied(ann)).isEqualTo("done");
                await().atMost(ServerOnAPort.PATIENCE).until(() -> collectors().contains("health"));
            } finally {
                agent.destroyForcibly().waitFor();
            }
        }
    }

    private void refused(Officer reader) throws Exception {
        assertThat(collectors()).contains("health").doesNotContain("inventory");
        await().atMost(ServerOnAPort.PATIENCE)
                .until(() -> machine.command("status").exit() == 4);
        assertThat(machine.command("status").out())
                .contains("REFUSED")
                .contains("eve@example.com is not believed here as Audit.Admin");
        assertThat(machine.command("policy").exit()).isEqualTo(4);
        await().atMost(ServerOnAPort.PATIENCE).untilAsserted(() -> assertThat(reader.client()
                        .records()
                        .query(RecordQuery.ALL.stream("incident.agent"))
                        .items())
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.record().text("action")).isEqualTo("Incident.Raised");
                    assertThat(item.record().object("attributes").text("rule")).isEqualTo("settings-not-approved");
                }));
    }
}
