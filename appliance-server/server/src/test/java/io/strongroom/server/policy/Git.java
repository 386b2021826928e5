package io.strongroom.server.policy;

import io.strongroom.server.ApplianceFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program git, as somebody has it on their machine, with a token for the appliance. */
final class Git {
    private final Path folder;
    private final List<String> settings;

    private Git(Path folder, List<String> settings) {
        this.folder = folder;
        this.settings = settings;
    }

    /** What a call of the program said. */
    record Said(int exit, String text) {
        Said good() {
            if (exit != 0) {
                throw new AssertionError("git failed: " + text);
            }
            return this;
        }
    }

    /** Clones the policy's repository into a folder. */
    static Git clone(ApplianceFixture appliance, String token, Path folder) {
        List<String> settings = new ArrayList<>();
        Map.of(
                        "http.sslCAInfo", appliance.data().resolve("tls/ca.crt").toString(),
                        "user.name", "Rita",
                        "user.email", "rita@example.com",
                        "core.symlinks", "true",
                        "core.compression", "0",
                        // Git before 2.44 may wait for ever for the end of a push that it sends in pieces.
                        "http.postBuffer", "64m",
                        "credential.helper", "!f() { echo username=x; echo password=" + token + "; }; f")
                .forEach((name, value) -> settings.addAll(List.of("-c", name + "=" + value)));
        Git outside = new Git(Path.of(System.getProperty("java.io.tmpdir")), settings);
        outside.run("clone", "-q", appliance.url() + "/policy.git", folder.toString())
                .good();
        return new Git(folder, settings);
    }

    Path folder() {
        return folder;
    }

    /** Writes a file of the work tree. */
    Git write(String path, String content) {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(String path) {
        try {
            return Files.readString(folder.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A branch of that name that begins at main as it was cloned or fetched last. */
    Git branch(String name) {
        run("checkout", "-q", "--force", "-B", name, "origin/main").good();
        run("clean", "-qfdx").good();
        return this;
    }

    Git commit(String message) {
        run("add", "-A", "-f").good();
        run("commit", "-q", "--allow-empty", "-m", message).good();
        return this;
    }

    Said push(String refs) {
        return run("push", "origin", refs);
    }

    String head() {
        return run("rev-parse", "HEAD").good().text().strip();
    }

    Said run(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(settings);
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment()
                .putAll(Map.of(
                        "GIT_CONFIG_NOSYSTEM", "1",
                        "GIT_CONFIG_GLOBAL", "/dev/null",
                        "GIT_TERMINAL_PROMPT", "0",
                        "LC_ALL", "C"));
        try {
            Path said = Files.createTempFile("git-", ".out");
            try {
                Process process = builder.redirectOutput(said.toFile()).start();
                if (!process.waitFor(60, TimeUnit.SECONDS)) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                    throw new AssertionError("git did not end; it said: " + Files.readString(said));
                }
                return new Said(process.exitValue(), Files.readString(said));
            } finally {
                Files.delete(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
