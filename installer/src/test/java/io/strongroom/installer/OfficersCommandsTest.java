package io.strongroom.installer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What officers do from the command line, with an appliance of its own process: three come in, and bring a rule into
 * force. One story, told in its order.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OfficersCommandsTest {
    private final Path folder;
    private final Path data;
    private final Path clone;
    private final Desk ann;
    private final Desk ben;
    private final Desk cas;
    private ServerProcess server;
    private String recoveryCode = "";

    OfficersCommandsTest(@TempDir Path folder) {
        this.folder = folder;
        this.data = folder.resolve("data");
        this.clone = folder.resolve("rules");
        this.ann = new Desk("ann@example.com", folder.resolve("ann"));
        this.ben = new Desk("ben@example.com", folder.resolve("ben"));
        this.cas = new Desk("cas@example.com", folder.resolve("cas"));
        this.server = ServerProcess.start(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dkeystore.pkcs12.keyPbeIterationCount=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "io.strongroom.server.Strongroom",
                        "--data",
                        data.toString(),
                        "--port",
                        "0",
                        "--tenant",
                        "acme"),
                folder.resolve("server.log"));
    }

    @BeforeAll
    void start() {
        assertThat(System.getenv("STRONGROOM_OFFICER_HOME"))
                .as("the test is not to meet anybody's own folder")
                .isNull();
        assertThat(System.getenv("XDG_CONFIG_HOME")).isNull();
        server.awaitReady(data, Duration.ofMinutes(2));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private void join(Desk who, String invitation) {
        Desk.Ran accepted = who.accept(invitation.strip(), data).good();
        recoveryCode = accepted.find("once:\\s+(\\S+)");
        who.signIn(who::code, data).good();
        String key = who.run(List.of(() -> Desk.PASSPHRASE, () -> Desk.PASSPHRASE), "key", "make")
                .good()
                .out()
                .strip();
        assertThat(who.signing("key", "enrol").good().out()).startsWith(key + " counts for " + who.officer());
        assertThat(who.run("key", "list").good().out()).contains(key + "  since ");
    }

    private String git(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("git", "-C", clone.toString(), "-c", "user.name=Cas", "-c", "user.email=cas@example.com"));
        command.addAll(List.of(arguments));
        try {
            Path said = Files.createTempFile(folder, "git", ".out");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(said)).isZero();
            return Files.readString(said).strip();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void assertRefused(Desk.Ran ran, String reason) {
        assertThat(ran.err()).contains(reason);
        assertThat(ran.exit()).isEqualTo(1);
    }

    @Test
    @Order(1)
    void whoIsNotInIsToldWhatToDo() {
        assertRefused(ann.run("whoami"), "nobody is signed in: `strongroom sign-in`");
        assertRefused(ann.run("policy", "review"), "nobody is signed in");
        assertRefused(ann.run("sign-in", "--url", "https://127.0.0.1:1"), "--fingerprint");
        assertRefused(ann.run(List.of(() -> "sri_wrong"), "accept", "--data", data.toString()), "invitation-invalid");
        assertRefused(
                ann.run("invite", "--first", "--data", data.toString(), ann.officer(), "--role", "King"),
                "a role is one of");
        assertThat(ann.run("invite").exit()).isEqualTo(2);
        assertThat(ann.run("policy", "approve", "x").err()).contains("--commit");
        assertThat(ann.run("policy", "approve", "x").exit()).isEqualTo(2);
    }

    @Test
    @Order(2)
    void theAdministratorInvitesOneWhoInvitesTheOthers() {
        String[] first = {"invite", "--first", "--data", data.toString(), ann.officer(), "--role", "Security.Admin"};
        join(ann, ann.run(first).good().out());
        assertRefused(ann.run(first), "user-conflict");
        join(
                ben,
                ann.run("invite", ben.officer(), "--role", "Compliance.Reviewer")
                        .good()
                        .out());
        join(
                cas,
                ann.run("invite", cas.officer(), "--role", "Audit.Admin").good().out());

        assertThat(ben.run("whoami").good().out())
                .contains(ben.officer())
                .containsPattern("roles +Compliance.Reviewer");
        assertRefused(ben.run("invite", "dan@example.com", "--role", "Audit.Reader"), "forbidden");
        assertThat(ann.run("devices", "token", "till 4").good().out()).startsWith("sre_");
        assertThat(ann.run("devices", "list", "--state", "active").good().out()).isEmpty();
        assertRefused(ann.run("devices", "show", "dev-nobody"), "not-found");
        assertRefused(ann.run("devices", "decide", "forgive", "dev-nobody"), "decide approve");
        assertRefused(ann.run("devices", "decide", "revoke", "dev-nobody"), "not-found");
        assertRefused(ann.run("devices", "command", "dev-nobody", "dance"), "the command is not one");
        assertRefused(ann.run("devices", "command", "dev-nobody", "collect"), "not-found");
        assertRefused(ann.run("devices", "commands", "dev-nobody"), "not-found");
        assertRefused(ann.run("devices", "command-group", "default", "dance"), "the command is not one");
        assertRefused(ann.run("devices", "command-group", "nobodys", "collect"), "not-found");
        assertThat(ann.run("devices", "command-group", "default", "collect")
                        .good()
                        .out())
                .as("nobody is enrolled")
                .isEmpty();
        assertRefused(ben.run("devices", "command-group", "default", "collect"), "forbidden");
        assertRefused(ben.run("devices", "token", "till 5"), "forbidden");
    }

    @Test
    @Order(3)
    void oneProposesAndWhatDoesNotPassIsNotTaken() throws IOException {
        cas.run("policy", "clone", clone.toString()).good();
        Files.writeString(clone.resolve("classification.yaml"), "default: SECRET\n");
        git("commit", "-q", "-a", "-m", "Not a class");
        assertThat(cas.run("policy", "test", clone.toString()).exit()).isEqualTo(1);
        assertRefused(cas.run("policy", "propose", "bad", "--title", "Bad", "--dir", clone.toString()), "git ended");

        git("reset", "-q", "--hard", "HEAD~1");
        Files.writeString(clone.resolve("bundle.yaml"), "name: acme\nversion: \"8\"\n");
        git("commit", "-q", "-a", "-m", "Ours");
        cas.run("policy", "test", clone.toString()).good();
        cas.run("policy", "propose", "ours", "--title", "Our rules", "--dir", clone.toString())
                .good();

        assertThat(ann.run("policy", "review").good().out()).containsPattern("open +proposals/ours +Our rules");
        assertThat(ann.run("policy", "review", "ours", "--lines").good().out())
                .contains("commit   " + git("rev-parse", "HEAD"))
                .contains("It decides otherwise:")
                .contains("+version: \"8\"");
        assertRefused(ann.run("policy", "review", "nowhere"), "not-found");
    }

    @Test
    @Order(4)
    void twoOthersApproveItAndItComesIntoForce() {
        String commit = git("rev-parse", "HEAD");
        assertRefused(
                ann.signing("policy", "approve", "ours", "--commit", git("rev-parse", "HEAD~1")), "review it again");
        assertRefused(cas.signing("policy", "approve", "ours", "--commit", commit), "themselves");
        ann.signing("policy", "approve", "ours", "--commit", commit.substring(0, 8))
                .good();
        assertRefused(ann.run("policy", "activate", "ours"), "not-approved");
        benAsksForChangesAndTakesThatBack(commit);
        assertRefused(
                ben.run(List.of(() -> "another phrase"), "policy", "approve", "ours", "--commit", commit),
                "passphrase");
        ben.signing("policy", "approve", "ours", "--commit", commit).good();

        assertThat(ann.run("policy", "activate", "ours").good().out()).contains("In force: bundle sha256:", commit);

        assertRefused(ann.run("policy", "activate", "ours"), "proposal-ended");
        assertThat(ben.run("policy", "log").good().out())
                .contains("in force: acme 8, sha256:")
                .contains(commit + "  proposals/ours by " + cas.officer());
        assertThat(ben.run("policy", "diff", clone.toString(), clone.toString())
                        .good()
                        .out())
                .doesNotContain("loses");
    }

    private void benAsksForChangesAndTakesThatBack(String commit) {
        String[] comment = {"policy", "comment", "ours", "--commit", commit.substring(0, 8)};
        ben.run(with(comment, "--file", "bundle.yaml", "--line", "2", "Why 8?")).good();
        assertRefused(ben.run(with(comment, "--file", "nowhere.yaml", "x")), "has no such file");
        assertRefused(ben.run(with(comment, "--line", "2", "x")), "name the --file, too");
        assertRefused(ben.run("policy", "comment", "ours", "--commit", "00000000", "x"), "review it again");
        ben.signing(with(comment, "--request-changes", "Say so in the README.")).good();

        assertThat(ann.run("policy", "review", "ours").good().out())
                .contains("✘ " + ben.officer())
                .containsPattern(ben.officer() + " said, \\S+, of bundle.yaml:2\n  Why 8\\?\n")
                .containsPattern(ben.officer() + " asked for changes, \\S+\n  Say so in the README.\n");
        assertRefused(ann.run("policy", "activate", "ours"), "not-approved");
        assertThat(ben.run("policy", "take-back", "ours").good().out()).contains("Took back: reject, commit " + commit);
        assertRefused(ben.run("policy", "take-back", "ours"), "you have neither approved");
        assertRefused(ben.run("policy", "withdraw", "ours"), "forbidden");
    }

    private static String[] with(String[] some, String... more) {
        return Stream.concat(Arrays.stream(some), Arrays.stream(more)).toArray(String[]::new);
    }

    @Test
    @Order(5)
    void whatARevokedDeviceHadNotSentIsBroughtAndComesOnce() throws IOException {
        Path log = folder.resolve("app.log");
        Files.writeString(log, "2026-11-21T12:00:00Z till4 app[7]: kept by the till\n");
        Path code = folder.resolve("code");
        Files.writeString(code, ann.run("devices", "token", "till 4").good().out());
        String at = Json.parseObject(Files.readAllBytes(data.resolve("run/ready.json")))
                .text("devices");
        String enrolled = agent("enrol", "--appliance", at, "--code-file", code.toString());
        String device = enrolled.replaceFirst("(?s).*This device is (dev-\\S+?)\\. .*", "$1");
        Files.writeString(folder.resolve("agent/agent.yml"), """
                tenant: acme
                collect.logs.files: %s
                collect.health.enabled: false
                collect.inventory.enabled: false
                queue.least-free-mib: 1
                """.formatted(log));
        assertThat(ann.run("devices", "command-group", "default", "collect", "--minutes", "5")
                        .good()
                        .out())
                .containsPattern(device + "  \\S+ is waiting, until ");
        assertThat(ann.run("devices", "commands", device).good().out()).containsPattern("  collect  waiting");
        ann.run("devices", "decide", "revoke", device).good();
        Process running = started("run");
        try {
            await().atMost(Duration.ofMinutes(1)).until(() -> shutOut() && waiting() > 0);
        } finally {
            running.destroyForcibly().onExit().join();
        }
        Path exported = folder.resolve("exported");
        assertThat(agent("export", "--to", exported.toString())).contains("strongroom devices import " + device);
        List<String> arguments = new ArrayList<>(List.of("devices", "import", device));
        try (Stream<Path> files = Files.list(exported)) {
            files.map(Path::toString).forEach(arguments::add);
        }

        assertRefused(ben.run(arguments.toArray(String[]::new)), "forbidden");
        String brought = ann.run(arguments.toArray(String[]::new)).good().out();
        assertThat(brought).contains(": audit.logs is there through 0");
        assertThat(ann.run(arguments.toArray(String[]::new)).good().out())
                .as("once more")
                .isEqualTo(brought);
        assertRefused(ann.run("devices", "import", device, code.toString()), "malformed-batch");
        assertRefused(
                ann.run("devices", "import", device, folder.resolve("nothing").toString()), "nothing cannot be read");
    }

    private Json.Obj status() throws IOException {
        Path file = folder.resolve("agent/status.json");
        return Files.exists(file) ? Json.parseObject(Files.readAllBytes(file)) : Json.Obj.EMPTY;
    }

    private boolean shutOut() throws IOException {
        return status().optionalText("shutOut") != null;
    }

    private long waiting() throws IOException {
        return status().object("queue").integer("waiting");
    }

    /** What the agent said, once it ended well. */
    private String agent(String... arguments) throws IOException {
        Path said = Files.createTempFile(folder, "agent", ".out");
        Process ended = agent(said, arguments).onExit().join();
        assertThat(ended.exitValue()).as(Files.readString(said)).isZero();
        return Files.readString(said);
    }

    private Process started(String command) throws IOException {
        return agent(Files.createTempFile(folder, "agent", ".out"), command);
    }

    private Process agent(Path said, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.strongroom.agent.Agent",
                arguments[0],
                "--data",
                folder.resolve("agent").toString()));
        command.addAll(List.of(arguments).subList(1, arguments.length));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
    }

    @Test
    @Order(7)
    void whoeverRunsItIsToldHowItIs() {
        Desk.Ran told = ann.run("status", "--data", data.toString()).good();

        assertThat(told.out())
                .contains("health         ✔ ready", "database       h2, which is for trying out")
                .containsPattern(
                        "checkpoint     \\d+ of \\d+ entries\nread model     followed the ledger to \\d+, \\d+ ms");
    }

    @Test
    @Order(6)
    void aCodeCountsOnceAndASessionUntilItIsEnded() {
        assertThat(cas.run("step-up").good().out()).contains("the second factor counts until");
        assertRefused(cas.run(List.of(cas::usedCode), "step-up"), "second-factor-refused");
        cas.run("sign-out").good();
        assertRefused(cas.run("whoami"), "nobody is signed in");

        assertThat(cas.signIn(() -> recoveryCode, data).good().out()).contains(cas.officer() + " is signed in");
        ann.run("sign-out", "--everywhere").good();
        cas.run("sign-out").good();
        assertRefused(cas.signIn(() -> recoveryCode, data), "sign-in-refused");
    }
}
