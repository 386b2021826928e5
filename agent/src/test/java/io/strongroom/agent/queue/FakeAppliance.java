package io.strongroom.agent.queue;

import com.github.luben.zstd.ZstdInputStream;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.batch.BatchHead;
import io.strongroom.evidence.batch.verify.BatchFrame;
import io.strongroom.evidence.batch.verify.BatchLines;
import io.strongroom.evidence.batch.verify.SignedBatch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes batches in by the rules of formats §6, and keeps what stood in them. For one stream. */
public final class FakeAppliance {
    private static final String GAP = "agent.gap";

    private final Map<String, Long> next = new HashMap<>();
    private final Map<String, Digest> newest = new HashMap<>();
    private final Map<Digest, Boolean> known = new HashMap<>();

    /** The numbers of the lines, in the order in which they were taken in. */
    public final List<Long> numbers = new ArrayList<>();

    /** The notices among them. */
    public final List<Json.Obj> gaps = new ArrayList<>();

    /** What it says to a batch. */
    public enum Answer {
        TAKEN,
        AGAIN,
        OUT_OF_ORDER,
        CONFLICT
    }

    public Answer take(byte[] frame) {
        BatchFrame parts = BatchFrame.parse(frame);
        SignedBatch batch = SignedBatch.parse(parts.cose());
        BatchHead head = batch.head();
        String epoch = head.epoch().toString();
        if (known.containsKey(batch.digest())) {
            return Answer.AGAIN;
        }
        List<Json.Obj> lines = lines(batch, parts);
        long expected = next.getOrDefault(epoch, 0L);
        if (head.first() < expected || !newest.getOrDefault(epoch, Digest.ZERO).equals(head.previous())) {
            return Answer.CONFLICT;
        }
        if (head.first() > expected && !covers(lines.getFirst(), expected, head.first() - 1)) {
            return Answer.OUT_OF_ORDER;
        }
        known.put(batch.digest(), true);
        newest.put(epoch, batch.digest());
        next.put(epoch, head.last() + 1);
        for (Json.Obj line : lines) {
            if (GAP.equals(line.optionalText("action"))) {
                gaps.add(line.object("attributes"));
            } else {
                numbers.add(line.integer("n"));
            }
        }
        return Answer.TAKEN;
    }

    private static boolean covers(Json.Obj line, long from, long to) {
        return GAP.equals(line.optionalText("action"))
                && line.object("attributes").integer("first") <= from
                && line.object("attributes").integer("last") >= to;
    }

    private static List<Json.Obj> lines(SignedBatch batch, BatchFrame parts) {
        try (InputStream decoded = new ZstdInputStream(
                new ByteArrayInputStream(parts.encodedLines().readAllBytes()))) {
            BatchLines lines = BatchLines.read(batch, decoded);
            List<Json.Obj> all = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                String line = new String(lines.buffer(), lines.offset(i), lines.length(i), StandardCharsets.UTF_8);
                all.add(Json.parseObject(line.getBytes(StandardCharsets.UTF_8)));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next sequence of an epoch. */
    public long nextOf(String epoch) {
        return next.getOrDefault(epoch, 0L);
    }

    /** How many epochs it has seen. */
    public int epochs() {
        return next.size();
    }

    /** Sends all that is due, each batch until it is acknowledged. */
    void drain(TestDisk disk, StreamQueue queue) throws IOException {
        disk.pass();
        for (var batch = queue.next(); batch.isPresent(); batch = queue.next()) {
            Answer answer = take(batch.get().frame());
            if (answer == Answer.TAKEN || answer == Answer.AGAIN) {
                queue.acknowledge(batch.get());
            } else {
                queue.beginAnew();
            }
            disk.pass();
        }
    }
}
