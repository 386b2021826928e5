package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.trust.Approvers;
import io.strongroom.evidence.trust.Quorum;
import io.strongroom.evidence.trust.TrustFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One climb up one pack's ladder. */
final class Climb {
    private static final int SMALL = 1 << 20;
    private static final int MANIFEST = 64 << 20;
    private static final long SLACK = 64L << 20;
    private static final Pattern OXUM = Pattern.compile("(?m)^Payload-Oxum: ([0-9]{1,18})\\.([0-9]{1,18})$");

    private final Bag bag;
    private final @Nullable TrustFile trust;
    private final Set<String> erased;
    private final List<Verdict> verdicts = new ArrayList<>();
    private List<Finding> findings = Findings.notExamined(null);
    private @Nullable Failure failure;
    private @Nullable Failure erasureFailure;
    private PackFacts facts = PackFacts.NONE;

    Climb(Bag bag, @Nullable TrustFile trust, Set<String> erased) {
        this.bag = bag;
        this.trust = trust;
        this.erased = erased;
    }

    /** The ladder of what is no pack at all. */
    static Ladder refused(Failure failure, boolean trusted) {
        List<Verdict> verdicts = new ArrayList<>();
        verdicts.add(new Verdict(
                Rung.COMPLETE,
                Verdict.Outcome.FAILED,
                "This is no whole evidence pack, or one that was tampered with."));
        notReached(verdicts);
        return new Ladder(verdicts, Findings.notExamined(null), trusted, Optional.of(failure), PackFacts.NONE);
    }

    Ladder climb() throws IOException, InterruptedException {
        findings = Findings.notExamined(trust);
        try {
            rungs();
        } catch (RefusedException e) {
            fail(e.failure(), "A file that everything else rests on cannot be read.");
        }
        notReached(verdicts);
        return new Ladder(verdicts, findings, trust != null, Optional.ofNullable(failure), facts);
    }

    private static void notReached(List<Verdict> verdicts) {
        for (Rung rung : Rung.values()) {
            if (verdicts.size() <= rung.ordinal()) {
                verdicts.add(new Verdict(rung, Verdict.Outcome.NOT_REACHED, "Not examined: a step before it failed."));
            }
        }
    }

    private void hold(String reason) {
        verdicts.add(new Verdict(Rung.values()[verdicts.size()], Verdict.Outcome.HELD, reason));
    }

    private void fail(Failure found, String reason) {
        failure = found;
        verdicts.add(new Verdict(Rung.values()[verdicts.size()], Verdict.Outcome.FAILED, reason));
    }

    private void rungs() throws IOException, InterruptedException {
        Signers signers;
        try {
            signers = trust != null ? Signers.of(trust) : Signers.ofPack(bag);
        } catch (RefusedException e) {
            // The keys' file is damaged: the lists of files will say so, for nobody's signature is needed for that.
            signers = Signers.of(new TrustFile(List.of(), List.of(), Quorum.EMPTY, List.of(), false, Approvers.NONE));
        }
        Inventory inventory = Inventory.read(bag, signers);
        Failure incomplete = inventory.incomplete();
        if (incomplete != null) {
            fail(incomplete, "A file is missing, or one is here that does not belong.");
            return;
        }
        Failure bomb = inflated();
        if (bomb != null) {
            fail(bomb, "The files are much larger than the pack says they are.");
            return;
        }
        hold("All " + bag.files().size() + " files are here, and no other.");

        PackReader reader = new PackReader(bag, erasures(signers, inventory.signed()));
        reader.read(range(), said());
        Failure altered = inventory.altered(reader.digests(), reader.damage());
        if (altered != null) {
            fail(placed(altered, reader.mismatch()), "A file is not as it was when the pack was made.");
            return;
        }
        hold("Every file has exactly the content that it had when the pack was made.");

        SignedManifest signed = inventory.signed();
        if (signed == null) {
            throw new IllegalStateException("an intact pack has a signed manifest");
        }
        PackManifest manifest = PackManifest.parse(SmallFiles.read(bag, PackLayout.MANIFEST, MANIFEST));
        Failure unsigned = signed.unsigned(manifest, signers);
        if (unsigned != null) {
            fail(
                    unsigned,
                    signers.trusted()
                            ? "The list of files is not signed by a key that you trust."
                            : "The list of files is not signed by the keys that the pack brings along.");
            return;
        }
        hold(
                signers.trusted()
                        ? "The list of files is signed with both of the appliance's keys that you trust."
                        : "The list of files is signed with the keys in the pack itself, which nobody vouches for.");
        recorded(new RecordedRung(bag, signers, manifest, signed, reader));
    }

    private void recorded(RecordedRung rung) throws IOException {
        switch (rung.climb(erasureFailure)) {
            case RecordedRung.Fell fell -> fail(fell.failure(), fell.reason());
            case RecordedRung.Held held -> {
                facts = held.facts();
                findings = held.findings();
                hold("Each of the " + facts.records()
                        + " records is the one that the ledger took in, at its place, and "
                        + "the ledger's signed checkpoint covers them all.");
            }
        }
    }

    /** Whether the zip says that it inflates far past what its bag says: then its files are not even read. */
    private @Nullable Failure inflated() throws IOException {
        long total = 0;
        for (var file : bag.files().entrySet()) {
            total += file.getKey().startsWith(PackLayout.PAYLOAD) ? file.getValue() : 0;
        }
        Matcher oxum = oxum();
        if (oxum != null && total > 2 * Long.parseLong(oxum.group(1)) + SLACK) {
            return Failure.of(PackLayout.BAG_INFO, oxum.group(1) + " bytes under data/", total + " bytes");
        }
        return null;
    }

    private @Nullable Matcher oxum() throws IOException {
        try {
            Matcher oxum =
                    OXUM.matcher(new String(SmallFiles.read(bag, PackLayout.BAG_INFO, SMALL), StandardCharsets.UTF_8));
            return oxum.find() ? oxum : null;
        } catch (RefusedException e) {
            // Damaged, which the next rung says.
            return null;
        }
    }

    /** What the manifest says, before it is known to be intact; the last rung compares it with what is there. */
    private @Nullable PackManifest said() throws IOException {
        try {
            return PackManifest.parse(SmallFiles.read(bag, PackLayout.MANIFEST, MANIFEST));
        } catch (RefusedException e) {
            return null;
        }
    }

    private @Nullable RangeJson range() throws IOException {
        try {
            return RangeJson.parse(SmallFiles.read(bag, PackLayout.RANGE, SMALL));
        } catch (RefusedException e) {
            // Either it was changed, and its digest says so, or it was made wrong, and the last rung does.
            return null;
        }
    }

    /** The digests of erased fields; a failure of the pack's own erasure records counts on the last rung. */
    private Set<String> erasures(Signers signers, @Nullable SignedManifest signed) throws IOException {
        Set<String> all = new HashSet<>(erased);
        if (signed != null) {
            try {
                all.addAll(ErasureRecords.within(bag, signers, signed.origin()));
            } catch (RefusedException e) {
                erasureFailure = e.failure();
            }
        }
        return all;
    }

    /** Adds the place in the ledger, where the walk through the same file found one. */
    private static Failure placed(Failure altered, @Nullable Failure mismatch) {
        String file = altered.file();
        if (altered.place() != null || mismatch == null || file == null || mismatch.place() == null) {
            return altered;
        }
        boolean same = file.equals(mismatch.file()) || file.startsWith("proofs/leaves-");
        return same ? new Failure(file, mismatch.place(), altered.expected(), altered.found()) : altered;
    }
}
