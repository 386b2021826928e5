package io.strongroom.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.agent.identity.Connection;
import io.strongroom.agent.identity.DeviceIdentity;
import io.strongroom.agent.identity.IdentityStore;
import io.strongroom.agent.identity.TestIdentity;
import io.strongroom.agent.queue.StreamQueue;
import io.strongroom.agent.queue.TestDisk;
import io.strongroom.agent.send.Reply;
import io.strongroom.agent.send.Skew;
import io.strongroom.agent.send.mqtt.MqttAddress;
import io.strongroom.agent.send.mqtt.MqttTransport;
import io.strongroom.api.ProblemType;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.json.Json;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS is blocked, the other wire is cut, the broker is killed: what was written arrives, once and in order. */
final class AgentOverMqttTest {
    @TempDir
    private Path folder;

    private AgentOnAMachine agent() {
        return new AgentOnAMachine(folder);
    }

    @Test
    void mqttWhileHttpsIsBlockedAndBackWithNothingLostOrDoubledAndTheOrderKept() throws Exception {
        AgentOnAMachine agent = agent();
        try (ServerOnAPort server = new ServerOnAPort(folder).start();
                Wire https = new Wire(server.devicesPort());
                Wire mqtt = new Wire(server.mqttPort());
                StrongroomClient reader = server.client(server.readerToken())) {
            nobodyElseIsBelieved(server);
            agent.enrol(server, URI.create("https://localhost:" + https.port()));
            agent.settings("""
                    collect.health.enabled: false
                    collect.agent.enabled: false
                    collect.inventory.enabled: false
                    transport.look-back-seconds: 1
                    mqtt.address: localhost:%d
                    """.formatted(mqtt.port()));
            agent.write(500);
            Process running = agent.launch();
            try {
                await().atMost(ServerOnAPort.PATIENCE)
                        .until(() -> agent.command("status").exit() == 0);
                String device = agent.status().text("device");
                agent.arrived(reader, device);
                assertThat(transport(agent)).isEqualTo("https");
                assertThat(Files.readString(folder.resolve("agent/identity/mqtt-port")))
                        .as("what the appliance tells is kept")
                        .isEqualTo(Integer.toString(server.mqttPort()));

                https.block();
                agent.write(500);
                agent.arrived(reader, device);
                await().atMost(ServerOnAPort.PATIENCE)
                        .until(() -> transport(agent).equals("mqtt"));
                commandsGoBothWays(server, device);

                betweenPublishAndPuback(agent, mqtt, reader, device);

                server.kill();
                agent.write(500);
                await().atMost(ServerOnAPort.PATIENCE)
                        .until(() -> agent.status().object("queue").integer("waiting") >= 500);
                ServerOnAPort unused = server.start();
                agent.arrived(reader, device);

                https.unblock();
                agent.write(500);
                agent.arrived(reader, device);
                await().atMost(ServerOnAPort.PATIENCE).until(() -> {
                    agent.write(1);
                    return transport(agent).equals("https");
                });
                agent.arrived(reader, device);

                theAgentIsKilled(agent, reader, device);
                theLauncherIsKilled(agent, running);
                theBrokerRefuses(server, device);
            } finally {
                running.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void mqttAloneGoesOnWhereItStoppedWhenTheApplianceIsStartedAgain() throws Exception {
        AgentOnAMachine agent = agent();
        try (ServerOnAPort server = new ServerOnAPort(folder).start();
                Wire https = new Wire(server.devicesPort());
                StrongroomClient reader = server.client(server.readerToken())) {
            agent.enrol(server, URI.create("https://localhost:" + https.port()));
            https.block();
            agent.settings("""
                    collect.health.enabled: false
                    collect.agent.enabled: false
                    collect.inventory.enabled: false
                    transport: mqtt
                    mqtt.address: localhost:%d
                    """.formatted(server.mqttPort()));
            agent.write(500);
            Process running = agent.run();
            try {
                await().atMost(ServerOnAPort.PATIENCE)
                        .until(() -> agent.command("status").exit() == 0);
                String device = agent.status().text("device");
                agent.arrived(reader, device);
                server.kill();
                agent.write(500);
                await().atMost(ServerOnAPort.PATIENCE)
                        .until(() -> agent.status().object("queue").integer("waiting") >= 500);
                ServerOnAPort unused = server.start();
                agent.write(500);
                agent.arrived(reader, device);
                assertThat(transport(agent)).isEqualTo("mqtt");
                commandsGoBothWays(server, device);
            } finally {
                running.destroyForcibly().waitFor();
            }
        }
    }

    private static String transport(AgentOnAMachine agent) throws Exception {
        return agent.status().object("sent").text("transport");
    }

    /** The appliance has the lines, the agent does not know. */
    private static void betweenPublishAndPuback(
            AgentOnAMachine agent, Wire mqtt, StrongroomClient reader, String device) throws Exception {
        // Nothing else may be on its way: what waits for an answer now would keep the lines that follow back.
        agent.write(1);
        agent.arrived(reader, device);
        await().atMost(ServerOnAPort.PATIENCE)
                .until(() -> agent.status().object("queue").integer("waiting") == 0);
        mqtt.mute();
        agent.write(500);
        agent.arrived(reader, device);
        assertThat(agent.status().object("queue").integer("waiting")).isPositive();
        mqtt.cut();
        mqtt.unblock();
        agent.write(500);
        agent.arrived(reader, device);
    }

    private void theBrokerRefuses(ServerOnAPort server, String device) throws Exception {
        Json.Obj unused = server.post("/api/v1/devices/" + device + "/revoke", Json.Obj.EMPTY);
        DeviceIdentity revoked =
                new IdentityStore(folder.resolve("agent")).load().orElseThrow();
        assertThat(sent(server, revoked)).isInstanceOfSatisfying(Reply.Refused.class, refused -> assertThat(
                        refused.problem().orElseThrow().type())
                .hasValue(ProblemType.INVALID_DEVICE_CERTIFICATE));
    }

    /** It is started again. */
    private static void theAgentIsKilled(AgentOnAMachine agent, StrongroomClient reader, String device)
            throws Exception {
        long killed = agent.status().integer("pid");
        ProcessHandle.of(killed).orElseThrow().destroyForcibly();
        agent.write(500);
        agent.arrived(reader, device);
        assertThat(agent.status().integer("pid")).isNotEqualTo(killed);
        assertThat(Files.readString(agent.folder.resolve("agent/restarts.ndjson")))
                .contains("\"cause\":\"ended\"");
    }

    private static void theLauncherIsKilled(AgentOnAMachine agent, Process launcher) throws Exception {
        ProcessHandle running = ProcessHandle.of(agent.status().integer("pid")).orElseThrow();
        int unused = launcher.destroyForcibly().waitFor();
        await().atMost(ServerOnAPort.PATIENCE).until(() -> !running.isAlive());
        assertThat(agent.status().text("state")).isEqualTo("stopped");
    }

    private static void commandsGoBothWays(ServerOnAPort server, String device) throws Exception {
        String commands = "/api/v1/devices/" + device + "/commands";
        Json.Obj unused =
                server.post(commands, Json.object().put("kind", "rotate-queue").build());
        await().atMost(ServerOnAPort.PATIENCE).until(() -> server.get(commands)
                .objects("items", each -> each.text("state"))
                .equals(List.of("done")));
    }

    private void nobodyElseIsBelieved(ServerOnAPort server) throws Exception {
        assertThat(sent(server, TestIdentity.create()))
                .isInstanceOfSatisfying(Reply.Unanswered.class, unanswered -> assertThat(unanswered.why())
                        .contains("PKIX"));
    }

    /** What comes of a batch that somebody sends. */
    private Reply sent(ServerOnAPort server, DeviceIdentity by) throws Exception {
        TestDisk disk = new TestDisk(folder.resolve("other"), TestDisk.LOGS);
        StreamQueue queue = disk.open();
        queue.append(List.of(new byte[] {'{', '}'}), TestDisk.POSITION, "1");
        disk.pass();
        try (Connection connection = new Connection(by);
                MqttTransport transport = new MqttTransport(
                        connection,
                        () -> Optional.of(new MqttAddress("localhost", server.mqttPort())),
                        unheard -> {},
                        new Skew(),
                        InstantSource.system())) {
            return transport.send(queue.next().orElseThrow());
        }
    }
}
