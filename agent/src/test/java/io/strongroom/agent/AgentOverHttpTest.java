package io.strongroom.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.client.RecordQuery;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way: a code, an identity, a log file that is rotated, and records at an appliance that is killed meanwhile. */
final class AgentOverHttpTest {
    @TempDir
    private Path folder;

    @Test
    void nothingIsLostOrDoubledThoughAgentAndApplianceAreKilledAndTheLogIsRotated() throws Exception {
        AgentOnAMachine agent = new AgentOnAMachine(folder);
        try (ServerOnAPort server = new ServerOnAPort(folder).start()) {
            assertThat(agent.command("run").err()).contains("not enrolled");
            agent.enrol(server, server.devices());
            assertThat(Files.getPosixFilePermissions(folder.resolve("agent/identity/a.key")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            agent.settings("collect.health.every-seconds: 5\n");

            agent.write(700);
            Process running = agent.run();
            try {
                await().atMost(ServerOnAPort.PATIENCE)
                        .until(() -> agent.command("status").exit() == 0);
                String device = agent.status().text("device");
                agent.write(50);
                agent.rotate(1);
                agent.write(50);
                server.kill();
                agent.write(100);
                running.destroyForcibly().waitFor();
                agent.rotate(2);
                agent.write(100);
                running = agent.run();
                agent.write(50);
                await().atMost(ServerOnAPort.PATIENCE)
                        .until(() -> agent.status().optionalText("trouble") != null
                                && agent.status().object("queue").integer("waiting") > 0);
                assertThat(agent.command("renew").err()).contains("An agent runs");
                server.start();
                running.destroy();
                running.waitFor();
                agent.write(50);
                AgentOnAMachine.Ran renewed = agent.command("renew");
                assertThat(renewed.exit()).as(renewed.err()).isZero();
                assertThat(folder.resolve("agent/identity/a.key")).doesNotExist();
                running = agent.run();
                agent.write(50);
                String token = server.readerToken();
                try (StrongroomClient reader = server.client(token)) {
                    agent.arrived(reader, device);
                    await().atMost(ServerOnAPort.PATIENCE).until(() -> !reader.records()
                            .query(RecordQuery.ALL.source(device).stream("telemetry.health"))
                            .items()
                            .isEmpty());
                }
                AgentOnAMachine.Ran diagnosed = agent.command("diagnose");
                assertThat(diagnosed.out())
                        .contains("answered in")
                        .contains("HTTP_2")
                        .contains(device);
                assertThat(agent.status().objects("collectors", each -> each))
                        .anyMatch(each -> each.text("collector").equals("logs") && each.integer("cpuMillis") > 0);
                revoked(server, agent, device);
                running.destroy();
                assertThat(running.waitFor()).isEqualTo(128 + 15);
                assertThat(agent.command("status").exit()).isEqualTo(3);
                imported(server, agent, device, token);
            } finally {
                running.destroyForcibly().waitFor();
            }
        }
    }

    /** A revoked device stops sending, says so, and keeps what it has. */
    private static void revoked(ServerOnAPort server, AgentOnAMachine agent, String device) throws Exception {
        Json.Obj unused = server.post("/api/v1/devices/" + device + "/revoke", Json.Obj.EMPTY);
        agent.write(20);
        await().atMost(ServerOnAPort.PATIENCE)
                .until(() -> agent.command("status").out().contains("SHUT OUT"));
        assertThat(agent.command("status").exit()).isEqualTo(1);
        assertThat(agent.status().object("queue").integer("waiting")).isGreaterThanOrEqualTo(20);
    }

    /** What a revoked device kept is brought by an officer: nothing of it is missing, and its records say so. */
    private void imported(ServerOnAPort server, AgentOnAMachine agent, String device, String token) throws Exception {
        Path exported = folder.resolve("exported");
        AgentOnAMachine.Ran ran = agent.command("export", "--to", exported.toString());
        assertThat(ran.exit()).as(ran.err()).isZero();
        try (var files = Files.list(exported)) {
            for (Path file : files.sorted().toList()) {
                Json.Obj ack = server.bring("/api/v1/devices/" + device + "/import", Files.readAllBytes(file));
                assertThat(ack.list("rejected")).isEmpty();
            }
        }
        try (StrongroomClient reader = server.client(token)) {
            agent.arrived(reader, device);
            await().atMost(ServerOnAPort.PATIENCE)
                    .until(
                            () -> reader
                                    .records()
                                    .query(RecordQuery.ALL.source(device).stream("audit.logs")
                                            .limit(500))
                                    .items()
                                    .stream()
                                    .anyMatch(item -> item.record()
                                            .object("batch")
                                            .get("afterRevocation")
                                            .equals(Optional.of(Json.of(true)))));
        }
        assertThat(agent.command("export", "--to", exported.toString()).out()).startsWith("0 lines");
    }
}
