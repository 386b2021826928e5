package io.strongroom.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A clone of an appliance's rules, in which somebody works with git. */
final class PolicyClone {
    private final Path folder;
    private final List<String> git;

    PolicyClone(ServerOnAPort server, String token, Path folder) throws Exception {
        this.folder = folder;
        this.git = List.of(
                "git",
                "-c",
                "http.sslCAInfo=" + server.authority(),
                "-c",
                "user.name=Rita",
                "-c",
                "user.email=rita@example.com",
                "-c",
                "http.postBuffer=64m",
                "-c",
                "credential.helper=!f() { echo username=x; echo password=" + token + "; }; f");
        run(
                Path.of(System.getProperty("java.io.tmpdir")),
                "clone",
                "-q",
                server.url() + "/policy.git",
                folder.toString());
    }

    /** Pushes a proposal that puts a file into the bundle that was activated last. */
    void propose(String name, String file, String content) throws Exception {
        run(folder, "fetch", "-q");
        run(folder, "checkout", "-q", "-B", name, "origin/main");
        Files.writeString(folder.resolve(file), content);
        run(folder, "add", "-A");
        run(folder, "commit", "-q", "-m", name);
        run(folder, "push", "-q", "origin", "HEAD:refs/heads/proposals/" + name);
    }

    private void run(Path in, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(git);
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(in.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment()
                .putAll(Map.of(
                        "GIT_CONFIG_NOSYSTEM", "1", "GIT_CONFIG_GLOBAL", "/dev/null", "GIT_TERMINAL_PROMPT", "0"));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
