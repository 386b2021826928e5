package io.strongroom.api.client;

import io.strongroom.api.CustodyEvent;
import io.strongroom.api.ExportEstimate;
import io.strongroom.api.ExportRequest;
import io.strongroom.api.ExportState;
import io.strongroom.api.ExportStatus;
import io.strongroom.api.ExportSummary;
import io.strongroom.api.Page;
import io.strongroom.api.QueryPage;
import io.strongroom.evidence.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Evidence packs: asking for one, waiting for it, fetching it. Needs the scope {@code export}. */
public final class Exports {
    private static final String PATH = "/api/v1/exports";
    private static final Duration SHORTEST_POLL = Duration.ofMillis(20);
    private static final Duration LONGEST_POLL = Duration.ofSeconds(2);
    private static final int BUFFER_BYTES = 128 * 1024;

    private final Transport transport;
    private final Records records;

    Exports(Transport transport, Records records) {
        this.transport = transport;
        this.records = records;
    }

    /** Asks for a pack. Asked twice, two are made. */
    public ExportStatus request(ExportRequest request) {
        return ExportStatus.fromJson(transport.postJson(PATH, request.toJson()));
    }

    /**
     * A page of packs, the newest first: the caller's own, and where policy lets them see exports ({@code exports.read}),
     * everybody's.
     *
     * @param after what the page before gave as next; null for the first
     * @param limit 1 to 500
     */
    public Page<ExportSummary> list(@Nullable String after, int limit) {
        return Page.fromJson(
                transport.getJson(PATH + new Parameters().put("after", after).put("limit", limit)),
                ExportSummary::fromJson);
    }

    /** What a pack would hold. It is refused as the pack would be. */
    public ExportEstimate estimate(ExportRequest request) {
        return ExportEstimate.fromJson(transport.askJson(PATH + "/estimate", request.toJson()));
    }

    /**
     * What was done with a pack, from its request on, as far as the caller may see the ledger's records of it: who fetched
     * it, when, and which bytes. Needs the operation {@code records.read}.
     */
    public List<CustodyEvent> custody(String id) {
        RecordQuery query = RecordQuery.ALL
                .resource(id)
                .with("resource.type", "Export")
                .with("sort", "seq")
                .limit(500);
        List<CustodyEvent> events = new ArrayList<>();
        @Nullable String next = null;
        do {
            QueryPage page = records.query(next == null ? query : query.cursor(next));
            page.items().stream().map(CustodyEvent::of).forEach(events::add);
            next = page.nextCursor();
        } while (next != null);
        return events;
    }

    /** Where a pack is on its way. */
    public ExportStatus status(String id) {
        return ExportStatus.fromJson(transport.getJson(address(id)));
    }

    /** Cancels a pack, or throws a ready one away. */
    public void cancel(String id) {
        transport.delete(address(id));
    }

    /**
     * Waits until a pack is ready.
     *
     * @param progress told each status that was seen on the way
     * @throws StrongroomException.Answered if it failed, with the problem that the appliance gave
     * @throws StrongroomException.TimedOut if it is not ready in that time
     */
    public ExportStatus await(String id, Duration limit, Consumer<ExportStatus> progress) {
        Instant start = transport.now();
        Instant end = start.plus(limit);
        while (true) {
            ExportStatus status = status(id);
            progress.accept(status);
            if (status.status() == ExportState.READY) {
                return status;
            }
            if (status.status().settled()) {
                if (status.problem() != null) {
                    throw StrongroomException.of(status.problem(), null);
                }
                throw new StrongroomException.UnexpectedAnswer(
                        "the pack " + id + " is " + status.status().wire() + ", and the appliance does not say why",
                        null);
            }
            if (!transport.now().isBefore(end)) {
                throw new StrongroomException.TimedOut("the pack is not ready after " + limit.toSeconds() + " s: "
                        + status.done() + " of " + status.total() + " entries");
            }
            transport.sleep(untilNextPoll(Duration.between(start, transport.now())));
        }
    }

