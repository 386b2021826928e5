package io.strongroom.bench;

import io.strongroom.api.json.Json;
import io.strongroom.installer.AgentProcess;
import io.strongroom.installer.Distribution;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** An agent that is killed and started again, and the log that it reads: each line with a number of its own. */
final class ChaosAgent implements AutoCloseable {
    /** What stands before agent and number in a line. */
    static final String MARK = "chaos-line";

    private static final String STREAM = "audit.logs";

    private final AgentProcess process;
    private final Path log;
    private final String transport;
    private long written;

    ChaosAgent(Path folder, String transport) throws IOException {
        this.process = new AgentProcess(Distribution.current(), folder);
        this.log = folder.resolveSibling(folder.getFileName() + ".syslog");
        this.transport = transport;
        Files.createFile(log);
    }

    /** As its lines name it. */
    String name() {
        return transport;
    }

    void enrol(Appliance appliance, String administratorToken) throws IOException {
        String unused = process.enrol(appliance.devices(), appliance.enrolmentCode(administratorToken));
    }

    void start() throws IOException {
        process.run("tenant: " + Appliance.TENANT + "\ntransport: " + transport + "\ncollect.logs.files: " + log
                + "\ncollect.health.every-seconds: 5\ncollect.agent.every-seconds: 5\n");
    }

    void writeLines(int count) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append("2026-11-21T12:00:00.000000+00:00 host chaos[7]: ")
                    .append(MARK)
                    .append(' ')
                    .append(transport)
                    .append(' ')
                    .append(written + i)
                    .append(" end\n");
        }
        Files.writeString(log, lines, StandardCharsets.US_ASCII, StandardOpenOption.APPEND);
        written += count;
    }

    long written() {
        return written;
    }

    String status() throws IOException {
        return process.status().map(Json.Obj::toString).orElse("no status");
    }

    /** Whether it has taken all lines since it was started or before, and all of them are acknowledged. */
    boolean isThrough() throws IOException {
        Optional<Json.Obj> status = process.status();
        if (status.isEmpty() || !process.runs()) {
            return false;
        }
        return status.get().objects("streams", each -> each).stream()
                        .filter(stream -> stream.text("stream").equals(STREAM))
                        .anyMatch(stream -> stream.integer("waiting") == 0)
                && status.get().object("sent").optionalText("lastAcknowledged") != null
                && isRead();
    }

    /** The collector looks each second, so what it has not read by its third look it will not read. */
    private boolean isRead() throws IOException {
        long age = System.currentTimeMillis() - Files.getLastModifiedTime(log).toMillis();
        return age > 15_000;
    }

    void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }
}
