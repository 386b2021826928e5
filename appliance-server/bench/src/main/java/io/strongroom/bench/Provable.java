package io.strongroom.bench;

import io.strongroom.api.client.StrongroomClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends a record now and then, and measures how long after its acknowledgement a signed checkpoint covers it. */
final class Provable implements Runnable {
    private static final Pattern SEQ = Pattern.compile("\"seq\":(\\d+)");

    private final Appliance appliance;
    private final String token;
    private final List<Double> seconds = new ArrayList<>();
    private volatile boolean stopping;

    Provable(Appliance appliance, String token) {
        this.appliance = appliance;
        this.token = token;
    }

    @Override
    public void run() {
        Documents documents =
                new Documents(99, Stand.SOURCE + "-" + (Stand.SOURCES - 1), 1_000, System.currentTimeMillis());
        try (HttpClient http = HttpClient.newBuilder()
                        .sslContext(appliance.trust().context())
                        .build();
                StrongroomClient client = appliance.client(token)) {
            URI records = appliance.url().resolve("/api/v1/audit/records");
            while (!stopping) {
                byte[] document = documents.next();
                var answer = http.send(
                        HttpRequest.newBuilder(records)
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .header("X-Tenant-Id", Appliance.TENANT)
                                .header("Idempotency-Key", "probe-" + documents.sequence())
                                .POST(HttpRequest.BodyPublishers.ofByteArray(document))
                                .build(),
                        BodyHandlers.ofString());
                long acknowledged = System.nanoTime();
                Matcher seq = SEQ.matcher(answer.body());
                if (!seq.find()) {
                    throw new IllegalStateException("answered " + answer.statusCode() + ": " + answer.body());
                }
                client.ledger().awaitCheckpoint(Long.parseLong(seq.group(1)) + 1, Duration.ofSeconds(30));
                seconds.add((System.nanoTime() - acknowledged) / 1e9);
                TimeUnit.MILLISECONDS.sleep(50);
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void stop() {
        stopping = true;
    }

    /** The value that 99 of 100 samples do not exceed, in seconds. */
    double p99() {
        return Percentiles.of(seconds, 0.99);
    }

    int samples() {
        return seconds.size();
    }
}
