package io.strongroom.server.packs;

import io.strongroom.api.ExportFormat;
import io.strongroom.api.ProblemType;
import io.strongroom.api.Selection;
import io.strongroom.evidence.TenantId;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.note.TlogProof;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.pack.write.Attachment;
import io.strongroom.evidence.pack.write.PackDescription;
import io.strongroom.evidence.pack.write.PackDescription.Tool;
import io.strongroom.evidence.pack.write.PackWriter;
import io.strongroom.evidence.pack.write.PolicyActivation;
import io.strongroom.evidence.tree.HashSource;
import io.strongroom.evidence.tree.InclusionProof;
import io.strongroom.evidence.tree.RangeProof;
import io.strongroom.policies.Policy;
import io.strongroom.server.ingest.SentBatches;
import io.strongroom.server.keys.SigningKeys;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.policy.PolicyHistory;
import io.strongroom.server.privacy.Reader;
import io.strongroom.server.privacy.RecordSights;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.spool.Spool;
import io.strongroom.server.uploads.UploadedObjects;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.random.RandomGenerator;

/** Makes packs of the ledger itself. */
final class LedgerPacks implements PackMaker {
    private static final String TABLE = PackLayout.TABLES + "part-00000.parquet";

    private final LedgerReader ledger;
    private final ChosenRecords chosen;
    private final PackCheckpoints checkpoints;
    private final RecordSights sights;
    private final UploadedObjects uploads;
    private final SentBatches sent;
    private final SigningKeys keys;
    private final Policy policy;
    private final PolicyHistory policies;
    private final TenantId tenant;
    private final Spool spool;
    private final Tool tool;
    private final InstantSource clock;
    private final RandomGenerator random;

