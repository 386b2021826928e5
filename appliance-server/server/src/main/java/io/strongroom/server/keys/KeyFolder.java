package io.strongroom.server.keys;

import io.strongroom.evidence.Rfc3339;
import io.strongroom.server.settings.DurableFile;
import io.strongroom.server.settings.StartRefusedException;
import io.strongroom.server.settings.StartRefusedException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys on disk: one file for each, and {@code index}, which lists them with a check value each. A key file that the
 * index does not list was left by a crash and means nothing. This folder is to be backed up apart from the database.
 */
final class KeyFolder {
    private static final String INDEX = "index";
    private static final String HEADER = "strongroom keys 1";
    private static final int FIELDS = 6;
    private static final String NONE = "-";

    private final Path folder;
    private List<StoredKey> keys;

    private KeyFolder(Path folder, List<StoredKey> keys) {
        this.folder = folder;
        this.keys = List.copyOf(keys);
    }

    /** Makes the first generation of every key, unless an earlier first start came so far. */
    static KeyFolder create(Path folder, InstantSource clock, SecureRandom random) {
        if (Files.exists(folder.resolve(INDEX))) {
            return open(folder);
        }
        KeyFolder made = new KeyFolder(folder, List.of());
        List<StoredKey> first = new ArrayList<>();
        for (KeyUse use : KeyUse.values()) {
            first.add(StoredKey.generate(use, 1, StoredKey.State.ACTIVE, clock.millis(), random));
        }
        try {
            made.store(first);
        } catch (IOException e) {
            throw refused("The keys cannot be written to " + folder + ": " + e, e);
        }
        return made;
    }

    /**
     * Reads every key.
     *
     * @throws StartRefusedException if one is missing, damaged, or not the one that the index tells of
     */
    static KeyFolder open(Path folder) {
        List<String> lines;
        try {
            lines = Files.readAllLines(folder.resolve(INDEX), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw refused(
                    "The keys' index " + folder.resolve(INDEX) + " cannot be read. Restore the folder from its backup.",
                    e);
        }
        if (lines.isEmpty() || !lines.getFirst().equals(HEADER)) {
            throw refused("The keys' index " + folder.resolve(INDEX) + " is not of this version.", null);
        }
        List<StoredKey> keys = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            keys.add(read(folder, line));
        }
        KeyFolder opened = new KeyFolder(folder, keys);
        for (KeyUse use : KeyUse.values()) {
            opened.active(use);
        }
        return opened;
    }

    private static StoredKey read(Path folder, String line) {
        String[] fields = line.split(" ", -1);
        if (fields.length != FIELDS) {
            throw refused("The keys' index " + folder.resolve(INDEX) + " has a damaged line.", null);
        }
        Path file = folder.resolve(fields[0] + "-" + fields[1] + ".key");
        StoredKey key;
        try {
            key = StoredKey.read(
                    KeyUse.ofLabel(fields[0]),
                    Integer.parseInt(fields[1]),
                    StoredKey.State.valueOf(fields[2].toUpperCase(Locale.ROOT)),
                    Rfc3339.parse(fields[3]),
                    fields[4].equals(NONE) ? null : Long.valueOf(Rfc3339.parse(fields[4])),
                    SecretFile.read(file));
        } catch (NoSuchFileException e) {
            throw refused("The key " + file + " is missing. Restore the folder " + folder + " from its backup.", e);
        } catch (IOException e) {
            throw refused("The key " + file + " cannot be read: " + e, e);
        } catch (IllegalArgumentException e) {
            throw refused("The key " + file + " is damaged. Restore the folder " + folder + " from its backup.", e);
        }
        if (!key.check().equals(fields[5])) {
            throw refused(
                    "The key " + file + " is not the key that this installation was made with: its check value is "
                            + key.check() + ", and should be " + fields[5] + ". Restore the folder " + folder
                            + " from its backup.",
                    null);
        }
        return key;
    }

    private static StartRefusedException refused(String message, @Nullable Throwable cause) {
        return cause == null
                ? new StartRefusedException(Reason.KEY, message)
                : new StartRefusedException(Reason.KEY, message, cause);
    }

    synchronized List<StoredKey> keys() {
        return keys;
    }

    /** The key of this use that is in use. */
    synchronized StoredKey active(KeyUse use) {
        return keys.stream()
                .filter(key -> key.use() == use && key.state() == StoredKey.State.ACTIVE)
                .findFirst()
                .orElseThrow(() -> refused(
                        "The keys' index " + folder.resolve(INDEX) + " lists no key in use for " + use.label()
                                + ". Restore the folder from its backup.",
                        null));
    }

    /** Puts this list in the place of the other. Returns once it is on disk. */
    synchronized void store(List<StoredKey> changed) throws IOException {
        for (StoredKey key : changed) {
            Path file = folder.resolve(key.name() + ".key");
            if (!keys.stream().map(StoredKey::name).toList().contains(key.name())) {
                DurableFile.write(file, key.bytes());
            }
        }
        String index = changed.stream().map(KeyFolder::line).collect(Collectors.joining("\n", HEADER + "\n", "\n"));
        DurableFile.write(folder.resolve(INDEX), index.getBytes(StandardCharsets.UTF_8));
        keys = List.copyOf(changed);
    }

    /**
     * Deletes the wrapping keys that are not listed: those that were destroyed. Only once it is certain that the index
     * belongs here: one from an older backup does not list what it does not know.
     */
    synchronized void deleteUnlistedWrapping() throws IOException {
        List<String> listed = keys.stream().map(key -> key.name() + ".key").toList();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith(KeyUse.KEK.label() + "-") && name.endsWith(".key") && !listed.contains(name)) {
                    Files.delete(file);
                }
            }
        }
    }

    private static String line(StoredKey key) {
        Long until = key.until();
        return String.join(
                " ",
                key.use().label(),
                Integer.toString(key.generation()),
                key.state().name().toLowerCase(Locale.ROOT),
                Rfc3339.format(key.from()),
                until == null ? NONE : Rfc3339.format(until),
                key.check());
    }
}
