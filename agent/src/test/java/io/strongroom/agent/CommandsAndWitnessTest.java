package io.strongroom.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.agent.AgentOnAMachine.Ran;
import io.strongroom.api.ExportFormat;
import io.strongroom.api.ExportRequest;
import io.strongroom.api.Scope;
import io.strongroom.api.Selection;
import io.strongroom.api.client.RecordQuery;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.SignedNote;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that is asked to do things, and that watches an appliance which is restored from yesterday's copy. */
final class CommandsAndWitnessTest {
    private final Path folder;
    private final AgentOnAMachine machine;
    private final ServerOnAPort server;

    CommandsAndWitnessTest(@TempDir Path folder) {
        this.folder = folder;
        this.machine = new AgentOnAMachine(folder);
        this.server = new ServerOnAPort(folder);
    }

    private Json.Obj outcome(String device, Json.Obj order) throws Exception {
        String id =
                server.post("/api/v1/devices/" + device + "/commands", order).text("id");
        await().atMost(ServerOnAPort.PATIENCE).until(() -> Set.of("done", "failed")
                .contains(command(device, id).text("state")));
        return command(device, id);
    }

    private Json.Obj command(String device, String id) throws Exception {
        return server.get("/api/v1/devices/" + device + "/commands").objects("items", each -> each).stream()
                .filter(each -> each.text("id").equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Json.Obj order(String kind) {
        return Json.object().put("kind", kind).build();
    }

    private Json.Obj resend(String epoch, long first, long last) {
        return Json.object()
                .put("kind", "resend")
                .put("stream", "audit.logs")
                .put("epoch", epoch)
                .put("first", first)
                .put("last", last)
                .build();
    }

    private String epoch() throws IOException {
        return machine.status().objects("streams", each -> each).stream()
                .filter(each -> each.text("stream").equals("audit.logs"))
                .map(each -> each.text("epoch"))
                .findFirst()
                .orElseThrow();
    }

    private long cosigned() throws IOException {
        Path posted = folder.resolve("agent/witness/posted");
        return Files.exists(posted)
                ? Checkpoint.parseText(Files.readString(posted)).size()
                : 0;
    }

    /** Has the appliance sign a checkpoint of all that it has, with every key, as for each pack; gives its size. */
    private void full(String exporter) throws IOException {
        try (StrongroomClient client = server.client(exporter)) {
            var asked = client.exports().request(new ExportRequest(Selection.ALL, ExportFormat.NDJSON, "audit"));
            var unused = client.exports().await(String.valueOf(asked.id()), Duration.ofMinutes(2), status -> {});
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(each).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Test
    void anAgentDoesWhatItIsAskedAndFindsAnApplianceOutThatForgets() throws Exception {
        try (ServerOnAPort started = server.start()) {
            machine.enrol(started, started.devices());
            machine.settings("""
                    collect.health.enabled: false
                    collect.inventory.enabled: false
                    collect.agent.every-seconds: 3600
                    witness.every-seconds: 1
                    """);
            machine.write(20);
            Process agent = machine.run();
            try {
                String exporter = server.token(Scope.EXPORT);
                String reader = server.token(Scope.READ);
                commands(reader);
                forgets(exporter, reader);
            } finally {
                agent.destroyForcibly().waitFor();
            }
        }
    }

    private void commands(String reader) throws Exception {
        await().atMost(ServerOnAPort.PATIENCE)
                .until(() -> machine.command("status").exit() == 0
                        && machine.status().object("sent").integer("lines") >= 20);
        String device = machine.status().text("device");
        String first = epoch();

        assertThat(outcome(device, order("collect")).text("state")).isEqualTo("done");
        assertThat(outcome(device, resend(first, 0, 19)).text("state")).isEqualTo("done");
        assertThat(outcome(device, resend(first, 10, 5_000)).text("reason")).isEqualTo("partly-gone");
        assertThat(outcome(device, resend("00112233445566778899aabbccddeeff", 0, 5))
                        .text("reason"))
                .isEqualTo("gone");
        assertThat(outcome(
                                device,
                                Json.object()
                                        .putAll(order("rotate-queue"))
                                        .put("stream", "audit.nothing")
                                        .build())
                        .text("reason"))
                .isEqualTo("no-such-stream");
        assertThat(outcome(device, order("rotate-queue")).text("state")).isEqualTo("done");
        await().atMost(ServerOnAPort.PATIENCE).until(() -> !epoch().equals(first));
        assertThat(outcome(device, order("renew")).text("state")).isEqualTo("done");
        assertThat(folder.resolve("agent/identity/b.crt")).exists();
        machine.write(20);
        try (StrongroomClient client = server.client(reader)) {
            machine.arrived(client, device);
            await().atMost(ServerOnAPort.PATIENCE).untilAsserted(() -> assertThat(client.records()
                            .query(RecordQuery.ALL.stream("system.devices").resource(device))
                            .items())
                    .extracting(item -> item.record().text("action"))
                    .contains(
                            "Device.CommandGiven",
                            "Device.CommandDone",
                            "Device.CommandFailed",
                            "Device.WitnessBound"));
        }
    }

    private void cosignsTheNext(String exporter) throws IOException {
        long before = cosigned();
        full(exporter);
        await().atMost(ServerOnAPort.PATIENCE).until(() -> cosigned() > before);
    }

    private void forgets(String exporter, String reader) throws Exception {
        // The first one that there is, of a log with nothing in it.
        await().atMost(ServerOnAPort.PATIENCE).until(() -> Files.exists(folder.resolve("agent/witness/posted")));
        String device = machine.status().text("device");
        Json.Obj rotated = server.post("/api/v1/ledger/keys/rotate", Json.Obj.EMPTY);
        assertThat(rotated.objects("keys", each -> each)).hasSize(8);
        cosignsTheNext(exporter);
        server.kill();
        copy(folder.resolve("appliance"), folder.resolve("yesterday"));
        var unused = server.start();
        cosignsTheNext(exporter);
        Path proof = folder.resolve("agent/witness/head.note");
        byte[] head = Files.readAllBytes(proof);

        server.kill();
        Files.move(folder.resolve("appliance"), folder.resolve("tomorrow"));
        copy(folder.resolve("yesterday"), folder.resolve("appliance"));
        unused = server.start();

        await().atMost(ServerOnAPort.PATIENCE)
                .until(() -> machine.command("status").exit() == 4);
        assertThat(machine.command("status").out()).contains("INCIDENT S1").contains("log-rollback");
        Ran shown = machine.command("witness");
        assertThat(shown.exit()).isEqualTo(4);
        assertThat(shown.out()).contains(SignedNote.parse(head).text());
        try (StrongroomClient client = server.client(reader)) {
            await().atMost(ServerOnAPort.PATIENCE).untilAsserted(() -> assertThat(client.records()
                            .query(RecordQuery.ALL.source(device).stream("incident.agent"))
                            .items())
                    .anySatisfy(item -> {
                        assertThat(item.record().text("action")).isEqualTo("Incident.Raised");
                        Json.Obj attributes = item.record().object("attributes");
                        assertThat(attributes.text("rule")).isEqualTo("log-rollback");
                        assertThat(attributes.text("severity")).isEqualTo("S1");
                        assertThat(attributes.text("kept"))
                                .isEqualTo(SignedNote.parse(head).render());
                    }));
        }

        // The restored appliance goes on, past where it was, and shows another history under the same key.
        assertThat(machine.command("witness", "--resolve").exit()).isZero();
        while (Checkpoint.parseText(SignedNote.parse(head).text()).size() >= size(reader)) {
            machine.write(200);
            long now = size(reader);
            await().atMost(ServerOnAPort.PATIENCE).until(() -> size(reader) > now);
        }
        full(exporter);
        await().atMost(ServerOnAPort.PATIENCE)
                .until(() ->
                        folder.resolve("agent/witness/incident.json").toFile().exists());
        await().atMost(ServerOnAPort.PATIENCE)
                .until(() -> List.of("log-fork", "log-rollback").contains(rule()));
        if (rule().equals("log-rollback")) {
            // It looked before the appliance had signed a later one.
            assertThat(machine.command("witness", "--resolve").exit()).isZero();
            await().atMost(ServerOnAPort.PATIENCE)
                    .until(() -> machine.command("witness").out().contains("log-fork"));
        }
        assertThat(Files.readAllBytes(proof)).as("nothing was cosigned").isEqualTo(head);
        assertThat(machine.command("witness", "--resolve", "--begin-anew").exit())
                .isZero();
        await().atMost(ServerOnAPort.PATIENCE)
                .until(() -> cosigned()
                        > Checkpoint.parseText(SignedNote.parse(head).text()).size());
    }

    private String rule() throws IOException {
        Path incident = folder.resolve("agent/witness/incident.json");
        return Files.exists(incident)
                ? Json.parseObject(Files.readAllBytes(incident)).text("rule")
                : "";
    }

    private long size(String reader) throws IOException {
        try (StrongroomClient client = server.client(reader)) {
            return client.ledger().awaitCheckpoint(0, Duration.ofSeconds(1)).size();
        }
    }
}
