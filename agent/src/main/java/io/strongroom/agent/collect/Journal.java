package io.strongroom.agent.collect;

import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.json.JsonException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the systemd journal through {@code journalctl}, from a cursor on and a piece at a time. */
final class Journal {
    /** With what is made of them, they fit in one piece of the queue. */
    private static final int MOST_ENTRIES = 100;

    private static final int MOST_CHARS = 128 << 10;
    private static final Pattern CURSOR = Pattern.compile("\"__CURSOR\"\\s*:\\s*\"([^\"\\\\]{1,1000})\"");

    private final String program;
    private final List<String> matches;

    /**
     * @param program {@code journalctl}, or where it is
     * @param matches which entries, as journalctl takes it; empty for all
     */
    Journal(String program, List<String> matches) {
        this.program = program;
        this.matches = List.copyOf(matches);
    }

    /** An entry in JSON, and where to go on after it. */
    record Entry(String json, String cursor) {}

    /**
     * A piece.
     *
     * @param more whether there is more at once
     */
    record Piece(List<Entry> entries, boolean more) {}

    /**
     * What comes after the cursor.
     *
     * @param cursor of the last entry that is known; without one, the newest entries come
     * @param newest how many of them
     * @throws IOException if there is no such program
     */
    Piece after(Optional<String> cursor, int newest) throws IOException {
        List<String> command = new ArrayList<>(List.of(program, "-o", "json", "--no-pager", "-q"));
        command.addAll(matches);
        if (cursor.isPresent()) {
            command.add("--after-cursor=" + cursor.get());
        } else {
            command.addAll(List.of("-n", Integer.toString(newest)));
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            return read(in);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Piece read(BufferedReader in) throws IOException {
        List<Entry> entries = new ArrayList<>();
        long chars = 0;
        while (entries.size() < MOST_ENTRIES && chars < MOST_CHARS) {
            String entry = in.readLine();
            if (entry == null) {
                return new Piece(entries, false);
            }
            Optional<String> cursor = cursor(entry);
            if (cursor.isPresent()) {
                entries.add(new Entry(entry, cursor.get()));
                chars += entry.length();
            }
        }
        return new Piece(entries, true);
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
