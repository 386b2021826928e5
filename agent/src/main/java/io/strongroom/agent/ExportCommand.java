package io.strongroom.agent;

import io.strongroom.agent.files.DurableFile;
import io.strongroom.agent.identity.DeviceIdentity;
import io.strongroom.agent.identity.IdentityStore;
import io.strongroom.agent.line.DeviceLines;
import io.strongroom.agent.queue.AgentQueue;
import io.strongroom.agent.queue.CutBatch;
import io.strongroom.agent.queue.QueueLimits;
import io.strongroom.agent.queue.StreamQueue;
import io.strongroom.agent.settings.Setting;
import io.strongroom.agent.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code strongroom agent export}: what was not sent, as signed batches for an officer to import. */
@Command(
        name = "export",
        description =
                "Writes all that was not sent as signed batches, for an officer to import once the device is revoked.")
final class ExportCommand implements Callable<Integer> {
    @Mixin
    private DataFolder data = new DataFolder();

    @Option(names = "--to", required = true, paramLabel = "FOLDER", description = "where to write them")
    private Path to = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Settings settings = Settings.read(data.settings());
        try (FileChannel unused = data.take()) {
            DeviceIdentity identity = new IdentityStore(data.path())
                    .load()
                    .orElseThrow(() -> new AgentException("This device is not enrolled: it has nothing to export."));
            DurableFile.createFolder(to);
            long lines = 0;
            try (AgentQueue queue = queue(settings, identity).start()) {
                for (StreamQueue stream : queue.streams()) {
                    lines += export(stream);
                }
            }
            PrintWriter out = spec.commandLine().getOut();
            out.println(lines + " lines are in " + to + ". An officer takes them in: strongroom devices import "
                    + identity.device() + " " + to + "/*.batch");
            out.flush();
        }
        return 0;
    }

    /** Nothing is given up here, whatever room there is. */
    private AgentQueue queue(Settings settings, DeviceIdentity identity) {
        Clock clock = Clock.systemUTC();
        DeviceLines lines = new DeviceLines(identity.device(), settings.text(Setting.TENANT));
        return new AgentQueue(
                data.path(),
                new QueueLimits(Long.MAX_VALUE, Long.MAX_VALUE, 0),
                new GapNotices(lines, clock),
                new DeviceSealing(() -> identity, clock),
                clock,
                System::nanoTime);
    }

    /** Each batch is on disk there before it leaves the queue. */
    private long export(StreamQueue stream) throws IOException {
        long lines = 0;
        stream.hurry();
        Optional<CutBatch> batch = stream.next();
        while (batch.isPresent()) {
            CutBatch next = batch.get();
            String name = String.format(Locale.ROOT, "%s-%s-%019d.batch", stream.stream(), next.epoch(), next.first());
            DurableFile.write(to.resolve(name), next.frame());
            stream.acknowledge(next);
            lines += next.lines();
            stream.hurry();
            batch = stream.next();
        }
        return lines;
    }
}
