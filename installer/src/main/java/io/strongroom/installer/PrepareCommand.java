package io.strongroom.installer;

import io.strongroom.installer.demo.Demo;
import io.strongroom.installer.demo.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;

/**
 * {@code strongroom prepare}: does the main job once, small, and keeps what the programs learnt of it, so that they start
 * quicker from then on.
 */
@Command(name = "prepare", hidden = true, description = "Lets the programs learn to start quickly.")
final class PrepareCommand implements Callable<Integer> {
    private static final int LINES = 5_000;

    @Override
    public Integer call() throws IOException {
        Distribution distribution = Distribution.current();
        forget(distribution);
        boolean learnt = false;
        try (Workspace workspace = new Workspace("strongroom-prepare-")) {
            Path log = Files.write(
                    workspace.file("auth.log"),
                    IntStream.range(0, LINES).mapToObj(PrepareCommand::line).toList());
            Screen screen = new Screen(System.out, false);
            learnt = new Demo(distribution.inTraining(), screen, List.of(log), workspace.file("out"))
                    .run()
                    .held();
        } finally {
            if (!learnt) {
                // A program that fails still writes what it learnt on the way to failing.
                forget(distribution);
            }
        }
        for (Path cache : distribution.caches()) {
            if (!Files.isRegularFile(cache)) {
                throw new LaunchException("the Java virtual machine wrote no cache");
            }
        }
        return 0;
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
