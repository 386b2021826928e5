package io.strongroom.server;

import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.server.settings.DurableFile;
import io.strongroom.server.settings.StartRefusedException;
import io.strongroom.server.settings.StartRefusedException.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is told once requests are answered: to people on standard output, to programs in {@code run/ready.json}.
 *
 * @param devices where devices call
 * @param mqtt where they reach the embedded broker; null if there is none
 * @param fingerprint SHA-256 of the appliance CA's SPKI
 * @param setupCode null once there is an administrator
 */
public record ReadyNotice(
        URI url,
        URI devices,
        @Nullable URI mqtt,
        Digest fingerprint,
        @Nullable String setupCode,
        Path trustFile) {
    private static final String FILE = "ready.json";

    void write(Path folder) {
        byte[] json = Json.object()
                .put("url", url.toString())
                .put("devices", devices.toString())
                .put("mqtt", mqtt == null ? null : mqtt.toString())
                .put("fingerprint", fingerprint.toString())
                .put("setupCode", setupCode)
                .put("trustFile", trustFile.toString())
                .put("pid", ProcessHandle.current().pid())
                .build()
                .bytes();
        try {
            DurableFile.write(folder.resolve(FILE), json);
        } catch (IOException e) {
            throw new StartRefusedException(
                    Reason.DATA_DIRECTORY, "The file " + folder.resolve(FILE) + " cannot be written: " + e, e);
        }
    }

    static void remove(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(FILE));
    }

    /** For the person at the machine. The setup code stands nowhere else but in the file, which is theirs alone. */
    public String forPeople() {
        StringBuilder text = new StringBuilder("Strongroom is ready.\n");
        text.append("  Address      ").append(url).append('\n');
        text.append("  For devices  ").append(devices).append('\n');
        if (mqtt != null) {
            text.append("  By MQTT      ").append(mqtt).append('\n');
        }
        text.append("  Fingerprint  ").append(fingerprint).append('\n');
        text.append("  Trust file   ").append(trustFile).append('\n');
        if (setupCode != null) {
            text.append("  Setup code   ").append(setupCode).append("   (one hour, five tries)\n");
        }
        return text.toString();
    }

    /** Leaves the setup code out. */
    @Override
    public String toString() {
        return "ReadyNotice[" + url + "]";
    }
}
