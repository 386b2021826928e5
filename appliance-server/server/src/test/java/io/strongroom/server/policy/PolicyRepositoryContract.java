package io.strongroom.server.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.Scope;
import io.strongroom.api.client.RecordQuery;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.server.ApplianceFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The policy's repository, as the program git meets it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class PolicyRepositoryContract {
    private static final String OF_NOBODY = """
            time: 2026-11-21T10:00:00Z
            readers: {reader: {roles: [Audit.Reader]}}
            cases:
              - {name: nobody, access: [{operation: policy.approve, allowed: []}]}
            """;

    private final Path folder;
    private final String[] options;
    private ApplianceFixture appliance;
    private final String proposer;
    private final Git git;

    PolicyRepositoryContract(Path folder, String... options) {
        this.folder = folder;
        this.options = options;
        this.appliance = ApplianceFixture.start(folder.resolve("data"), options);
        this.proposer = appliance.token(Set.of(Scope.POLICY));
        this.git = Git.clone(appliance, proposer, folder.resolve("clone"));
    }

    @AfterAll
    void stop() {
        appliance.close();
    }

    @Test
    void whoClonesFindsABundleToBeginWith() {
        assertThat(git.read("bundle.yaml")).contains("name: default");
        assertThat(git.run("branch", "-r").text()).contains("origin/main");
    }

    @Test
    void aGoodProposalIsTakenAndFetchedByAnother() {
        git.branch("good").write("NOTES.md", "why\n").commit("Say why");

        Git.Said said = git.push("HEAD:refs/heads/proposals/good").good();

        assertThat(said.text()).contains("tests passed").contains("bundle sha256:");
        Git reader = Git.clone(appliance, appliance.token(Set.of(Scope.READ)), folder.resolve("reader"));
        assertThat(reader.run("rev-parse", "origin/proposals/good").text().strip())
                .isEqualTo(git.head());
        git.write("NOTES.md", "why not\n").commit("Say it otherwise");
        git.push("HEAD:refs/heads/proposals/good").good();
        assertThat(reader.run("fetch", "-q").good().exit()).isZero();
        assertThat(reader.run("rev-parse", "origin/proposals/good").text().strip())
                .isEqualTo(git.head());
    }

    @Test
    void aFieldWhoseNameReadsAsAnotherIsToldToWhoPushesIt() {
        git.branch("homoglyph")
                .write(
                        "classification.yaml",
                        git.read("classification.yaml")
                                .replace("/attributes/**/*email\n", "/attributes/**/*\u0435mail\n"))
                .commit("Classify what nobody sends");

        assertThat(git.push("HEAD:refs/heads/proposals/homoglyph").good().text())
                .contains("warning: classification.yaml:")
                .contains("mixes LATIN and CYRILLIC letters (U+0435)");
    }

    @Test
    void itsAuthorMayPushAnotherHistoryAndNobodyElseAnything() {
        git.branch("mine").write("MINE.md", "1\n").commit("One");
        git.push("HEAD:refs/heads/proposals/mine").good();
        git.branch("mine").write("MINE.md", "2\n").commit("Two");

        assertThat(git.push("HEAD:refs/heads/proposals/mine").exit())
                .as("git asks for force")
                .isNotZero();
        git.push("+HEAD:refs/heads/proposals/mine").good();
        Git other = Git.clone(appliance, appliance.token(Set.of(Scope.POLICY)), folder.resolve("other"));
        other.branch("mine").write("MINE.md", "3\n").commit("Three");

        assertRefused(other.push("+HEAD:refs/heads/proposals/mine"), "another person's proposal");
    }

    @Test
    void whoMayOnlyReadCannotPush() {
        Git reader = Git.clone(appliance, appliance.token(Set.of(Scope.READ)), folder.resolve("read-only"));
        reader.branch("no").write("NO.md", "no\n").commit("No");

        assertThat(reader.push("HEAD:refs/heads/proposals/no").exit()).isNotZero();
        assertThat(git.run("ls-remote", "origin", "refs/heads/proposals/no").text())
                .isEmpty();
    }

    @Test
    void withoutATokenNothingIsServed() {
        assertThat(appliance
                        .get("/policy.git/info/refs?service=git-upload-pack")
                        .statusCode())
                .isEqualTo(401);
        assertThat(appliance
                        .get("/policy.git/info/refs?service=git-upload-pack")
                        .headers()
                        .allValues("WWW-Authenticate"))
                .anySatisfy(value -> assertThat(value).startsWith("Basic "));
    }

    static Stream<Arguments> hostilePushes() {
        return Stream.of(
                hostile("bad YAML", "classification.yaml", git -> git.write("classification.yaml", "default: [\n")),
                hostile(
                        "an unknown class",
                        "classification.yaml:1",
                        git -> git.write("classification.yaml", "default: SECRET\n")),
                hostile(
                        "a test that fails",
                        "the test",
                        git -> git.write(
                                "default.test.yaml",
                                git.read("default.test.yaml").replaceFirst("class: CONFIDENTIAL", "class: PUBLIC"))),
                hostile(
                        "a YAML bomb",
                        "classification.yaml",
                        git -> git.write(
                                "classification.yaml",
                                "a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\ndefault: *c\n")),
                hostile(
                        "an expression that blows up",
                        "classification.yaml",
                        git -> git.write(
                                "classification.yaml",
                                "default: INTERNAL\ndetectors:\n  - {find: pattern, name: x, pattern: '((a{1,100}){1,100}){1,100}', class: RESTRICTED}\n")),
                hostile(
                        "a condition that loops",
                        "access.yaml",
                        git -> git.write(
                                "access.yaml",
                                "rules:\n  - {roles: [a], operations: [records.read], when: '[1,2].all(x, [1,2].all(y, [1,2].all(z, x==y)))'}\n")),
                hostile(
                        "an expression that blows up in a condition",
                        "access.yaml:1",
                        git -> git.write(
                                "access.yaml",
                                "rules: [{roles: [a], operations: [records.read], when: \"record.action.matches('((a{1000}){1000}){1000}')\"}]\n")),
                hostile("nobody who could change it again", "access.yaml", git -> git.write(
                                "default.test.yaml", OF_NOBODY)
                        .write("access.yaml", "rules: [{roles: [Audit.Admin, Nobody], operations: [policy.*]}]\n")),
                hostile(
                        "what nobody sees",
                        "classification.yaml:3",
                        git -> git.write(
                                "classification.yaml",
                                "default: INTERNAL\nrules:\n  - {fields: [/attributes/pass\u200bword], class: RESTRICTED}\n")),
                hostile("a symbolic link", "symbolic link", git -> link(git, "masking.yaml", "/etc/passwd")),
                hostile("a submodule", "submodule", git -> git.run(
                                "update-index", "--add", "--cacheinfo", "160000," + git.head() + ",sub")
                        .good()),
                hostile("attributes for git", "path", git -> git.write(".gitattributes", "* text\n")),
                hostile("a file of no bundle", "no file of a bundle", git -> git.write("run.sh", "rm -rf /\n")),
                hostile("10,000 files", "has more than 200 files", git -> {
                    for (int i = 0; i < 10_000; i++) {
                        git.write("many/" + i + ".md", "x\n");
                    }
                }),
                hostile("a large file", "bytes", git -> git.write("LARGE.md", "x".repeat(1_500_000))));
    }

    private static Arguments hostile(String name, String reason, Consumer<Git> change) {
        return Arguments.of(name, reason, change);
    }

    private static void link(Git git, String path, String target) {
        try {
            Files.delete(git.folder().resolve(path));
            Files.createSymbolicLink(git.folder().resolve(path), Path.of(target));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostilePushes")
    void isRefused(String name, String reason, Consumer<Git> change) {
        git.branch("hostile");
        change.accept(git);
        if (name.equals("a submodule")) {
            git.run("commit", "-q", "-m", name).good();
        } else {
            git.commit(name);
        }
        long before = packBytes();

        assertRefused(git.push("HEAD:refs/heads/proposals/hostile"), reason);
        assertThat(packBytes()).as("nothing is left of it").isEqualTo(before);
    }

    @Test
    void aLinkThatALaterCommitRemovesIsRefusedToo() {
        git.branch("hidden");
        link(git, "masking.yaml", "/etc/passwd");
        git.commit("Put a link");
        git.run("checkout", "-q", "origin/main", "--", "masking.yaml").good();
        git.commit("Take it away");

        assertRefused(git.push("HEAD:refs/heads/proposals/hidden"), "symbolic link");
    }

    @Test
    void aPushThatIsTooLargeIsRefused() throws IOException {
        git.branch("huge");
        Random random = new Random(7);
        for (int i = 0; i < 15; i++) {
            byte[] noise = new byte[1_500_000];
            random.nextBytes(noise);
            Files.write(git.folder().resolve("N" + i + ".md"), noise);
        }
        git.commit("Much");
        long before = packBytes();

        assertRefused(git.push("HEAD:refs/heads/proposals/huge"), "unpack");
        assertThat(packBytes()).isEqualTo(before);
    }

    @Test
    void whoPushesSlowlyKeepsNobodyElseFromPushing() throws IOException {
        try (PipedOutputStream slow = new PipedOutputStream()) {
            PipedInputStream body = new PipedInputStream(slow);
            CompletableFuture<HttpResponse<String>> answer = appliance
                    .client()
                    .sendAsync(
                            HttpRequest.newBuilder(appliance.url().resolve("/policy.git/git-receive-pack"))
                                    .header("Authorization", "Bearer " + proposer)
                                    .header("Content-Type", "application/x-git-receive-pack-request")
                                    .POST(BodyPublishers.ofInputStream(() -> body))
                                    .build(),
                            BodyHandlers.ofString());
            slow.write("00a9".getBytes(UTF_8));
            slow.flush();
            Awaitility.await().until(() -> arriving() == 1);
            git.branch("meanwhile").write("MEANWHILE.md", "m\n").commit("Meanwhile");

            git.push("HEAD:refs/heads/proposals/meanwhile").good();

            assertThat(answer).isNotDone();
            slow.close();
            assertThat(answer.join().statusCode()).isNotEqualTo(500);
        }
        Awaitility.await().until(() -> arriving() == 0);
    }

    @Test
    void whatIsNoPushIsRefusedInASentence() throws IOException {
        byte[] noise = new byte[100_000];
        new Random(8).nextBytes(noise);

        assertIsNoPush(noise, "identity");
        assertIsNoPush(new byte[100_000], "identity");
        assertIsNoPush("0000".getBytes(UTF_8), "gzip");
        assertIsNoPush(noise, "gzip");
        assertIsNoPush(gzip(new byte[40 << 20]), "gzip");
        assertIsNoPush(Arrays.copyOf(gzip(noise), 50_000), "gzip");
        assertThat(arriving()).isZero();
    }

    private void assertIsNoPush(byte[] body, String encoding) {
        HttpResponse<String> answer = appliance
                .client()
                .sendAsync(
                        HttpRequest.newBuilder(appliance.url().resolve("/policy.git/git-receive-pack"))
                                .header("Authorization", "Bearer " + proposer)
                                .header("Content-Type", "application/x-git-receive-pack-request")
                                .header("Content-Encoding", encoding)
                                .POST(BodyPublishers.ofByteArray(body))
                                .build(),
                        BodyHandlers.ofString())
                .join();
        assertThat(answer.statusCode()).isIn(400, 415);
        assertThat(answer.body()).containsAnyOf("is not what git sends", "does not decode");
    }

    @Test
    void whatFollowsTheGzipOfAFetchIsRefused() throws IOException {
        byte[] asked = gzip("0000".getBytes(UTF_8));
        byte[] more = Arrays.copyOf(asked, asked.length + 100);

        assertThat(fetch(asked).statusCode()).isEqualTo(200);
        assertThat(fetch(more).statusCode()).isEqualTo(415);
        assertThat(fetch(more).body()).contains("does not decode");
    }

    private HttpResponse<String> fetch(byte[] gzip) {
        return appliance
                .client()
                .sendAsync(
                        HttpRequest.newBuilder(appliance.url().resolve("/policy.git/git-upload-pack"))
                                .header("Authorization", "Bearer " + proposer)
                                .header("Content-Type", "application/x-git-upload-pack-request")
                                .header("Content-Encoding", "gzip")
                                .POST(BodyPublishers.ofByteArray(gzip))
                                .build(),
                        BodyHandlers.ofString())
                .join();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    /** Pushes that have not arrived whole. */
    private long arriving() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("data/policy"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("push-"))
                    .count();
        }
    }

    @Test
    void mainTagsNotesAndOtherNamesBelongToNobody() {
        git.branch("names").write("N.md", "n\n").commit("N");

        assertRefused(git.push("HEAD:refs/heads/main"), "main moves by activation only");
        assertRefused(git.push("+HEAD:refs/heads/main"), "main moves by activation only");
        assertRefused(git.push(":refs/heads/main"), "main moves by activation only");
        assertRefused(git.push("HEAD:refs/tags/v1"), "proposals/<name> only");
        assertRefused(git.push("HEAD:refs/notes/x"), "proposals/<name> only");
        assertRefused(git.push("HEAD:refs/heads/proposals/UPPER"), "proposals/<name> only");
        assertRefused(git.push("HEAD:refs/heads/proposals/a/b"), "proposals/<name> only");
        git.push("HEAD:refs/heads/proposals/names").good();
        assertRefused(git.push(":refs/heads/proposals/names"), "withdrawn, never deleted");
    }

    @Test
    void whatWasRefusedIsRecorded() {
        git.branch("recorded").write("bundle.yaml", "name: [\n").commit("Broken");
        assertThat(git.push("HEAD:refs/heads/proposals/recorded").exit()).isNotZero();

        try (StrongroomClient reader = appliance.client(appliance.token(Set.of(Scope.READ)))) {
            RecordQuery refused =
                    RecordQuery.ALL.with("stream", "system.policy").with("action", "policy.push-refused");
            Awaitility.await().untilAsserted(() -> assertThat(
                            reader.records().query(refused).items())
                    .anySatisfy(item -> assertThat(item.record().toString())
                            .contains("refs/heads/proposals/recorded")
                            .contains("bundle.yaml:")));
        }
    }

    /** As after a restore of a database that is somewhat older than the objects. */
    @Test
    void aCopyThatTheDatabaseDoesNotKnowOfIsNoObstacle() throws IOException {
        Path copies = folder.resolve("data/objects/policy/repository");
        long newest;
        try (Stream<Path> files = Files.list(copies)) {
            newest = files.mapToLong(
                            file -> Long.parseLong(file.getFileName().toString().replace(".bundle", "")))
                    .max()
                    .orElseThrow();
        }
        Path unknown = copies.resolve((newest + 1) + ".bundle");
        Files.writeString(unknown, "of a later time");
        Files.setPosixFilePermissions(unknown, PosixFilePermissions.fromString("r--------"));

        git.branch("restored").write("RESTORED.md", "r\n").commit("Restored");
        git.push("HEAD:refs/heads/proposals/restored").good();

        await().untilAsserted(() ->
                assertThat(copies.resolve((newest + 2) + ".bundle")).exists());
    }

    /** Last, because it starts the appliance again. */
    @Test
    @Order(Integer.MAX_VALUE)
    void aFolderThatIsLostIsMadeAgainFromTheObjectStore() throws IOException {
        git.branch("kept").write("KEPT.md", "k\n").commit("Keep");
        git.push("HEAD:refs/heads/proposals/kept").good();
        String before = git.run("ls-remote", "origin").good().text();
        String administrator = appliance.adminToken();
        appliance.close();
        try (Stream<Path> files = Files.walk(repository())) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
        assertThat(repository()).doesNotExist();

        appliance = ApplianceFixture.start(folder.resolve("data"), options).administeredBy(administrator);

        Git again = Git.clone(appliance, proposer, folder.resolve("again"));
        assertThat(again.run("ls-remote", "origin").good().text()).isEqualTo(before);
        again.branch("after").write("AFTER.md", "a\n").commit("After");
        again.push("HEAD:refs/heads/proposals/after").good();
    }

    /** The library locks a branch by a file beside it, which a process that is killed leaves. */
    @Test
    @Order(Integer.MAX_VALUE - 1)
    void aBranchThatAKilledProcessWasMovingMovesAgain() throws IOException {
        git.branch("locked").write("LOCKED.md", "1\n").commit("One");
        git.push("HEAD:refs/heads/proposals/locked").good();
        String administrator = appliance.adminToken();
        appliance.close();
        Files.createFile(repository().resolve("refs/heads/proposals/locked.lock"));

        appliance = ApplianceFixture.start(folder.resolve("data"), options).administeredBy(administrator);

        git.run("remote", "set-url", "origin", appliance.url() + "/policy.git").good();
        git.write("LOCKED.md", "2\n").commit("Two");
        git.push("HEAD:refs/heads/proposals/locked").good();
    }

    private Path repository() {
        return folder.resolve("data/policy/repository.git");
    }

    private long packBytes() {
        try (Stream<Path> files = Files.walk(repository().resolve("objects"))) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void assertRefused(Git.Said said, String reason) {
        assertThat(said.exit()).as(said.text()).isNotZero();
        assertThat(said.text()).contains(reason);
    }
}