    LedgerPacks(
            LedgerReader ledger,
            ChosenRecords chosen,
            PackCheckpoints checkpoints,
            RecordSights sights,
            UploadedObjects uploads,
            SentBatches sent,
            SigningKeys keys,
            Policy policy,
            PolicyHistory policies,
            TenantId tenant,
            Spool spool,
            Tool tool,
            InstantSource clock,
            RandomGenerator random) {
        this.ledger = ledger;
        this.chosen = chosen;
        this.checkpoints = checkpoints;
        this.sights = sights;
        this.uploads = uploads;
        this.sent = sent;
        this.keys = keys;
        this.policy = policy;
        this.policies = policies;
        this.tenant = tenant;
        this.spool = spool;
        this.tool = tool;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public FrozenInputs freeze(ExportJob job) throws IOException {
        Selection selection = bounded(job.request().selection());
        SignedNote note = checkpoint(selection);
        long size = Checkpoint.parseText(note.text()).size();
        long from = selection.fromSeq() == null ? 0 : selection.fromSeq();
        long to = selection.toSeq() == null ? size : Math.min(size, selection.toSeq() + 1);
        if (from > to) {
            throw new IllegalArgumentException(
                    "the ledger has " + size + " entries, and the selection begins at " + from);
        }
        return new FrozenInputs(
                "strongroom-" + job.id(),
                from,
                to,
                note.render(),
                policy.bundle().digest(),
                clock.millis());
    }

    /** Where records are named, a pack goes from the first of them to the last. */
    private Selection bounded(Selection selection) {
        SortedSet<Long> places = chosen.places(selection);
        if (places.isEmpty()) {
            return selection;
        }
        Long from = selection.fromSeq();
        Long to = selection.toSeq();
        return Selection.range(
                from == null ? places.getFirst() : Math.max(from, places.getFirst()),
                to == null ? places.getLast() : Math.min(to, places.getLast()));
    }

    /** Where it is said how far the pack goes, a checkpoint that witnesses saw is better than one that is newer. */
    private SignedNote checkpoint(Selection selection) throws IOException {
        Long to = selection.toSeq();
        Optional<SignedNote> witnessed = to == null ? Optional.empty() : checkpoints.witnessed(to + 1);
        return witnessed.isPresent() ? witnessed.get() : checkpoints.forPack();
    }

    @Override
    public void make(ExportJob job, FrozenInputs frozen, OutputStream out, Progress progress) throws IOException {
        progress.at(0, frozen.to() - frozen.from());
        requireBundle(frozen);
        SelectionFilter filter = new SelectionFilter(job.request().selection());
        try (LedgerPackSource source = new LedgerPackSource(
                view(job, frozen),
                uploads,
                sent,
                filter,
                frozen,
                policy.quota(job.who(), ""),
                what -> new Aside(spool, job.id() + "-" + what, random),
                progress)) {
            if (job.request().format() == ExportFormat.PARQUET) {
                try (Aside table = new Aside(spool, job.id() + "-table", random)) {
                    write(job, frozen, source, List.of(tableOf(source, table)), out);
                }
            } else {
                write(job, frozen, source, List.of(), out);
            }
        }
        progress.at(frozen.to() - frozen.from(), frozen.to() - frozen.from());
    }

    /** As whoever asked was when they asked, and at the time that is frozen with the pack. */
    private ReaderView view(ExportJob job, FrozenInputs frozen) {
        return ReaderView.of(
                ledger,
                sights,
                new Reader(
                        job.who(),
                        job.request().purpose(),
                        Instant.ofEpochMilli(frozen.createdAt()),
                        job.request().format().wire()),
                job.request());
    }

    /** Another bundle would let the same reader see other things, under the name of the one that is frozen. */
    private void requireBundle(FrozenInputs frozen) {
        if (!policy.bundle().digest().equals(frozen.bundle())) {
            throw new ProblemException(
                    ProblemType.POLICY_VERSION_STALE,
                    "The pack was asked for under the bundle " + frozen.bundle()
                            + ", which is not in force any more. Ask for a new pack.");
        }
    }

    private static String role(ExportJob job) {
        return String.join(" ", job.who().roles().stream().sorted().toList());
    }

    private void write(
            ExportJob job, FrozenInputs frozen, LedgerPackSource source, List<Attachment> attachments, OutputStream out)
            throws IOException {
        SignedNote note = SignedNote.parse(frozen.checkpoint());
        long size = Checkpoint.parseText(note.text()).size();
        PolicyHistory.Decided decided = policies.over(frozen.from(), frozen.to());
        List<Attachment> files = new ArrayList<>(attachments);
        files.addAll(activations(decided, note, size));
        PackDescription description = new PackDescription(
                frozen.packId(),
                tenant,
                frozen.createdAt(),
                new PackDescription.Reader(job.reader(), role(job), source::profiles),
                job.request().purpose(),
                CanonicalJson.of(job.request().selection().toJson().toString().getBytes(StandardCharsets.UTF_8)),
                job.request().withhold(),
                job.request().format().wire(),
                note,
                List.of(),
                RangeProof.of(checkpoints.hashes(size), frozen.from(), frozen.to(), size),
                checkpoints.logKeys(),
                decided.bundles(),
                FieldDictionary.bytes(),
                tool,
                files);
        var unused = new PackWriter(keys.packSigners()).write(description, source, out);
        // What was decided meanwhile by another bundle must not go out under this one's name.
        requireBundle(frozen);
    }

    /** The activations of what decided, each with the proof that it stands in the ledger under the pack's checkpoint. */
    private List<Attachment> activations(PolicyHistory.Decided decided, SignedNote note, long size) {
        HashSource hashes = checkpoints.hashes(size);
        List<Attachment> files = new ArrayList<>();
        for (PolicyHistory.Recorded recorded : decided.activations()) {
            Entry entry = ledger.find(recorded.seq()).orElseThrow().entry();
            TlogProof proof = TlogProof.of(entry.leafData(), InclusionProof.of(hashes, recorded.seq(), size), note);
            files.addAll(new PolicyActivation(recorded.bundle(), recorded.record(), proof, recorded.approvals())
                    .attachments());
        }
        return files;
    }

    /** A zip's entry needs its length first. */
    private Attachment tableOf(LedgerPackSource source, Aside aside) throws IOException {
        RecordTable table = new RecordTable(aside.out(), tool.name() + " " + tool.version());
        source.walk(true, row -> {
            table.add(row);
            return true;
        });
        table.finish();
        aside.end();
        return new Attachment(TABLE, aside.size(), aside::in);
    }
}
