package io.strongroom.api.client;

import io.strongroom.api.LineResult;
import io.strongroom.api.LineStatus;
import io.strongroom.api.Problem;
import io.strongroom.api.json.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One batch on its way: sent, and what is still open of it sent again, until each line has a result or the retry policy
 * gives up. Every line is recognised by its key or sequence, so a line whose answer got lost does no harm when it is
 * repeated.
 */
final class Batch {
    private final Transport transport;
    private final String path;
    private final List<byte[]> lines;
    private final ContentEncoding encoding;
    private final @Nullable LineResult[] results;

    Batch(Transport transport, String path, List<byte[]> lines, ContentEncoding encoding) {
        this.transport = transport;
        this.path = path;
        this.lines = lines;
        this.encoding = encoding;
        this.results = new LineResult[lines.size()];
    }

    /**
     * Sends until all lines are settled. Lines that the appliance still puts off in the end have the status
     * {@link LineStatus#RETRY}.
     *
     * @throws StrongroomException if the batch as a whole was refused, or broke off too often
     */
    List<LineResult> settle() {
        List<Integer> open = unsettled();
        Instant begun = transport.now();
        int attempt = 1;
        while (true) {
            StrongroomException failure = attempt(open);
            List<Integer> still = unsettled();
            if (still.isEmpty()) {
                return settled();
            }
            if (still.size() < open.size()) {
                attempt = 1;
                begun = transport.now();
            }
            try {
                transport.pauseOrGiveUp(failure, attempt++, begun, wait(still, failure));
            } catch (StrongroomException e) {
                if (e == failure && still.stream().allMatch(line -> results[line] != null)) {
                    return settled();
                }
                throw e;
            }
            open = still;
        }
    }

    /** Sends the open lines once; says what was in the way of settling them all. */
    private StrongroomException attempt(List<Integer> open) {
        try {
            transport.once(request(open), answer -> read(answer, open));
            return new StrongroomException.Unreachable(
                    "the appliance put lines of the batch off again and again", null);
        } catch (StrongroomException.TryLater | StrongroomException.ServerFailed | StrongroomException.Unreachable e) {
            return e;
        }
    }

    private HttpRequest request(List<Integer> open) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int line : open) {
            body.writeBytes(lines.get(line));
            body.write('\n');
        }
        HttpRequest.Builder request = transport
                .request(path)
                .setHeader("Accept", LineResult.MEDIA_TYPE)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofByteArray(encoding.encode(body.toByteArray())));
        if (encoding != ContentEncoding.NONE) {
            request.header("Content-Encoding", encoding.header());
        }
        return request.build();
    }

    /** Keeps each result as it comes, so that an answer that breaks off is not lost up to there. */
    private int read(Answer answer, List<Integer> open) throws IOException {
        InputStream in = new BufferedInputStream(answer.body());
        int count = 0;
        for (byte[] line = line(in); line != null; line = line(in)) {
            if (line.length > 0) {
                keep(Json.parseObject(line), open);
                count++;
            }
        }
        if (count < open.size()) {
            throw new IOException("results for " + count + " of " + open.size() + " lines");
        }
        return count;
    }

    private void keep(Json.Obj json, List<Integer> open) throws IOException {
        if (json.get("line").isEmpty() && json.get("code").isPresent()) {
            throw StrongroomException.of(Problem.fromJson(json), null);
        }
        LineResult result = LineResult.fromJson(json);
        if (result.line() < 1 || result.line() > open.size()) {
            throw new IOException("a result for line " + result.line() + " of " + open.size());
        }
        results[open.get(result.line() - 1)] = result;
    }

    /** The next line; null at the end. Bytes without an end of line are the rest of a broken answer, or its last line. */
    private static byte @Nullable [] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        int b = in.read();
        if (b < 0) {
            return null;
        }
        while (b >= 0 && b != '\n') {
            line.write(b);
            b = in.read();
        }
        return line.toByteArray();
    }

    private List<Integer> unsettled() {
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < results.length; i++) {
            LineResult result = results[i];
            if (result == null || result.status() == LineStatus.RETRY) {
                open.add(i);
            }
        }
        return open;
    }

    private List<LineResult> settled() {
        return Arrays.stream(results).toList();
    }

    /** The longest that the appliance asked to wait for, be it in the answer's header or for a line. */
    private @Nullable Duration wait(List<Integer> open, StrongroomException failure) {
        long seconds = -1;
        if (failure instanceof StrongroomException.TryLater later) {
            seconds = later.retryAfter().map(Duration::toSeconds).orElse(-1L);
        }
        for (int line : open) {
            LineResult result = results[line];
            if (result != null && result.retryAfterSeconds() != null) {
                seconds = Math.max(seconds, result.retryAfterSeconds());
            }
        }
        return seconds < 0 ? null : Duration.ofSeconds(seconds);
    }
}
