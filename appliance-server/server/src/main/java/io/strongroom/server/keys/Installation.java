package io.strongroom.server.keys;

import io.strongroom.evidence.Origin;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.TenantId;
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
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Which installation this is. Fixed at the first start; its file is written last then, so that without it the first
 * start is not over.
 *
 * @param id 32 lower-case hex digits
 * @param serverName the host name in the origin
 * @param madeAt epoch milliseconds
 */
public record Installation(String id, Origin origin, TenantId tenant, String serverName, long madeAt) {
    private static final int ID_BYTES = 16;

    /** A new installation's identity, not yet kept. */
    public static Installation draw(String serverName, TenantId tenant, InstantSource clock, SecureRandom random) {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        String id = HexFormat.of().formatHex(bytes);
        return new Installation(id, Origin.of(serverName, tenant, id), tenant, serverName, clock.millis());
    }

    /** Writes it to {@code file}; returns once it is on disk. */
    public void store(Path file) throws IOException {
        String text = "id " + id + "\norigin " + origin.value() + "\ntenant " + tenant.value() + "\nserver "
                + serverName + "\nmade " + Rfc3339.format(madeAt) + "\n";
        DurableFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads it; empty if there is none.
     *
     * @throws StartRefusedException if the file is damaged
     */
    public static Optional<Installation> read(Path file) {
        Map<String, String> fields = new HashMap<>();
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                int space = line.indexOf(' ');
                if (space > 0) {
                    fields.put(line.substring(0, space), line.substring(space + 1));
                }
            }
            return Optional.of(new Installation(
                    field(fields, "id"),
                    new Origin(field(fields, "origin")),
                    new TenantId(field(fields, "tenant")),
                    field(fields, "server"),
                    Rfc3339.parse(field(fields, "made"))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            throw new StartRefusedException(
                    Reason.DATA_DIRECTORY,
                    "The file " + file + " is damaged (" + e.getMessage() + "). Restore it from the backup.",
                    e);
        }
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return value;
    }
}
