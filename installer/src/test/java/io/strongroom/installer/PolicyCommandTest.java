package io.strongroom.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCommandTest {
    private static final Path BUNDLES = Path.of("..", "policies", "bundles");

    @TempDir
    Path folder;

    private record Ran(int exit, String out) {}

    private static Ran run(String... arguments) {
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(capture);
            int exit = Launcher.run(arguments);
            return new Ran(exit, printed.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
        }
    }

    @Test
    void the_default_bundle_passes_its_tests() {
        Ran ran = run("policy", "test", BUNDLES.resolve("default").toString());

        assertThat(ran.out()).startsWith("✔ default.test.yaml: ").endsWith(" passed, 0 failed\n");
        assertThat(ran.exit()).isZero();
    }

    @Test
    void what_is_wrong_with_a_bundle_is_told_with_its_line() throws IOException {
        Files.writeString(folder.resolve("bundle.yaml"), "name: x\nversion: 1\n");
        Files.writeString(folder.resolve("classification.yaml"), "default: INTERNAL\n");

        Ran text = run("policy", "test", folder.toString());
        Ran json = run("policy", "test", folder.toString(), "--json");

        assertThat(text.exit()).isEqualTo(1);
        assertThat(text.out())
                .contains("bundle.yaml:2: version is a whole number but must be text: write text\n")
                .contains("retention.yaml: is missing: add it")
                .endsWith("2 faults\n");
        assertThat(json.out()).startsWith("{\"faults\":[{\"file\":\"bundle.yaml\",\"line\":2,");
    }

    @Test
    void two_bundles_are_compared() {
        Ran ran = run(
                "policy",
                "diff",
                BUNDLES.resolve("built-in").toString(),
                BUNDLES.resolve("default").toString());

        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("  Audit.Reader loses attributes.**.comment in streams ");
    }

    @Test
    void a_folder_that_is_not_there_is_told() {
        assertThat(run("policy", "test", folder.resolve("nowhere").toString()).exit())
                .isEqualTo(1);
    }
}
