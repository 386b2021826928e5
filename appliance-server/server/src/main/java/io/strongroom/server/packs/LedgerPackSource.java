package io.strongroom.server.packs;

import io.strongroom.api.ProblemType;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.batch.verify.SignedBatch;
import io.strongroom.evidence.field.Disclosure;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.field.ObjectReference;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.pack.write.Attachment;
import io.strongroom.evidence.pack.write.PackSource;
import io.strongroom.policies.Quota;
import io.strongroom.server.ingest.SentBatches;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.ledger.LedgerReader.Row;
import io.strongroom.server.privacy.RecordSight;
import io.strongroom.server.privacy.RecordSights;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.uploads.UploadedObject;
import io.strongroom.server.uploads.UploadedObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.PublicKey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A frozen range of the ledger, as a pack reads it: walked once for the records, while the entries are put aside until
 * the pack wants them. What is hidden is looked up by its places.
 */
final class LedgerPackSource implements PackSource, AutoCloseable {
    private static final JsonPointer TOP = JsonPointer.parse("");
    private static final int PROGRESS_EVERY = 1000;

    private final LedgerReader ledger;
    private final SelectionFilter filter;
    private final long from;
    private final long to;
    private final Quota quota;
    private final ReaderView view;
    private final UploadedObjects uploads;
    private final SentBatches sent;
    private final EntriesAside.Asides asides;
    private final PackMaker.Progress progress;

    // Owned by the thread that writes the pack.
    private long walked;
    /** What the last walk of the records has put aside; null before it. */
    private @Nullable EntriesAside aside;
    /** Places whose record has committed fields; null until the records have been walked to their end. */
    private @Nullable PlaceSet committing;
    /** Places of which something is hidden or masked; as above. */
    private @Nullable PlaceSet partly;
    /** Masking profiles that applied to selected records. */
    private final SortedSet<String> profiles = new TreeSet<>();

    /** Large values that what has been walked refers to, in the order of their digests' text. */
    private final SortedMap<String, Digest> referred = new TreeMap<>();

    /** Device batches that walked records name, in the order of their digests' text, each with its device. */
    private final SortedMap<String, String> devices = new TreeMap<>();

    LedgerPackSource(
            ReaderView view,
            UploadedObjects uploads,
            SentBatches sent,
            SelectionFilter filter,
            FrozenInputs frozen,
            Quota quota,
            EntriesAside.Asides asides,
            PackMaker.Progress progress) {
        this.ledger = view.ledger();
        this.filter = filter;
        this.from = frozen.from();
        this.to = frozen.to();
        this.quota = quota;
        this.view = view;
        this.uploads = uploads;
        this.sent = sent;
        this.asides = asides;
        this.progress = progress;
    }

    /** Takes selected rows. */
    @FunctionalInterface
    interface SelectedRows {
        /** @return whether to go on */
        boolean take(Row row) throws IOException;
    }

    /** The masking profiles that applied to what was walked; empty where none did. */
    String profiles() {
        return String.join(" ", profiles);
    }

    @Override
    public void records(Lines out) throws IOException {
        boolean remember = PlaceSet.fits(from, to);
        PlaceSet withCommitments = remember ? PlaceSet.of(from, to) : null;
        PlaceSet hiding = remember ? PlaceSet.of(from, to) : null;
        long[] chosenSoFar = {0};
        EntriesAside entries = renewed();
        boolean whole = walkAll(true, row -> {
            long seq = row.entry().seq();
            entries.leaf(row.leaf());
            byte[] stored = row.body();
            RecordSight sight = stored == null ? null : view.sight(row.entry(), stored);
            Row seen = ReaderView.seen(row, sight);
            if (!filter.selects(row, sight)) {
                return true;
            }
            requireRoom(++chosenSoFar[0]);
            entries.entry(row.entry());
            if (sight != null && !sight.profile().isEmpty()) {
                profiles.add(sight.profile());
            }
            if (hiding != null && sight != null && MaskedLine.isDue(view.given(sight))) {
                hiding.add(seq);
            }
            byte[] body = seen.body();
            if (body == null) {
                return true;
            }
            if (withCommitments != null && RecordSights.commits(body)) {
                withCommitments.add(seq);
            }
            refer(new JsonSlice(body, 0, body.length));
            Digest batch = row.entry().sourceSeq() == null ? BatchName.of(body) : null;
            if (batch != null) {
                devices.putIfAbsent(batch.toString(), row.entry().source());
            }
            return out.line(seq, body, 0, body.length);
        });
        if (whole) {
            entries.end();
            committing = withCommitments;
            partly = hiding;
        }
    }

    private void requireRoom(long records) {
        if (quota.recordsPerExport().isPresent()
                && records > quota.recordsPerExport().getAsLong()) {
            throw new ProblemException(
                    ProblemType.EXPORT_TOO_LARGE,
                    quota.rule() + " allows " + quota.recordsPerExport().getAsLong()
                            + " records in a pack, and the selection has more.");
        }
    }

    /** Each walk of the records puts aside anew: the first may be a preview, which ends early. */
    private EntriesAside renewed() throws IOException {
        close();
        EntriesAside fresh = new EntriesAside(asides);
        aside = fresh;
        return fresh;
    }

