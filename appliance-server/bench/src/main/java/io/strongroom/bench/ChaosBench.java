package io.strongroom.bench;

import io.strongroom.api.ExportFormat;
import io.strongroom.api.ExportRequest;
import io.strongroom.api.ExportStatus;
import io.strongroom.api.Scope;
import io.strongroom.api.Selection;
import io.strongroom.api.TokenRequest;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.installer.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Kills the server and agents as hard as the system can, at moments that nobody chose, while log lines are written.
 * Afterwards a pack tells what is in the ledger: each sequence number of each device is there once, or a gap names it; each
 * line that was written is there once; and the pack verifies. Ends with a failure if not.
 */
final class ChaosBench {
    private static final int LINES_A_SECOND = 100;
    private static final int LONGEST_LIFE_MILLIS = 12_000;
    private static final int LONGEST_DEATH_MILLIS = 4_000;
    private static final Duration CATCH_UP = Duration.ofMinutes(4);
    private static final Duration EXPORT_LIMIT = Duration.ofMinutes(5);

    private final Report report;
    private final int minutes;
    private final Random random = new Random();

    ChaosBench(Report report, int minutes) {
        this.report = report;
        this.minutes = minutes;
    }

    void run() throws IOException, SQLException, InterruptedException {
        try (ChaosServer server = ChaosServer.start(report)) {
            String administrator = server.appliance().administratorToken();
            List<ChaosAgent> agents = new ArrayList<>();
            try {
                for (String transport : List.of("auto", "mqtt")) {
                    ChaosAgent agent = new ChaosAgent(server.folder().resolve("agent-" + transport), transport);
                    agents.add(agent);
                    agent.enrol(server.appliance(), administrator);
                    agent.start();
                }
                kill(server, agents);
                settle(agents);
                agents.forEach(ChaosAgent::close);
                tell(agents, pack(server, administrator));
            } finally {
                agents.forEach(ChaosAgent::close);
            }
        }
    }

    private void kill(ChaosServer server, List<ChaosAgent> agents)
            throws IOException, SQLException, InterruptedException {
        report.say("killing the server and " + agents.size() + " agents at random for " + minutes + " min");
        int servers = 0;
        int others = 0;
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
        while (System.nanoTime() < end) {
            write(agents, 500 + random.nextInt(LONGEST_LIFE_MILLIS));
            if (random.nextBoolean()) {
                servers++;
                server.kill();
                write(agents, random.nextInt(LONGEST_DEATH_MILLIS));
                server.restart();
            } else {
                others++;
                ChaosAgent agent = agents.get(random.nextInt(agents.size()));
                agent.kill();
                write(agents, random.nextInt(LONGEST_DEATH_MILLIS));
                agent.start();
            }
        }
        report.add(Row.alone("chaos-kills-server", servers, "times"));
        report.add(Row.alone("chaos-kills-agent", others, "times"));
    }

    /** Time passes, and lines are written in it. */
    private static void write(List<ChaosAgent> agents, int millis) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < end) {
            for (ChaosAgent agent : agents) {
                agent.writeLines(LINES_A_SECOND / 10);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private void settle(List<ChaosAgent> agents) throws IOException, InterruptedException {
        report.say("waiting until the agents have sent what they have");
        long end = System.nanoTime() + CATCH_UP.toNanos();
        for (ChaosAgent agent : agents) {
            while (!agent.isThrough()) {
                if (System.nanoTime() > end) {
                    throw new IOException("the agent did not get through: " + agent.status());
                }
                TimeUnit.MILLISECONDS.sleep(500);
            }
        }
    }

    private Path pack(ChaosServer server, String administrator) throws IOException, InterruptedException {
        report.say("having a pack made of all that is there");
        Appliance appliance = server.appliance();
        String token;
        try (StrongroomClient client = appliance.client(administrator)) {
            token = client.tokens()
                    .create(new TokenRequest("chaos", Set.of(Scope.READ, Scope.EXPORT), List.of("chaos"), 1))
                    .token();
        }
        Path pack = server.folder().resolve("pack.zip");
        try (StrongroomClient client = appliance.client(String.valueOf(token))) {
            ExportStatus asked =
                    client.exports().request(new ExportRequest(Selection.ALL, ExportFormat.NDJSON, "chaos"));
            ExportStatus ready = client.exports().await(asked.id(), EXPORT_LIMIT, status -> {});
            client.exports().download(ready, pack, bytes -> {});
        }
        List<String> verify = new ArrayList<>(Distribution.current().verifier());
        verify.addAll(List.of(pack.toString(), "--trust", appliance.trustFile().toString()));
        Path said = server.folder().resolve("verifier.log");
        int code = new ProcessBuilder(verify)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start()
                .waitFor();
        Files.readAllLines(said).forEach(report::say);
        if (code != 0) {
            throw new IOException("the pack does not verify: the verifier ended with code " + code);
        }
        return pack;
    }

    private void tell(List<ChaosAgent> agents, Path pack) throws IOException {
        ChaosAccount account = ChaosAccount.of(pack);
        long written = 0;
        long missing = 0;
        for (ChaosAgent agent : agents) {
            written += agent.written();
            for (long line = 0; line < agent.written(); line++) {
                if (!account.hasLine(agent.name(), line)) {
                    missing++;
                }
            }
        }
        report.add(Row.alone("chaos-lines-written", written, "lines"));
        report.add(Row.alone("chaos-lines-missing", missing, "lines"));
        report.add(Row.alone("chaos-lines-doubled", account.doubledLines(), "lines"));
        report.add(Row.alone("chaos-sequences", account.sequences(), "numbers"));
        report.add(Row.alone("chaos-sequences-missing", account.missing(), "numbers"));
        report.add(Row.alone("chaos-sequences-doubled", account.doubled(), "numbers"));
        report.add(Row.alone("chaos-gaps", account.gaps(), "records"));
        report.add(Row.alone("chaos-epochs", account.epochs(), "of devices' streams"));
        // A line that is not there must be one that a gap names, which has its number but not its text.
        if (account.missing() + account.doubled() > 0 || missing > account.named()) {
            throw new IOException("not every sequence number is accounted for");
        }
    }
}