    /** A twentieth of the time that has passed: soon for a small pack, seldom for a long one. */
    private static Duration untilNextPoll(Duration waited) {
        Duration part = waited.dividedBy(20);
        return part.compareTo(SHORTEST_POLL) < 0
                ? SHORTEST_POLL
                : part.compareTo(LONGEST_POLL) > 0 ? LONGEST_POLL : part;
    }

    /**
     * Fetches a ready pack. A download that breaks off goes on where it stopped; also in a later call, from the file
     * {@code <target>.part}. The pack appears under its name only when it is whole and its digest is right.
     *
     * @param target where to; replaced if it is there
     * @param progress told how many bytes have come so far
     * @throws UncheckedIOException if the file cannot be written
     */
    public void download(ExportStatus ready, Path target, LongConsumer progress) {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        Instant begun = transport.now();
        int attempt = 1;
        while (true) {
            long before = length(part);
            try {
                transport.once(from(ready.id(), before), answer -> receive(answer, part, before, progress));
                break;
            } catch (StrongroomException.Unreachable | StrongroomException.ServerFailed e) {
                if (length(part) > before) {
                    attempt = 1;
                    begun = transport.now();
                }
                transport.pauseOrGiveUp(e, attempt++, begun, null);
            } catch (StrongroomException.TryLater e) {
                transport.pauseOrGiveUp(e, attempt++, begun, e.retryAfter().orElse(null));
            } catch (StrongroomException.Refused e) {
                if (e.problem().status() != 416 || ready.size() == null || ready.size() != before) {
                    throw e;
                }
                break;
            }
        }
        finish(ready, part, target);
    }

    private HttpRequest from(String id, long have) {
        HttpRequest.Builder request = transport
                .request(address(id) + "/content")
                .setHeader("Accept", "application/zip")
                .GET();
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-");
        }
        return request.build();
    }

    /** Appends to what is there when the answer is a part (206), begins anew when it is the whole (200). */
    private static long receive(Answer answer, Path part, long have, LongConsumer progress) throws IOException {
        boolean goesOn = answer.status() == 206;
        if (goesOn && !answer.headers().firstValue("Content-Range").orElse("").startsWith("bytes " + have + "-")) {
            throw new IOException("the answer is another part than was asked for");
        }
        long received = goesOn ? have : 0;
        try (OutputStream file = open(part, goesOn)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            while (true) {
                int read = answer.body().read(buffer);
                if (read < 0) {
                    return received;
                }
                write(file, buffer, read);
                received += read;
                progress.accept(received);
            }
        }
    }

    private static void finish(ExportStatus ready, Path part, Path target) {
        try {
            @Nullable String wrong = difference(ready, part);
            if (wrong != null) {
                Files.delete(part);
                throw new StrongroomException.UnexpectedAnswer(
                        "the pack did not arrive as it was sent: " + wrong, null);
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("the pack cannot be written to " + target + ": " + e.getMessage(), e);
        }
    }

    private static @Nullable String difference(ExportStatus ready, Path part) throws IOException {
        if (ready.size() != null && ready.size() != Files.size(part)) {
            return Files.size(part) + " bytes came, not " + ready.size();
        }
        if (ready.sha256() == null) {
            return null;
        }
        String found = digest(part).toString();
        String expected = ready.sha256().startsWith("sha256:") ? ready.sha256() : "sha256:" + ready.sha256();
        return found.equals(expected) ? null : "its digest is " + found + ", not " + expected;
    }

    private static Digest digest(Path file) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha256.update(buffer, 0, read);
            }
        }
        return Digest.ofBytes(sha256.digest());
    }

    // What fails on this machine's disk must not look like a broken connection, which would be tried again.

    private static long length(Path part) {
        try {
            return Files.exists(part) ? Files.size(part) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + part + ": " + e.getMessage(), e);
        }
    }

    private static OutputStream open(Path part, boolean append) {
        try {
            return append
                    ? Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    : Files.newOutputStream(part);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + part + ": " + e.getMessage(), e);
        }
    }

    private static void write(OutputStream file, byte[] buffer, int length) {
        try {
            file.write(buffer, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException("the pack cannot be written: " + e.getMessage(), e);
        }
    }

    private static String address(String id) {
        return PATH + "/" + Paths.segment(id);
    }
}
