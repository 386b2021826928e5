package io.strongroom.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script {@code installer/strongroom} on a source checkout, beside programs that do nothing but say that they were
 * called: what it builds, and when it has the programs learn to start quickly.
 */
class ScriptTest {
    private static final List<String> MODULES =
            List.of("installer", "appliance-server/server", "appliance-server/evidence", "agent", "admin-console-fx");

    @TempDir
    Path folder;

    private Path checkout;
    private Path calls;

    @BeforeEach
    void setUp() throws IOException {
        checkout = folder.resolve("checkout");
        calls = folder.resolve("calls");
        for (String module : MODULES) {
            Files.createDirectories(checkout.resolve(module).resolve("src/main/options"));
            Files.createFile(checkout.resolve(module).resolve("src/main/options/program.options"));
        }
        for (String source : List.of("policies", ".mvn", "docs")) {
            Files.createDirectories(checkout.resolve(source));
        }
        Files.createFile(checkout.resolve("pom.xml"));
        Files.copy(Path.of("strongroom"), checkout.resolve("installer/strongroom"));
        // The launcher's command stands behind its class.
        program(
                "java/bin/java",
                "all=\"$*\"; echo \"${all##*installer.Launcher }\" | cut -d' ' -f1 >> '" + calls + "'");
        Files.writeString(folder.resolve("java/release"), "JAVA_VERSION=\"25.0.1\"\n");
        StringBuilder build = new StringBuilder("echo mvn >> '" + calls + "'");
        for (String module : MODULES) {
            build.append("\nmkdir -p ").append(module).append("/target/dependency");
            build.append("\ntouch ").append(module).append("/target/dependency/javafx-1.jar ");
            build.append(module).append("/target/strongroom-evidence-1-verifier.jar");
        }
        program("bin/mvn", build.toString());
    }

    private void program(String name, String script) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/bash\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /** Runs the script; gives what it called: {@code mvn}, or the command of the launcher. */
    private List<String> run(String... arguments) throws Exception {
        Files.deleteIfExists(calls);
        List<String> command = new ArrayList<>(List.of("bash", checkout + "/installer/strongroom"));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        ProcessBuilder script =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        script.environment().put("JAVA_HOME", folder.resolve("java").toString());
        script.environment().merge("PATH", folder.resolve("bin").toString(), (path, own) -> own + ":" + path);
        assertThat(script.start().waitFor()).as(Files.readString(output)).isZero();
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    @Test
    void theFirstCommandBuildsAndHasTheProgramsLearnAndTheNextDoesNeither() throws Exception {
        assertThat(run("status")).containsExactly("mvn", "guide", "prepare", "status");
        assertThat(run("status")).containsExactly("status");
    }

    @Test
    void whoAsksForTheLearningHasItOnceBehindABuildToo() throws Exception {
        assertThat(run("prepare")).containsExactly("mvn", "guide", "prepare");
        assertThat(run("prepare")).containsExactly("prepare");
    }

    @Test
    void anEditIsBuiltAndLearntAnew() throws Exception {
        run("status");
        Path source = checkout.resolve("agent/src/main/options/program.options");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(run("status")).containsExactly("mvn", "guide", "prepare", "status");
    }
}
