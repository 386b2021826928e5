package io.strongroom.installer.demo;

import io.strongroom.installer.LaunchException;
import io.strongroom.installer.ReadyNotice;
import io.strongroom.installer.Workspace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** The console at work by itself, as {@code io.strongroom.console.rehearsal.Rehearsal}: the officers sign in by turns. */
public final class Rehearsed implements ConsoleDemo.Opening {
    private final List<String> command;
    private final Consumer<String> told;

    /**
     * @param command starts it
     * @param told is given each line that it says
     */
    public Rehearsed(List<String> command, Consumer<String> told) {
        this.command = List.copyOf(command);
        this.told = told;
    }

    @Override
    public int open(ReadyNotice appliance, List<DemoOfficer> officers) throws IOException {
        try (Workspace home = new Workspace("strongroom-rehearsal-")) {
            ProcessBuilder console = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            console.environment()
                    .put("STRONGROOM_OFFICER_HOME", home.file("officer").toString());
            Process process = console.start();
            try (BufferedReader says = process.inputReader(StandardCharsets.UTF_8);
                    PrintStream answer = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8)) {
                int next = 0;
                for (String line = says.readLine(); line != null; line = says.readLine()) {
                    if (line.equals("who")) {
                        answer.println(signIn(appliance, officers.get(next++ % officers.size())));
                    } else {
                        told.accept(line);
                    }
                }
                return process.waitFor();
            } finally {
                process.destroy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException("interrupted", e);
        }
    }

    private static String signIn(ReadyNotice appliance, DemoOfficer officer) throws InterruptedException {
        return String.join(
                " ",
                appliance.url().toString(),
                appliance.fingerprint(),
                officer.id(),
                officer.password(),
                officer.freshCode());
    }
}