    private EntriesAside walkedBefore() {
        EntriesAside there = aside;
        if (there == null) {
            throw new IllegalStateException("the records come before their entries");
        }
        return there;
    }

    @Override
    public void entries(Lines out) throws IOException {
        walkedBefore().entries(out);
    }

    @Override
    public void disclosures(Disclosures out) throws IOException {
        PlaceSet chosen = committing;
        if (chosen == null) {
            walk(true, row -> {
                byte[] body = row.body();
                return body == null || disclosed(row, body, out);
            });
            return;
        }
        for (long seq = from; seq < to; seq++) {
            if (chosen.has(seq)) {
                Row row = ledger.find(seq).orElseThrow(() -> new IOException("an entry of the range is not there"));
                byte[] body = view.seen(row).body();
                if (body != null && !disclosed(row, body, out)) {
                    return;
                }
            }
        }
    }

    private boolean disclosed(Row row, byte[] body, Disclosures out) throws IOException {
        if (!RecordSights.commits(body)) {
            return true;
        }
        List<Disclosure> shown = ReaderView.disclosures(view.given(view.sight(row.entry(), body)));
        shown.forEach(disclosure -> refer(disclosure.value()));
        return shown.isEmpty() || out.disclosed(row.entry().seq(), row.entry().id(), shown);
    }

    /** Of each selected record that is not whole for this reader, what is seen of the rest, and why not more. */
    @Override
    public void masked(Lines out) throws IOException {
        PlaceSet places = partly;
        if (places == null) {
            walkAll(true, row -> masked(row, out));
            return;
        }
        for (long seq = from; seq < to; seq++) {
            if (places.has(seq)) {
                Row row = ledger.find(seq).orElseThrow(() -> new IOException("an entry of the range is not there"));
                if (!masked(row, out)) {
                    return;
                }
            }
        }
    }

    private boolean masked(Row row, Lines out) throws IOException {
        byte[] body = row.body();
        RecordSight sight = body == null ? null : view.sight(row.entry(), body);
        if (sight == null || !filter.selects(row, sight)) {
            return true;
        }
        RecordSight given = view.given(sight);
        if (!MaskedLine.isDue(given)) {
            return true;
        }
        byte[] rendered = MaskedLine.of(row.entry(), given);
        return out.line(row.entry().seq(), rendered, 0, rendered.length);
    }

    private void refer(JsonSlice value) {
        if (ObjectReference.any(value.bytes(), value.offset(), value.offset() + value.length())) {
            ObjectReference.each(value, TOP, (place, object) -> ObjectReference.find(object)
                    .ifPresent(reference -> referred.put(reference.digest().hex(), reference.digest())));
        }
    }

    /** What has been erased since is left out, and the verifier says so. */
    @Override
    public void objects(Objects out) throws IOException {
        for (Digest digest : referred.values()) {
            Optional<UploadedObject> object = uploads.find(digest);
            if (object.isPresent()) {
                out.object(new Attachment(
                        PackLayout.object(digest),
                        object.get().bytes(),
                        object.get().content()::open));
            }
        }
    }

    /** A batch whose key is not known would prove nothing. */
    @Override
    public void batches(Objects out) throws IOException {
        Set<Digest> keys = new HashSet<>();
        for (var named : devices.entrySet()) {
            Digest digest = Digest.parse(named.getKey());
            byte[] cose = sent.find(digest).orElse(null);
            if (cose == null) {
                continue;
            }
            Digest keyId = SignedBatch.parse(cose).keyId();
            Optional<PublicKey> key = sent.key(named.getValue(), keyId);
            if (key.isPresent()) {
                out.object(Attachment.of(PackLayout.batch(digest), cose));
                if (keys.add(keyId)) {
                    out.object(
                            Attachment.of(PackLayout.deviceKey(keyId), key.get().getEncoded()));
                }
            }
        }
    }

    /** Those that {@link #records} met: each entry was checked against its own. */
    @Override
    public void leaves(Leaves out) throws IOException {
        walkedBefore().leaves(out);
    }

    /** Walks the selected rows. @return whether it came to the end */
    boolean walk(boolean bodies, SelectedRows rows) throws IOException {
        return walkAll(bodies, row -> {
            byte[] body = row.body();
            RecordSight sight = body == null ? null : view.sight(row.entry(), body);
            return !filter.selects(row, sight) || rows.take(ReaderView.seen(row, sight));
        });
    }

    private boolean walkAll(boolean bodies, SelectedRows rows) throws IOException {
        boolean[] whole = {true};
        long before = walked;
        try {
            ledger.read(from, to, bodies ? filter::admits : entry -> false, row -> {
                try {
                    whole[0] = rows.take(row);
                    tell();
                    return whole[0];
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (!whole[0]) {
            // The preview: its rows come again.
            walked = before;
        }
        return whole[0];
    }

    private void tell() throws ExportStoppedException {
        walked++;
        if (walked % PROGRESS_EVERY == 0) {
            progress.at(Math.min(walked, to - from), to - from);
        }
    }

    /** Lets go of what was put aside. */
    @Override
    public void close() throws IOException {
        EntriesAside there = aside;
        aside = null;
        if (there != null) {
            there.close();
        }
    }
}
