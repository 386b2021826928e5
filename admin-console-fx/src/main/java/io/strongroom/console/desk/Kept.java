package io.strongroom.console.desk;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** What the console remembers from one day to the next: the window, columns, filters. Never a secret. */
public final class Kept {
    private final Path file;
    private final Map<String, String> values = new TreeMap<>();

    /** Kept in this file; one that cannot be read is begun anew. */
    public Kept(Path file) {
        this.file = file;
        if (Files.exists(file)) {
            Properties read = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                read.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                System.Logger log = System.getLogger(Kept.class.getName());
                log.log(System.Logger.Level.WARNING, "what was remembered in " + file + " is lost: " + e.getMessage());
            }
            read.stringPropertyNames().forEach(key -> values.put(key, read.getProperty(key)));
        }
    }

    public synchronized Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** What stands there as a number; the other where nothing or something else does. */
    public double number(String key, double otherwise) {
        try {
            return get(key).map(Double::valueOf).orElse(otherwise);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** Remembers a value from now on; on disk with the next {@link #save}. */
    public synchronized void put(String key, String value) {
        values.put(key, value);
    }

    public synchronized void remove(String key) {
        values.remove(key);
    }

    /** All keys that begin so. */
    public synchronized java.util.List<String> keys(String beginning) {
        return values.keySet().stream().filter(key -> key.startsWith(beginning)).toList();
    }

    /** Writes all to disk, whole or not at all. */
    public synchronized void save() {
        Properties all = new Properties();
        all.putAll(values);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), ".new", "");
            try {
                try (Writer writer = Files.newBufferedWriter(fresh, StandardCharsets.UTF_8)) {
                    all.store(writer, null);
                }
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
