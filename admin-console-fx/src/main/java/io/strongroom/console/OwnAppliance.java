package io.strongroom.console;

import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.console.connection.Appliance;
import io.strongroom.evidence.json.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The appliance of this machine, as it says itself in {@code <data>/run/ready.json} once it listens. */
final class OwnAppliance {
    /** Where {@code strongroom up} keeps its data unless it is told. */
    private static final Path DEFAULT = Path.of(System.getProperty("user.home"), ".strongroom");

    private OwnAppliance() {}

    /**
     * Finds it.
     *
     * @param data its data directory; null for the default, where there need not be any
     * @return null where there is none
     * @throws IllegalArgumentException if none was started on the directory that is named, or what it says cannot be read
     */
    static @Nullable Appliance in(@Nullable Path data) {
        Path notice = (data == null ? DEFAULT : data).resolve("run").resolve("ready.json");
        if (!Files.exists(notice)) {
            if (data == null) {
                return null;
            }
            throw new IllegalArgumentException("no appliance was started on " + data.toAbsolutePath()
                    + ": start one with `strongroom up --data " + data + "`, or name another --data");
        }
        try {
            Json.Obj said = Json.parseObject(Files.readAllBytes(notice));
            return Appliance.parse(said.text("url"), said.text("fingerprint"));
        } catch (IOException | JsonException | JsonShapeException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "what the appliance says of itself in " + notice + " cannot be read: " + e.getMessage()
                            + ". Name it by --url and --fingerprint",
                    e);
        }
    }
}
