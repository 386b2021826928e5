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
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine;

/** An agent as an operator runs it, a process of its own, on a machine where something writes a log. */
final class AgentOnAMachine {
    final Path folder;
    int written;

    AgentOnAMachine(Path folder) {
        this.folder = folder;
    }

    /** What a command came to. */
    record Ran(int exit, String out, String err) {}

    /** A command of the agent's, in this process. */
    Ran command(String name, String... arguments) {
        List<String> all = new ArrayList<>(List.of(name, "--data", data()));
        all.addAll(List.of(arguments));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Agent.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int exit = line.execute(all.toArray(String[]::new));
        return new Ran(exit, out.toString(), err.toString());
    }

    private String data() {
        return folder.resolve("agent").toString();
    }

    void enrol(ServerOnAPort server, URI at) throws Exception {
        String code = server.post(
                        "/api/v1/devices/tokens",
                        Json.object()
                                .put("label", "lab")
                                .put("group", "default")
                                .build())
                .text("code");
        Path codeFile = folder.resolve("code");
        Files.writeString(codeFile, code + "\n");
        Ran enrolled = command("enrol", "--appliance", at.toString(), "--code-file", codeFile.toString());
        assertThat(enrolled.exit()).as(enrolled.err()).isZero();
    }

    /** Collects this machine's log, and whatever else these settings say. */
    void settings(String more) throws IOException {
        Files.writeString(folder.resolve("agent/agent.yml"), """
                tenant: acme
                collect.logs.files: %s
                queue.least-free-mib: 1
                limits.cpu-percent: 100
                """.formatted(folder.resolve("app.log")) + more);
    }

    /** The agent alone. */
    Process run() throws IOException {
        return start(ServerOnAPort.java("io.strongroom.agent.Agent", "run", "--data", data()));
    }

    /** The agent under its launcher. */
    Process launch() throws IOException {
        return start(ServerOnAPort.java("io.strongroom.agent.launch.Launcher", "run", "--data", data()));
    }

    private Process start(ProcessBuilder process) throws IOException {
        return process.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("agent.log").toFile()))
                .start();
    }

    void write(int lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            text.append("2026-11-21T12:00:00Z host app[7]: event number ")
                    .append(written++)
                    .append('\n');
        }
        Files.writeString(folder.resolve("app.log"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    void rotate(int number) throws IOException {
        Files.move(folder.resolve("app.log"), folder.resolve("app.log." + number));
    }

    Json.Obj status() throws IOException {
        return Json.parseObject(Files.readAllBytes(folder.resolve("agent/status.json")));
    }

    private static RecordQuery lines(String device) {
        return RecordQuery.ALL.source(device).stream("audit.logs");
    }

    /** The numbers of the lines that the appliance has, in the order in which it took them in. */
    private static List<Integer> numbers(StrongroomClient client, String device) {
        List<QueryItem> items = new ArrayList<>();
        RecordQuery query = lines(device).limit(500);
        QueryPage page = client.records().query(query);
        items.addAll(page.items());
        while (page.nextCursor() != null) {
            page = client.records().query(query.cursor(String.valueOf(page.nextCursor())));
            items.addAll(page.items());
        }
        return numbers(items);
    }

    private static List<Integer> numbers(List<QueryItem> items) {
        return items.stream()
                .sorted(Comparator.comparingLong(QueryItem::seq))
                // A notice of the queue has none.
                .flatMap(item ->
                        Optional.ofNullable(item.record().object("attributes").optionalText("line")).stream())
                .map(line -> Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1)))
                .toList();
    }

    /** Waits until all that was written is there: each line once, in order. */
    void arrived(StrongroomClient reader, String device) {
        // To look through all of them each time would be most of what the appliance does in these tests.
        RecordQuery newest = lines(device).with("sort", "-seq").limit(10);
        await().atMost(ServerOnAPort.PATIENCE)
                .until(() -> numbers(reader.records().query(newest).items()).contains(written - 1));
        assertThat(numbers(reader, device))
                .isEqualTo(IntStream.range(0, written).boxed().toList());
    }
}
