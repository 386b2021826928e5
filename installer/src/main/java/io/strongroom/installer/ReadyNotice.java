package io.strongroom.installer;

import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.json.JsonException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the server says once it listens, in {@code <data>/run/ready.json}.
 *
 * @param url where it listens
 * @param devices where it listens for devices
 * @param fingerprint SHA-256 of its CA's SPKI, {@code sha256:…}
 * @param setupCode the code that makes the bootstrap administrator; null when there is one already
 * @param trustFile the trust file of its first start
 * @param pid its process id
 */
public record ReadyNotice(
        URI url, URI devices, String fingerprint, @Nullable String setupCode, Path trustFile, long pid) {
    /** Where the notice stands in a data directory. */
    public static Path in(Path data) {
        return data.resolve("run").resolve("ready.json");
    }

    /**
     * The notice in a data directory; empty while there is none.
     *
     * @throws LaunchException if there is one that cannot be read
     */
    public static Optional<ReadyNotice> read(Path data) {
        Path file = in(data);
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            return Optional.of(parse(Files.readAllBytes(file), data));
        } catch (IOException | JsonException | JsonShapeException | IllegalArgumentException e) {
            throw new LaunchException("the server's notice " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    static ReadyNotice parse(byte[] json, Path data) {
        Json.Obj notice = Json.parseObject(json);
        return new ReadyNotice(
                URI.create(notice.text("url")),
                URI.create(notice.text("devices")),
                notice.text("fingerprint"),
                notice.optionalText("setupCode"),
                data.resolve(notice.text("trustFile")),
                notice.integer("pid"));
    }
}
