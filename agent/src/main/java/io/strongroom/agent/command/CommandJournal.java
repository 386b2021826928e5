package io.strongroom.agent.command;

import io.strongroom.agent.files.DurableFile;
import io.strongroom.api.CommandOutcome;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.json.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers on disk which commands were begun, and what came of them: a command is on disk before it is carried out, so no
 * kill has it carried out twice. Keeps the newest {@link #MOST}. For any number of threads.
 */
final class CommandJournal {
    /** More than can be open at the appliance, by far: what is given out again is still known here. */
    static final int MOST = 256;

    static final String INTERRUPTED = "interrupted";

    private final Path file;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** @param told whether the appliance has the outcome */
    private record Entry(@Nullable CommandOutcome outcome, boolean told) {}

    /** An outcome that the appliance has not got. */
    record Untold(String command, CommandOutcome outcome) {}

    CommandJournal(Path file) {
        this.file = file;
    }

    /** Reads it; what cannot be read is begun anew. Whatever was under way when the agent ended is not tried again. */
    synchronized CommandJournal open() throws IOException {
        try {
            if (Files.exists(file)) {
                for (Json.Obj each : Json.parseObject(Files.readAllBytes(file)).objects("commands", all -> all)) {
                    CommandOutcome outcome = each.optionalText("outcome") == null
                            ? new CommandOutcome.Failed(INTERRUPTED, "The agent ended while it carried this out.")
                            : CommandOutcome.fromJson(each);
                    entries.put(
                            each.text("id"), new Entry(outcome, each.get("told").equals(Optional.of(Json.of(true)))));
                }
            }
        } catch (JsonException | JsonShapeException e) {
            entries.clear();
        }
        return this;
    }

    /**
     * Begins a command. On disk when it returns.
     *
     * @return false if it was begun before
     */
    synchronized boolean begin(String command) throws IOException {
        if (entries.containsKey(command)) {
            return false;
        }
        entries.put(command, new Entry(null, false));
        Iterator<Entry> oldest = entries.values().iterator();
        while (entries.size() > MOST) {
            oldest.next();
            oldest.remove();
        }
        try {
            write();
        } catch (IOException e) {
            entries.remove(command);
            throw e;
        }
        return true;
    }

    synchronized void ended(String command, CommandOutcome outcome) throws IOException {
        entries.put(command, new Entry(outcome, false));
        write();
    }

    synchronized void told(String command) throws IOException {
        Entry entry = entries.get(command);
        if (entry != null && !entry.told()) {
            entries.put(command, new Entry(entry.outcome(), true));
            write();
        }
    }

    /** Those of which the appliance does not know that they need not be given out again. */
    synchronized List<String> openIds() {
        return entries.entrySet().stream()
                .filter(each -> !each.getValue().told())
                .map(Map.Entry::getKey)
                .toList();
    }

    synchronized List<Untold> untold() {
        List<Untold> untold = new ArrayList<>();
        entries.forEach((id, entry) -> {
            CommandOutcome outcome = entry.outcome();
            if (outcome != null && !entry.told()) {
                untold.add(new Untold(id, outcome));
            }
        });
        return untold;
    }

    private void write() throws IOException {
        List<Json> all = new ArrayList<>();
        entries.forEach((id, entry) -> {
            Json.Builder json = Json.object().put("id", id).put("told", entry.told());
            CommandOutcome outcome = entry.outcome();
            if (outcome != null) {
                json.putAll(outcome.toJson());
            }
            all.add(json.build());
        });
        DurableFile.write(
                file, Json.object().put("commands", new Json.Arr(all)).build().bytes());
    }
}
