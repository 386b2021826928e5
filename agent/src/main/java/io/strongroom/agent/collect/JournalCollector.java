package io.strongroom.agent.collect;

import io.strongroom.agent.line.DeviceLines;
import io.strongroom.api.AuditRecord;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.StreamName;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.lines.LineRecords;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects the systemd journal, from the cursor of the last entry on. The first time, from the newest entries on. */
public final class JournalCollector implements Collector {
    private static final StreamName STREAM = new StreamName("audit.journal");
    private static final String KEY = "journal";

    /** With what is made of them, they fit in one piece of the queue. */
    private static final int MOST_ENTRIES = 100;

    private static final int MOST_CHARS = 128 << 10;
    private static final int FIRST_ENTRIES = 100;
    private static final Pattern CURSOR = Pattern.compile("\"__CURSOR\"\\s*:\\s*\"([^\"\\\\]{1,1000})\"");

    private final String program;
    private final DeviceLines device;
    private final InstantSource clock;

    /** @param program {@code journalctl}, or where it is */
    public JournalCollector(String program, DeviceLines device, InstantSource clock) {
        this.program = program;
        this.device = device;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public StreamName stream() {
        return STREAM;
    }

    @Override
    public boolean collect(Intake intake) throws IOException {
        List<String> command = new ArrayList<>(List.of(program, "-o", "json", "--no-pager", "-q"));
        Optional<String> cursor = intake.position(KEY);
        if (cursor.isPresent()) {
            command.add("--after-cursor=" + cursor.get());
        } else {
            command.addAll(List.of("-n", Integer.toString(FIRST_ENTRIES)));
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            return take(in, intake);
        } finally {
            process.destroyForcibly();
        }
    }

    private boolean take(BufferedReader in, Intake intake) throws IOException {
        LineRecords reader = new LineRecords(
                device.device().value(), STREAM.value(), "systemd journal", ZoneId.systemDefault(), clock.instant());
        List<AuditRecord.Builder> records = new ArrayList<>();
        String cursor = "";
        long chars = 0;
        int entries = 0;
        while (entries < MOST_ENTRIES && chars < MOST_CHARS) {
            String entry = in.readLine();
            if (entry == null) {
                break;
            }
            Optional<String> its = cursor(entry);
            if (its.isEmpty()) {
                continue;
            }
            records.addAll(reader.read(entry.getBytes(StandardCharsets.UTF_8)));
            cursor = its.get();
            chars += entry.length();
            entries++;
        }
        if (entries == 0) {
            return false;
        }
        intake.take(records, KEY, cursor);
        return entries == MOST_ENTRIES || chars >= MOST_CHARS;
    }

    private static Optional<String> cursor(String entry) {
        try {
            return Optional.ofNullable(
                    Json.parseObject(entry.getBytes(StandardCharsets.UTF_8)).optionalText("__CURSOR"));
        } catch (JsonException | JsonShapeException e) {
            // The journal's JSON may have what ours does not take, such as a member twice.
            Matcher found = CURSOR.matcher(entry);
            return found.find() ? Optional.of(found.group(1)) : Optional.empty();
        }
    }
}
