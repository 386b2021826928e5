package io.strongroom.server;

import io.strongroom.server.settings.Setting;
import io.strongroom.server.settings.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the HTTP server is told: TLS 1.3 alone, HTTP/2 and HTTP/1.1, and limits on everything that a caller can send. */
final class HttpSettings {
    private static final int DECODED_HEADS = 4;

    private HttpSettings() {}

    static Map<String, Object> of(Settings settings) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("micronaut.application.name", "strongroom");
        properties.put("micronaut.server.host", settings.text(Setting.SERVER_HOST));
        int port = settings.number(Setting.SERVER_PORT, 0, 65_535);
        properties.put("micronaut.server.port", port == 0 ? -1 : port);
        properties.put("micronaut.server.http-version", "2.0");

        properties.put("micronaut.server.ssl.enabled", true);
        properties.put("micronaut.server.ssl.port", port == 0 ? -1 : port);
        properties.put("micronaut.server.ssl.protocols", List.of("TLSv1.3"));

        // A batch has at most 64 MiB before it is encoded, an upload what is set; whatever is read whole is at most 1
        // MiB.
        properties.put(
                "micronaut.server.max-request-size", Math.max(64L << 20, settings.mostUploadBytes()) + (1L << 20));
        properties.put("micronaut.server.max-request-buffer-size", 1L << 20);
        properties.put("micronaut.server.netty.max-initial-line-length", 8 * 1024);
        properties.put("micronaut.server.netty.max-header-size", BrokenHeads.MOST_HEADER_BYTES);
        // What is longer than a head may be, but no longer than this, is decoded, and answered by BrokenHeads with a
        // problem; the codec itself answers without a word.
        properties.put(
                "micronaut.server.netty.http2.max-header-list-size", DECODED_HEADS * BrokenHeads.MOST_HEADER_BYTES);
        properties.put("micronaut.server.netty.http2.max-concurrent-streams", 256);
        properties.put("micronaut.server.netty.http2.initial-window-size", 1 << 20);
        properties.put("micronaut.server.netty.http2.push-enabled", false);
        // Bodies are decoded by those who read them, each under its own limit.
        properties.put("micronaut.server.netty.request-decompression-enabled", false);
        properties.put("micronaut.server.idle-timeout", "5m");
        properties.put("micronaut.server.max-params", 256);
        properties.put("micronaut.server.date-header", true);
        properties.put("micronaut.server.not-found-on-missing-body", false);
        properties.put("strongroom.metrics.open", settings.flag(Setting.METRICS_OPEN));
        properties.put(
                "strongroom.telemetry.pushed",
                !settings.text(Setting.TELEMETRY_OTLP_ENDPOINT).isEmpty());
        properties.put(
                "strongroom.traces.on", !settings.text(Setting.TRACES_ENDPOINT).isEmpty());
        properties.put("jackson.serialization-inclusion", "ALWAYS");
        return properties;
    }
}
