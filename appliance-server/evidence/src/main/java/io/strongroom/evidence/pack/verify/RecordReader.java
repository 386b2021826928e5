package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.field.Commitment;
import io.strongroom.evidence.field.Commitments;
import io.strongroom.evidence.field.Disclosure;
import io.strongroom.evidence.field.DisclosureException;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.json.JsonSlice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Reads records and disclosures on a thread of its own, and hands over what their entries are compared with. */
final class RecordReader implements Callable<PackFacts.Fields> {
    private final Lines records;
    private final DisclosureLines disclosures;
    private final byte @Nullable [] tenant;
    private final Set<String> erased;
    private final ReferredObjects objects;
    private final ReferredBatches batches;
    private final BlockingQueue<RecordBatch> out;
    private final MessageDigest sha256 = Digest.sha256();
    private final RecordScan scan = new RecordScan();
    private long present;
    private long withheld;
    private long erasures;

    /** @param tenant whose records these are, in lower case; null where the pack does not say */
    RecordReader(
            Lines records,
            DisclosureLines disclosures,
            byte @Nullable [] tenant,
            Set<String> erased,
            ReferredObjects objects,
            ReferredBatches batches,
            BlockingQueue<RecordBatch> out) {
        this.records = records;
        this.disclosures = disclosures;
        this.tenant = tenant;
        this.erased = erased;
        this.objects = objects;
        this.batches = batches;
        this.out = out;
    }

    /** Reads all; the last batch is always {@link RecordBatch#END}, so that the other side never waits in vain. */
    @Override
    public PackFacts.Fields call() throws IOException, InterruptedException {
        boolean interrupted = false;
        try {
            RecordBatch batch = new RecordBatch("");
            while (records.next()) {
                if (batch.size == RecordBatch.MOST || !batch.file.equals(records.path())) {
                    put(batch);
                    batch = new RecordBatch(records.path());
                }
                add(batch);
            }
            put(batch);
            records.drain();
            disclosures.drain();
            return new PackFacts.Fields(present, withheld, erasures);
        } catch (InterruptedException e) {
            interrupted = true;
            throw e;
        } finally {
            // Interrupted, nobody takes from the queue any more.
            if (!interrupted) {
                out.put(RecordBatch.END);
            }
        }
    }

    private void put(RecordBatch batch) throws InterruptedException {
        if (batch.size > 0) {
            out.put(batch);
        }
    }

    private void add(RecordBatch batch) throws IOException {
        int i = batch.size++;
        byte[] bytes = records.buffer();
        int start = records.start();
        int length = records.length();
        sha256.update(bytes, start, length);
        try {
            sha256.digest(batch.digests, i * Digest.BYTES, Digest.BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException(e);
        }
        batch.lines[i] = records.line();
        batch.disclosedAt[i] = -1;
        RecordId id = null;
        Failure problem = null;
        try {
            scan.scan(bytes, start, length);
            if (scan.refers()) {
                objects.look(bytes, start, length);
            }
            if (scan.ofDevice()) {
                batches.look(bytes, start, length);
            }
            scan.claims(batch.claims, i);
            id = scan.id();
            problem = id == null ? atLine("a record with its recordId", "a record without one") : contradiction(id);
            if (id != null) {
                batch.disclosedAt[i] = fields(bytes, start, length, id);
            }
        } catch (JsonException | IllegalArgumentException e) {
            problem = atLine("a stored record in canonical JSON", String.valueOf(e.getMessage()));
        } catch (DisclosureException e) {
            problem = Failure.of(disclosures.path(), "disclosures that belong to their record", e.getMessage() + "");
        }
        batch.ids.add(id);
        batch.problems.add(problem);
    }

    /** What the record says otherwise than its id, which stands in its entry, too, and its ledger, which is one tenant's. */
    private @Nullable Failure contradiction(RecordId id) {
        if (scan.receivedOtherwise(id.epochMillis())) {
            return atLine(
                    "a record received at " + Rfc3339.format(id.epochMillis()) + ", as its id says", "another time");
        }
        return tenant != null && scan.ofOtherTenant(tenant)
                ? atLine("a record of the tenant " + new String(tenant, StandardCharsets.US_ASCII), "one of another")
                : null;
    }

    private Failure atLine(String expected, String found) {
        return Failure.of(records.path(), expected + " in line " + records.line(), found);
    }

    /** Checks what the record commits to; gives the place that its disclosures name, or −1. */
    private long fields(byte[] bytes, int start, int length, RecordId id) throws IOException {
        List<Disclosure> shown = disclosures.of(id);
        if (shown == null && !scan.committed()) {
            return -1;
        }
        byte[] record = Arrays.copyOfRange(bytes, start, start + length);
        for (Commitment commitment : Commitments.check(record, shown == null ? List.of() : shown, erased)) {
            switch (commitment.verdict()) {
                case PRESENT -> {
                    present++;
                    look(commitment);
                }
                case WITHHELD -> withheld++;
                case ERASED -> erasures++;
            }
        }
        return shown == null ? -1 : disclosures.seq();
    }

    private void look(Commitment commitment) {
        Disclosure disclosure = commitment.disclosure();
        if (disclosure != null) {
            JsonSlice value = disclosure.value();
            objects.look(value.bytes(), value.offset(), value.length());
        }
    }

    /** Disclosures for which there was no record, after the last record. */
    @Nullable
    Failure leftOver() {
        return disclosures.leftOver();
    }
}
