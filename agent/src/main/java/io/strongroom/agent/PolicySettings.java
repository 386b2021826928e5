package io.strongroom.agent;

import io.strongroom.agent.files.DurableFile;
import io.strongroom.agent.identity.Connection;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.json.JsonException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the appliance's policy in force wants this agent to collect, as it was last told: kept on disk, so that it holds while
 * the appliance is away. That it comes from the appliance is what the connection vouches for; by which bundle it was said is
 * kept beside, for whoever compares.
 */
final class PolicySettings {
    private static final String PATH = "/api/v1/device/settings";
    private static final int MOST_BYTES = 64 << 10;

    private final Path file;
    private final Connection connection;
    private volatile Json.Obj said;

    /** @param file where it is kept */
    PolicySettings(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
        this.said = kept(file);
    }

    private static Json.Obj kept(Path file) {
        try {
            Json.Obj kept = Json.parseObject(Files.readAllBytes(file));
            Map<String, String> unused = settings(kept);
            return kept;
        } catch (IOException | JsonException | JsonShapeException e) {
            return Json.Obj.EMPTY;
        }
    }

    /** By the agent's own keys; empty before the appliance told anything. */
    Map<String, String> settings() {
        return settings(said);
    }

    private static Map<String, String> settings(Json.Obj said) {
        Map<String, String> settings = new TreeMap<>();
        if (said.members().get("settings") instanceof Json.Obj all) {
            all.members().keySet().forEach(key -> settings.put(key, all.text(key)));
        }
        return settings;
    }

    /** The bundle that says so, and its rule; empty before the appliance told anything. */
    Json.Obj source() {
        return said.without("settings");
    }

    /**
     * Asks the appliance.
     *
     * @return whether it says something else than before
     * @throws IOException if it cannot be reached, does not say, or what it says cannot be kept; then what was said holds
     */
    synchronized boolean ask() throws IOException, InterruptedException {
        HttpResponse<byte[]> answer =
                connection.send(PATH, HttpRequest.newBuilder().GET());
        if (answer.statusCode() != 200 || answer.body().length > MOST_BYTES) {
            throw new IOException("the appliance answered " + answer.statusCode() + " to what it wants collected");
        }
        try {
            Json.Obj now = Json.parseObject(answer.body());
            if (now.equals(said)) {
                return false;
            }
            boolean changed = !settings(now).equals(settings());
            DurableFile.write(file, now.bytes());
            said = now;
            return changed;
        } catch (JsonException | JsonShapeException e) {
            throw new IOException("what the appliance wants collected cannot be read: " + e.getMessage(), e);
        }
    }
}
