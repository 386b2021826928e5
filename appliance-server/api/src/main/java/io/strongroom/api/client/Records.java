package io.strongroom.api.client;

import io.strongroom.api.Appended;
import io.strongroom.api.AuditRecord;
import io.strongroom.api.LineResult;
import io.strongroom.api.QueryItem;
import io.strongroom.api.QueryPage;
import io.strongroom.api.QueryPlan;
import io.strongroom.api.RecordFacets;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Appending and querying records. */
public final class Records {
    private static final String PATH = "/api/v1/audit/records";

    private final Transport transport;
    private final IdempotencyKeys keys;
    private final ExecutorService executor;

    Records(Transport transport, IdempotencyKeys keys, ExecutorService executor) {
        this.transport = transport;
        this.keys = keys;
        this.executor = executor;
    }

    /**
     * Appends one record and returns when it is durable. A record without an idempotency key gets one here, for the
     * repeats within this call; a caller that repeats a failed call itself sets its own.
     *
     * @throws StrongroomException if it was refused, or not answered in the end: then it may or may not be in the ledger,
     *     and repeating it under the same key is safe
     */
    public Appended append(AuditRecord record) {
        String key = record.idempotencyKey() == null ? keys.next() : record.idempotencyKey();
        return transport.repeating(
                transport
                        .request(PATH)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.ofByteArray(record.toJson().bytes()))
                        .build(),
                answer -> Appended.fromJson(
                        answer.object(),
                        answer.headers()
                                .firstValue("Idempotent-Replayed")
                                .filter("true"::equals)
                                .isPresent()));
    }

    /**
     * Appends as many records as there are, in batches. Lines that the appliance asks to have again, and batches that
     * break off, are sent again; records with neither sequence nor idempotency key get a key here, so that this is safe.
     *
     * @param records read as the batches are cut, in the calling thread
     * @param results told what became of each record, in input order, as batches settle, in the calling thread; the
     *     lines are numbered from 1 over the whole input
     * @throws StrongroomException if a whole batch was refused or is not answered in the end; all results that were told
     *     before stand
     */
    public void appendAll(Iterator<AuditRecord> records, BatchOptions options, Consumer<LineResult> results) {
        Deque<Future<List<LineResult>>> underWay = new ArrayDeque<>();
        int[] told = {0};
        try {
            while (records.hasNext()) {
                if (underWay.size() == options.inFlight()) {
                    tell(underWay.removeFirst(), told, results);
                }
                Batch batch = cut(records, options);
                underWay.addLast(executor.submit(batch::settle));
            }
            while (!underWay.isEmpty()) {
                tell(underWay.removeFirst(), told, results);
            }
        } finally {
            underWay.forEach(batch -> batch.cancel(true));
        }
    }

    /** A page of the records that the query finds, as far as the caller may see them. */
    public QueryPage query(RecordQuery query) {
        return QueryPage.fromJson(transport.getJson("/api/v1/query/records" + query.toQueryString()));
    }

    /** One record, as far as the caller may see it, with what became of each field that it commits to. */
    public QueryItem one(String recordId) {
        return QueryItem.fromJson(transport.getJson("/api/v1/query/records/" + Paths.segment(recordId)));
    }

    /**
     * How many records there are for each value of the fields that can be counted by: those that the parameter {@code
     * fields} names, with commas, and of each at most as many values as the query has as its limit.
     */
    public RecordFacets facets(RecordQuery query) {
        return RecordFacets.fromJson(transport.getJson("/api/v1/query/facets" + query.toQueryString()));
    }

    /** How the query would be answered. Reads no record. */
    public QueryPlan plan(RecordQuery query) {
        return QueryPlan.fromJson(transport.askJson("/api/v1/query/plan", query.toJson()));
    }

    private Batch cut(Iterator<AuditRecord> records, BatchOptions options) {
        List<byte[]> lines = new ArrayList<>();
        long bytes = 0;
        while (records.hasNext() && lines.size() < options.maxLines() && bytes < options.maxBytes()) {
            AuditRecord record = records.next();
            boolean recognised = record.hasSequence() || record.idempotencyKey() != null;
            byte[] line = (recognised ? record : record.withIdempotencyKey(keys.next()))
                    .toBatchLine()
                    .bytes();
            lines.add(line);
            bytes += line.length + 1;
        }
        return new Batch(transport, PATH + ":batch", lines, options.encoding());
    }

    private static void tell(Future<List<LineResult>> batch, int[] told, Consumer<LineResult> results) {
        List<LineResult> settled;
        try {
            settled = batch.get();
        } catch (InterruptedException e) {
            batch.cancel(true);
            Thread.currentThread().interrupt();
            throw new StrongroomException.Interrupted(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StrongroomException failure) {
                throw failure;
            }
            throw new IllegalStateException("sending a batch failed", e.getCause());
        }
        for (LineResult result : settled) {
            results.accept(result.atLine(++told[0]));
        }
    }
}
