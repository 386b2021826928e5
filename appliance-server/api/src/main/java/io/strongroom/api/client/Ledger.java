package io.strongroom.api.client;

import io.strongroom.api.LedgerCheck;
import io.strongroom.api.LedgerDay;
import io.strongroom.api.Page;
import io.strongroom.api.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checkpoints, proofs and keys, as the appliance publishes them; and what it finds when it re-reads its own store. */
public final class Ledger {
    private static final String PATH = "/api/v1/ledger";

    /** How long to wait before asking again when an answer came too early; the appliance itself holds a poll for 10 s. */
    private static final Duration REST = Duration.ofMillis(100);

    private final Transport transport;

    Ledger(Transport transport) {
        this.transport = transport;
    }

    /**
     * A signed checkpoint (C2SP signed-note), as it came.
     *
     * @param note the whole note with its signatures
     * @param size how many entries it covers
     */
    public record SignedCheckpoint(String note, long size) {}

    /** The newest checkpoint. */
    public SignedCheckpoint checkpoint() {
        return parse(text("/log/checkpoint"));
    }

    /**
     * Waits for a checkpoint that covers at least {@code minSize} entries.
     *
     * @throws StrongroomException.TimedOut if there is none in that time
     */
    public SignedCheckpoint awaitCheckpoint(long minSize, Duration limit) {
        Instant end = transport.now().plus(limit);
        while (true) {
            SignedCheckpoint newest = parse(text(PATH + "/checkpoint?minSize=" + minSize));
            if (newest.size() >= minSize) {
                return newest;
            }
            if (!transport.now().isBefore(end)) {
                throw new StrongroomException.TimedOut("the newest checkpoint covers " + newest.size()
                        + " entries, not " + minSize + ", after " + limit.toSeconds() + " s");
            }
            transport.sleep(REST);
        }
    }

    /** The proof that a record stands in the log (C2SP tlog-proof), as the text of a {@code .tlog-proof} file. */
    public String proof(String recordId) {
        return text(PATH + "/proof/" + Paths.segment(recordId));
    }

    /** The proof that the log of size {@code to} continues that of size {@code from}, as the appliance gives it. */
    public String consistency(long from, long to) {
        return text(PATH + "/consistency?from=" + from + "&to=" + to);
    }

    /**
     * The days of the ledger that have entries, the newest first. Needs the operation {@code ledger.read}.
     *
     * @param after what the page before gave as next; null for the first
     * @param limit 1 to 366
     */
    public Page<LedgerDay> days(@Nullable String after, int limit) {
        return Page.fromJson(
                transport.getJson(
                        PATH + "/days" + new Parameters().put("after", after).put("limit", limit)),
                LedgerDay::fromJson);
    }

    /**
     * What the seal of a day tells of each source's sequences and their gaps: canonical JSON, the bytes that its digest is of.
     *
     * @throws StrongroomException.NotFound if the day is not sealed
     */
    public byte[] daySources(String day) {
        return transport.getBytes(PATH + "/days/" + Paths.segment(day) + "/sources");
    }

    /** The public keys, as the appliance gives them. */
    public String keys() {
        return text(PATH + "/keys");
    }

    /**
     * The trust file. What comes over the wire is worth as much as the connection: an auditor takes it from the card that
     * was printed at the first start.
     */
    public byte[] trustFile() {
        return transport.getBytes(PATH + "/trust");
    }

    /** Has the appliance re-read one record's stored bytes and check them against the log. */
    public LedgerCheck verifyRecord(String recordId) {
        return LedgerCheck.fromJson(
                verify("record", Json.object().put("recordId", recordId).build()));
    }

    /** Has the appliance re-read the entries from one place to another, both included. */
    public LedgerCheck verifyRange(long fromSeq, long toSeq) {
        return LedgerCheck.fromJson(verify(
                "range",
                Json.object().put("fromSeq", fromSeq).put("toSeq", toSeq).build()));
    }

    /** Has the appliance verify a pack that it made. */
    public Json.Obj verifyExport(String exportId) {
        return verify("export", Json.object().put("exportId", exportId).build());
    }

    /** Verification changes nothing, so it may be repeated. */
    private Json.Obj verify(String what, Json.Obj body) {
        return transport.askJson("/api/v1/integrity/verify/" + what, body);
    }

    private String text(String path) {
        return new String(transport.getBytes(path), StandardCharsets.UTF_8);
    }

    private static SignedCheckpoint parse(String note) {
        List<String> lines = note.lines().limit(3).toList();
        try {
            return new SignedCheckpoint(note, Long.parseLong(lines.get(1)));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new StrongroomException.UnexpectedAnswer("the checkpoint's second line is not a size", e);
        }
    }
}
