package io.strongroom.agent.launch;

import io.strongroom.agent.files.DurableFile;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.json.JsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The last restarts, on disk: written by the launcher before it ends the agent, read by the agent, which makes a record of
 * each and slows down whoever overran again and again.
 */
public final class RestartLog {
    private static final int MOST = 64;
    private static final long DAY_MILLIS = 24L * 3600 * 1000;
    private static final int SLOWER_FROM = 2;
    private static final int OFF_FROM = 4;

    private final Path file;

    /** @param data the agent's data folder */
    public RestartLog(Path data) {
        this.file = data.resolve("restarts.ndjson");
    }

    /** What a collector is allowed after what it did. */
    public enum Measure {
        AS_BEFORE,
        SLOWER,
        OFF
    }

    /** The newest last; empty if the file cannot be read. */
    public List<Restart> read() {
        List<Restart> all = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                all.add(Restart.fromJson(Json.parseObject(line.getBytes(StandardCharsets.UTF_8))));
            }
        } catch (IOException | JsonException | JsonShapeException | IllegalArgumentException e) {
            return all;
        }
        return all;
    }

    /** Adds one, durably. */
    Restart add(long atMillis, Overrun why) throws IOException {
        List<Restart> all = read();
        Restart restart = Restart.of(all.isEmpty() ? 1 : all.getLast().number() + 1, atMillis, why);
        all.add(restart);
        String text = all.stream()
                .skip(Math.max(0, all.size() - MOST))
                .map(each -> each.toJson() + "\n")
                .collect(Collectors.joining());
        DurableFile.write(file, text.getBytes(StandardCharsets.UTF_8));
        return restart;
    }

    /** What holds for each collector that overran within the day before; after a day without, everything is as it was. */
    public Map<String, Measure> measures(long nowMillis) {
        Map<String, Integer> overran = new TreeMap<>();
        for (Restart restart : read()) {
            if (restart.collector() != null
                    && restart.atMillis() <= nowMillis
                    && nowMillis - restart.atMillis() < DAY_MILLIS) {
                overran.merge(restart.collector(), 1, Integer::sum);
            }
        }
        Map<String, Measure> measures = new TreeMap<>();
        overran.forEach((collector, times) -> measures.put(collector, measure(times)));
        return measures;
    }

    private static Measure measure(int times) {
        return times >= OFF_FROM ? Measure.OFF : times >= SLOWER_FROM ? Measure.SLOWER : Measure.AS_BEFORE;
    }
}
