package io.strongroom.installer;

import io.strongroom.installer.demo.ConsoleDemo;
import io.strongroom.installer.demo.Demo;
import io.strongroom.installer.demo.Rehearsed;
import io.strongroom.installer.demo.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code strongroom prepare}: starts the server once, verifies a pack, goes once through the console, and keeps what the
 * programs learnt of it, so that they start quicker from then on.
 */
@Command(name = "prepare", hidden = true, description = "Lets the programs learn to start quickly.")
final class PrepareCommand implements Callable<Integer> {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final int LINES_TO_SHOW = 5_000;

    /** So many that the verifier learns which of its methods are worth compiling well. */
    private static final int LINES_TO_VERIFY = 20_000;

    @Option(names = "--image", paramLabel = "FOLDER", description = "Lets an image of the console learn instead.")
    private @Nullable Path image;

    @Override
    public Integer call() throws IOException {
        Distribution distribution = Distribution.current();
        if (image != null) {
            try (Workspace workspace = new Workspace("strongroom-prepare-")) {
                Path log = log(workspace, LINES_TO_SHOW);
                return rehearse(distribution, distribution.rehearsalOf(image.toAbsolutePath()), log);
            }
        }
        forget(distribution);
        boolean learnt = false;
        try (Workspace workspace = new Workspace("strongroom-prepare-")) {
            Distribution training = distribution.inTraining();
            startOnce(training, workspace);
            learnt = verifyOnce(distribution, training, workspace);
            // Where the console cannot be opened, as without the libraries of a desktop, what the others learnt stays.
            if (learnt
                    && rehearse(training, training.rehearsal(Distribution.NO_DISPLAY), log(workspace, LINES_TO_SHOW))
                            != 0) {
                Files.deleteIfExists(training.consoleCache());
            }
        } finally {
            if (!learnt) {
                // A program that fails still writes what it learnt on the way to failing.
                forget(distribution);
            }
        }
        for (Path cache : distribution.caches()) {
            if (!Files.isRegularFile(cache)) {
                throw new LaunchException("the Java virtual machine did not write " + cache);
            }
        }
        return 0;
    }

    /** The console goes through all its screens, on an appliance that has something to show. */
    private static int rehearse(Distribution distribution, List<String> console, Path log) {
        Screen screen = new Screen(System.out, false);
        return new ConsoleDemo(distribution, screen, List.of(log), new Rehearsed(console, System.out::println)).run();
    }

    /** The server learns of a start alone: what it would learn of a few records makes it slower with many. */
    private static void startOnce(Distribution training, Workspace workspace) {
        Path data = workspace.file("data");
        List<String> command = new ArrayList<>(training.server());
        command.addAll(List.of("--data", data.toString(), "--port", "0"));
        try (ServerProcess server = ServerProcess.start(command, workspace.file("server.log"), training.stopLimit())) {
            workspace.deleteAtEndAfter(server::close);
            var unused = server.awaitReady(data, START_LIMIT);
        }
    }

    /** The verifier learns of a pack that holds, as it comes: of one that fails it would learn to give up. */
    private static boolean verifyOnce(Distribution distribution, Distribution training, Workspace workspace)
            throws IOException {
        Path out = workspace.file("out");
        Screen screen = new Screen(System.out, false);
        boolean made = new Demo(distribution, screen, List.of(log(workspace, LINES_TO_VERIFY)), out)
                .run()
                .held();
        if (!made) {
            return false;
        }
        List<String> arguments = List.of(
                out.resolve(Demo.PACK).toString(),
                "--trust",
                out.resolve(Demo.TRUST).toString());
        return Delegate.run(training.verifier(), arguments) == 0;
    }

    private static Path log(Workspace workspace, int lines) throws IOException {
        return Files.write(
                workspace.file("auth-" + lines + ".log"),
                IntStream.range(0, lines).mapToObj(PrepareCommand::line).toList());
    }

    private static String line(int number) {
        return "Jan 11 08:%02d:%02d vault sshd[%d]: Accepted publickey for user%d from 192.0.2.%d port %d ssh2"
                .formatted(number / 60 % 60, number % 60, 1_000 + number, number % 97, number % 251, 40_000 + number);
    }

    private static void forget(Distribution distribution) throws IOException {
        for (Path cache : distribution.caches()) {
            Files.deleteIfExists(cache);
        }
    }
}
