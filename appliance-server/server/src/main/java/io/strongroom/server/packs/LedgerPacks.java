package io.strongroom.server.packs;

import io.strongroom.api.ExportFormat;
import io.strongroom.api.Selection;
import io.strongroom.evidence.TenantId;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.pack.write.Attachment;
import io.strongroom.evidence.pack.write.PackDescription;
import io.strongroom.evidence.pack.write.PackDescription.Reader;
import io.strongroom.evidence.pack.write.PackDescription.Tool;
import io.strongroom.evidence.pack.write.PackWriter;
import io.strongroom.evidence.pack.write.PolicyFiles;
import io.strongroom.evidence.tree.RangeProof;
import io.strongroom.policies.Policy;
import io.strongroom.policies.PolicyBundle;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import io.strongroom.server.keys.SigningKeys;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.privacy.CommittedFields;
import io.strongroom.server.privacy.Visibility;
import io.strongroom.server.spool.Spool;
import io.strongroom.server.uploads.UploadedObjects;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Makes packs of the ledger itself. */
final class LedgerPacks implements PackMaker {
    private static final String ROLE = "export";
    private static final String TABLE = PackLayout.TABLES + "part-00000.parquet";

    private final LedgerReader ledger;
    private final PackCheckpoints checkpoints;
    private final CommittedFields fields;
    private final Visibility visibility;
    private final UploadedObjects uploads;
    private final SigningKeys keys;
    private final Policy policy;
    private final TenantId tenant;
    private final Spool spool;
    private final Tool tool;
    private final InstantSource clock;
    private final RandomGenerator random;

    LedgerPacks(
            LedgerReader ledger,
            PackCheckpoints checkpoints,
            CommittedFields fields,
            Visibility visibility,
            UploadedObjects uploads,
            SigningKeys keys,
            Policy policy,
            TenantId tenant,
            Spool spool,
            Tool tool,
            InstantSource clock,
            RandomGenerator random) {
        this.ledger = ledger;
        this.checkpoints = checkpoints;
        this.fields = fields;
        this.visibility = visibility;
        this.uploads = uploads;
        this.keys = keys;
        this.policy = policy;
        this.tenant = tenant;
        this.spool = spool;
        this.tool = tool;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public FrozenInputs freeze(ExportJob job) throws IOException {
        SignedNote note = checkpoints.forPack();
        long size = Checkpoint.parseText(note.text()).size();
        Selection selection = job.request().selection();
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

    @Override
    public void make(ExportJob job, FrozenInputs frozen, OutputStream out, Progress progress) throws IOException {
        progress.at(0, frozen.to() - frozen.from());
        SelectionFilter filter = new SelectionFilter(job.request().selection());
        try (Aside leaves = new Aside(spool, job.id() + "-leaves", random)) {
            LedgerPackSource source = new LedgerPackSource(view(job), uploads, filter, frozen, leaves, progress);
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

    /** Of whoever asked, as one with the scope for packs: whatever else the token allowed was not asked for. */
    private ReaderView view(ExportJob job) {
        Caller reader = new Caller(job.reader(), job.readerName(), tenant.value(), Set.of(Scope.EXPORT), Set.of());
        return new ReaderView(ledger, fields, visibility, reader);
    }

    private void write(
            ExportJob job, FrozenInputs frozen, LedgerPackSource source, List<Attachment> attachments, OutputStream out)
            throws IOException {
        SignedNote note = SignedNote.parse(frozen.checkpoint());
        long size = Checkpoint.parseText(note.text()).size();
        PackDescription description = new PackDescription(
                frozen.packId(),
                tenant,
                frozen.createdAt(),
                new Reader(job.reader(), ROLE, ""),
                job.request().purpose(),
                CanonicalJson.of(job.request().selection().toJson().toString().getBytes(StandardCharsets.UTF_8)),
                job.request().format().wire(),
                note,
                List.of(),
                RangeProof.of(checkpoints.hashes(size), frozen.from(), frozen.to(), size),
                checkpoints.logKeys(),
                policies(frozen),
                FieldDictionary.bytes(),
                tool,
                attachments);
        var unused = new PackWriter(keys.packSigners()).write(description, source, out);
    }

    /** The bundle's files, where it is still the one in force; a pack made again later may have to do without. */
    private List<PolicyFiles> policies(FrozenInputs frozen) {
        PolicyBundle bundle = policy.bundle();
        return bundle.digest().equals(frozen.bundle())
                ? List.of(new PolicyFiles(bundle.digest(), bundle.commit(), bundle.version(), policy.files()))
                : List.of();
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
