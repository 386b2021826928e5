package io.strongroom.bench;

import io.strongroom.installer.Distribution;
import io.strongroom.installer.demo.ConsoleDemo;
import io.strongroom.installer.demo.Rehearsed;
import io.strongroom.installer.demo.Screen;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The distributed console: how soon its window is there, and how it does in an officer's hour on the demo's appliance. */
final class ConsoleBench {
    private static final int STARTS = 5;

    private final Report report;
    private final int rounds;
    private final int restMillis;
    private final List<String> drawing;

    /** @param display whether it draws where an officer would see it, else into memory */
    ConsoleBench(Report report, int rounds, int restMillis, boolean display) {
        this.report = report;
        this.rounds = rounds;
        this.restMillis = restMillis;
        this.drawing = display ? List.of() : Distribution.NO_DISPLAY;
    }

    void run() throws IOException, InterruptedException {
        start();
        Screen silent = new Screen(new PrintStream(OutputStream.nullOutputStream()), false);
        report.say("starting an appliance with what the demo has, and playing an officer's hour");
        // An officer's machine has no appliance on it.
        Distribution apart = Distribution.current().withServersGivingWay();
        Rehearsed hour = new Rehearsed(apart.rehearsal(options()), line -> row(line.split(" ")));
        int exit = new ConsoleDemo(apart, silent, List.of(), hour).run();
        if (exit != 0) {
            throw new IOException("the console ended with " + exit);
        }
    }

    private List<String> options() {
        List<String> options = new ArrayList<>(drawing);
        options.add("-Dstrongroom.rehearsal.rounds=" + rounds);
        options.add("-Dstrongroom.rehearsal.rest=" + restMillis);
        return options;
    }

    private void start() throws IOException, InterruptedException {
        report.say("starting the console " + STARTS + " times");
        Path home = Files.createTempDirectory("strongroom-bench");
        try {
            List<Double> seconds = new ArrayList<>();
            for (int start = 0; start < STARTS; start++) {
                List<String> command = new ArrayList<>(Distribution.current().console(List.of("--time")));
                command.addAll(1, drawing);
                ProcessBuilder console = new ProcessBuilder(command);
                console.environment().put("STRONGROOM_OFFICER_HOME", home.toString());
                Process process = console.start();
                String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (process.waitFor() != 0) {
                    throw new IOException("the console did not start: " + said);
                }
                seconds.add(Double.parseDouble(said.replaceAll("[^0-9]", "")) / 1e3);
            }
            report.add(Row.alone("console-start-p50", Percentiles.of(seconds, 0.5), "s"));
            report.add(Row.alone("console-start-max", Percentiles.of(seconds, 1), "s"));
        } finally {
            Stand.delete(home);
        }
    }

    /** {@code resident|heap ROUND MEGABYTES}, or {@code waits first|again SCREEN WORST P99 WORKED}. */
    private void row(String[] said) {
        if (said[0].equals("waits")) {
            String where = said[1] + "-" + said[2];
            report.add(Row.alone(where + "-worst", Double.parseDouble(said[3]), "ms"));
            report.add(Row.alone(where + "-p99", Double.parseDouble(said[4]), "ms"));
            report.add(Row.alone(where + "-worked", Double.parseDouble(said[5]), "ms"));
        } else {
            report.add(Row.alone(said[0] + "-round-" + said[1], Double.parseDouble(said[2]), "MB"));
        }
    }
}
