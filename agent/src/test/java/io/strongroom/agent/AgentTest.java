package io.strongroom.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What each of the agent's commands says of itself. */
class AgentTest {
    @ParameterizedTest
    @ValueSource(strings = {"enrol", "run", "status", "diagnose", "renew", "witness", "policy", "export"})
    void everyCommandSaysHowItIsUsed(String command) {
        StringWriter out = new StringWriter();
        CommandLine line = Agent.commandLine().setOut(new PrintWriter(out));

        assertThat(line.execute(command, "--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: strongroom agent " + command);
    }
}
