package io.strongroom.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Commands that the guide tells, word for word: the indented lines between a mark and the next {@code <!-- end -->}. */
public final class GuideCommands {
    private static final String END = "<!-- end -->";

    private final String commands;

    private GuideCommands(String commands) {
        this.commands = commands;
    }

    /** Those behind {@code <!-- NAME: tested -->}. */
    public static GuideCommands of(String name) throws IOException {
        Path guide = Path.of("docs/guide.md");
        for (Path up = Path.of("").toAbsolutePath(); up != null && !Files.exists(guide); up = up.getParent()) {
            guide = up.resolve("docs/guide.md");
        }
        String mark = "<!-- " + name + ": tested -->";
        String text = Files.readString(guide);
        assertThat(text).containsOnlyOnce(mark);
        int from = text.indexOf(mark);
        return new GuideCommands(text.substring(from, text.indexOf(END, from))
                .lines()
                .filter(line -> line.startsWith("    "))
                .map(String::strip)
                .collect(Collectors.joining("\n")));
    }

    /** Skips the test where there is no such program, or no bash. */
    public static void assumeProgram(String program) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash");
        Process asking = new ProcessBuilder("/bin/bash", "-c", "command -v " + program)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assumeTrue(asking.waitFor() == 0, "no " + program);
    }

    /**
     * Runs them, and gives what they said; none may fail.
     *
     * @param variables of their environment
     */
    public String run(Path folder, Map<String, String> variables) throws IOException, InterruptedException {
        ProcessBuilder bash = new ProcessBuilder("/bin/bash", "-euo", "pipefail", "-c", commands)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        bash.environment().putAll(variables);
        Process process = bash.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
