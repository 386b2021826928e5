package io.strongroom.agent;

import io.strongroom.agent.identity.DeviceIdentity;
import io.strongroom.agent.identity.IdentityStore;
import io.strongroom.agent.launch.AgentProcess;
import io.strongroom.agent.settings.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code strongroom agent run}: in the foreground, until it is told to stop. */
@Command(name = "run", description = "Collects and sends, until it is stopped (Ctrl-C, or SIGTERM).")
final class RunCommand implements Callable<Integer> {
    @Mixin
    private DataFolder data = new DataFolder();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Settings settings = Settings.read(data.settings());
        try (FileChannel unused = data.take()) {
            IdentityStore store = new IdentityStore(data.path());
            DeviceIdentity identity = store.load()
                    .orElseThrow(() -> new AgentException("This device is not enrolled. Ask an officer for an enrolment"
                            + " code, and use: strongroom agent enrol --appliance URL --data " + data.path()));
            run(settings, store, identity);
        }
        return 0;
    }

    private void run(Settings settings, IdentityStore store, DeviceIdentity identity)
            throws IOException, InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            stop.countDown();
            try {
                stopped.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        if (System.getenv(AgentProcess.LAUNCHED) != null) {
            Thread.ofPlatform().name("launcher").daemon().start(() -> untilTheLauncherEnds(stop));
        }
        PrintWriter out = spec.commandLine().getOut();
        try (RunningAgent agent = new RunningAgent(data, settings, store, identity).start()) {
            out.println(identity.device() + " collects, and sends to " + identity.url() + ".");
            out.flush();
            stop.await();
        } finally {
            stopped.countDown();
        }
    }

    /** The launcher holds the other end of this process's input, and the system lets go of it however the launcher ends. */
    private static void untilTheLauncherEnds(CountDownLatch stop) {
        try {
            long unused = System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The pipe broke: that is its end, too.
        }
        stop.countDown();
    }
}
