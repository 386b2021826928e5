package io.strongroom.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.QueryItem;
import io.strongroom.api.QueryPage;
import io.strongroom.api.client.RecordQuery;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole way: a code, an identity, a log file that is rotated, and records at an appliance that is killed meanwhile. */
final class AgentOverHttpTest {
    @TempDir
    private Path folder;

    private int written;

    private record Ran(int exit, String out, String err) {}

    private Ran agent(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Agent.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int exit = line.execute(arguments);
        return new Ran(exit, out.toString(), err.toString());
    }

    private String data() {
        return folder.resolve("agent").toString();
    }

    private Process run() throws IOException {
        return ServerOnAPort.java("io.strongroom.agent.Agent", "run", "--data", data())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("agent.log").toFile()))
                .start();
    }

    private void write(int lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            text.append("2026-11-21T12:00:00Z host app[7]: event number ")
                    .append(written++)
                    .append('\n');
        }
        Files.writeString(folder.resolve("app.log"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void rotate(int number) throws IOException {
        Files.move(folder.resolve("app.log"), folder.resolve("app.log." + number));
    }

    private static List<Integer> numbers(StrongroomClient client, String device) {
        List<QueryItem> items = new ArrayList<>();
        RecordQuery query = RecordQuery.ALL.source(device).stream("audit.logs").limit(500);
        QueryPage page = client.records().query(query);
        items.addAll(page.items());
        while (page.nextCursor() != null) {
            page = client.records().query(query.cursor(String.valueOf(page.nextCursor())));
            items.addAll(page.items());
        }
        return items.stream()
                .sorted(Comparator.comparingLong(QueryItem::seq))
                .map(item -> item.record().object("attributes").text("line"))
                .map(line -> Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1)))
                .toList();
    }

    @Test
    void nothingIsLostOrDoubledThoughAgentAndApplianceAreKilledAndTheLogIsRotated() throws Exception {
        try (ServerOnAPort server = new ServerOnAPort(folder).start()) {
            assertThat(agent("run", "--data", data()).err()).contains("not enrolled");
            String code = server.post(
                            "/api/v1/devices/tokens",
                            Json.object()
                                    .put("label", "lab")
                                    .put("group", "default")
                                    .build())
                    .text("code");
            Path codeFile = folder.resolve("code");
            Files.writeString(codeFile, code + "\n");
            Ran enrolled = agent(
                    "enrol",
                    "--data",
                    data(),
                    "--appliance",
                    server.devices().toString(),
                    "--code-file",
                    codeFile.toString());
            assertThat(enrolled.exit()).as(enrolled.err()).isZero();
            assertThat(Files.getPosixFilePermissions(folder.resolve("agent/identity/a.key")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            Files.writeString(folder.resolve("agent/agent.yml"), """
                    tenant: acme
                    collect.logs.files: %s
                    collect.health.every-seconds: 5
                    queue.least-free-mib: 1
                    """.formatted(folder.resolve("app.log")));

            write(700);
            Process agent = run();
            try {
                await().atMost(ServerOnAPort.PATIENCE)
                        .until(() -> agent("status", "--data", data()).exit() == 0);
                String device = status().text("device");
                write(50);
                rotate(1);
                write(50);
                server.kill();
                write(100);
                agent.destroyForcibly().waitFor();
                rotate(2);
                write(100);
                agent = run();
                write(50);
                await().atMost(ServerOnAPort.PATIENCE)
                        .until(() -> status().optionalText("trouble") != null
                                && status().object("queue").integer("waiting") > 0);
                assertThat(agent("renew", "--data", data()).err()).contains("An agent runs");
                server.start();
                agent.destroy();
                agent.waitFor();
                write(50);
                Ran renewed = agent("renew", "--data", data());
                assertThat(renewed.exit()).as(renewed.err()).isZero();
                assertThat(folder.resolve("agent/identity/a.key")).doesNotExist();
                agent = run();
                write(50);
                String token = server.readerToken();
                try (StrongroomClient reader = server.client(token)) {
                    await().atMost(ServerOnAPort.PATIENCE)
                            .until(() -> numbers(reader, device).size() >= written);
                    assertThat(numbers(reader, device))
                            .isEqualTo(IntStream.range(0, written).boxed().toList());
                    await().atMost(ServerOnAPort.PATIENCE).until(() -> !reader.records()
                            .query(RecordQuery.ALL.source(device).stream("telemetry.health"))
                            .items()
                            .isEmpty());
                }
                Ran diagnosed = agent("diagnose", "--data", data());
                assertThat(diagnosed.out())
                        .contains("answered in")
                        .contains("HTTP_2")
                        .contains(device);
                assertThat(status().objects("collectors", each -> each))
                        .anyMatch(each -> each.text("collector").equals("logs") && each.integer("cpuMillis") > 0);
                revoked(server, device);
                agent.destroy();
                assertThat(agent.waitFor()).isEqualTo(128 + 15);
                assertThat(agent("status", "--data", data()).exit()).isEqualTo(3);
            } finally {
                agent.destroyForcibly().waitFor();
            }
        }
    }

    /** A revoked device stops sending, says so, and keeps what it has. */
    private void revoked(ServerOnAPort server, String device) throws Exception {
        Json.Obj unused = server.post("/api/v1/devices/" + device + "/revoke", Json.Obj.EMPTY);
        write(20);
        await().atMost(ServerOnAPort.PATIENCE)
                .until(() -> agent("status", "--data", data()).out().contains("SHUT OUT"));
        assertThat(agent("status", "--data", data()).exit()).isEqualTo(1);
        assertThat(status().object("queue").integer("waiting")).isGreaterThanOrEqualTo(20);
    }

    private Json.Obj status() throws IOException {
        return Json.parseObject(Files.readAllBytes(folder.resolve("agent/status.json")));
    }
}
