package io.strongroom.agent.send;

import io.strongroom.agent.identity.Connection;
import io.strongroom.agent.identity.Refusals;
import io.strongroom.agent.queue.CutBatch;
import io.strongroom.api.BatchAck;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.batch.BatchLayout;
import io.strongroom.evidence.json.JsonException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** {@code POST /api/v1/device/batches}, over HTTP/2 with the device's certificate. */
public final class HttpsTransport implements Transport {
    private static final String PATH = "/api/v1/device/batches";

    private final Connection connection;
    private final Skew skew;
    private final InstantSource clock;

    public HttpsTransport(Connection connection, Skew skew, InstantSource clock) {
        this.connection = connection;
        this.skew = skew;
        this.clock = clock;
    }

    @Override
    public Reply send(CutBatch batch) throws InterruptedException {
        long sentAt = clock.millis();
        try {
            HttpResponse<byte[]> answer = connection.send(
                    PATH,
                    HttpRequest.newBuilder()
                            .header("Content-Type", BatchLayout.MEDIA_TYPE)
                            .POST(HttpRequest.BodyPublishers.ofByteArray(batch.frame())));
            if (answer.statusCode() != 200) {
                return new Reply.Refused(answer.statusCode(), Refusals.read(answer.body()), retryAfter(answer));
            }
            BatchAck ack = BatchAck.fromJson(Json.parseObject(answer.body()));
            skew.add(sentAt, clock.millis(), Rfc3339.parse(ack.serverTime()));
            return new Reply.Acknowledged(ack);
        } catch (IOException e) {
            return new Reply.Unanswered(String.valueOf(e.getMessage() == null ? e : e.getMessage()));
        } catch (JsonException | JsonShapeException | IllegalArgumentException e) {
            return new Reply.Unanswered("the answer is no acknowledgement: " + e.getMessage());
        }
    }

    private Optional<Duration> retryAfter(HttpResponse<byte[]> answer) {
        String text = answer.headers().firstValue("Retry-After").orElse("");
        if (text.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            long until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant()
                    .toEpochMilli();
            return Optional.of(Duration.ofMillis(Math.max(0, until - clock.millis())));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
