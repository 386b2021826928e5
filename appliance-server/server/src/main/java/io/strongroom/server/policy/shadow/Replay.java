package io.strongroom.server.policy.shadow;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.StreamName;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.policies.diff.DecisionDiff;
import io.strongroom.policies.diff.DecisionDiff.Seen;
import io.strongroom.policies.diff.Difference;
import io.strongroom.policies.evaluate.CompiledPolicy;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.ledger.LedgerReader.Row;
import io.strongroom.server.policy.shadow.Findings.Decision;
import io.strongroom.server.privacy.RecordOpener;
import io.strongroom.server.privacy.RecordOpener.Opened;
import io.strongroom.server.record.ReceivedDocument;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongPredicate;

/**
 * Walks a stretch of the ledger and has each record, and each reading that a record tells of, decided again under two
 * bundles. Nothing is guessed: what is not known any more is counted as not repeated, or as decided from what is left.
 *
 * <p>Hidden fields are opened for the decision, as for any reader, and nothing of what they hold leaves the walk. For one
 * thread.
 */
public final class Replay {
    private static final String ACCESS = "system.access";
    private static final String EXPORTS = "system.export";
    private static final int MOST_REMEMBERED = 10_000;

    private final LedgerReader ledger;
    private final RecordOpener opener;
    private final Function<Digest, Optional<CompiledPolicy>> bundles;
    private final DecisionDiff diff;
    private final String region;
    private final Pace pace;
    private final Findings findings = new Findings();
    private final Map<Origin, Boolean> leavingOut = new HashMap<>();
    private final ReadingReplay readings;

    /** By which bundle a record of which stream was taken in. */
    private record Origin(Digest bundle, String stream) {}

    /**
     * @param bundles those that records were taken in under, as far as they are known
     * @param region where the appliance stands; empty if it is not known
     */
    public Replay(
            LedgerReader ledger,
            RecordOpener opener,
            Function<Digest, Optional<CompiledPolicy>> bundles,
            DecisionDiff diff,
            String region,
            Pace pace) {
        this.ledger = ledger;
        this.opener = opener;
        this.bundles = bundles;
        this.diff = diff;
        this.region = region;
        this.pace = pace;
        this.readings = new ReadingReplay(diff, findings, this::open);
    }

    /** The first entry that was appended at {@code time} (epoch milliseconds) or later; the size where there is none. */
    public static long firstSince(LedgerReader ledger, long time) {
        long low = 0;
        long high = ledger.size();
        while (low < high) {
            long middle = (low + high) >>> 1;
            long[] at = {0};
            ledger.read(middle, middle + 1, false, row -> {
                at[0] = row.entry().at();
                return false;
            });
            if (at[0] < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * Replays [{@code from}, {@code end}).
     *
     * @param goOn told after each entry how many are done, and asked whether to go on
     * @return whether it came to the end
     */
    public boolean run(long from, long end, LongPredicate goOn) {
        boolean[] whole = {true};
        ledger.read(from, end, true, row -> {
            row(row);
            pace.step();
            whole[0] = goOn.test(row.entry().seq() + 1 - from);
            return whole[0];
        });
        return whole[0];
    }

    public Findings findings() {
        return findings;
    }

    private void row(Row row) {
        Entry entry = row.entry();
        Optional<Opened> opened = open(row);
        if (opened.isEmpty()) {
            findings.notRepeated(Decision.INTAKE, "expired");
            findings.notRepeated(Decision.VISIBILITY, "expired");
            return;
        }
        intake(entry, opened.get());
        byte[] whole = opened.get().whole();
        for (Seen seen : diff.seeing(entry.stream(), whole)) {
            for (String role : seen.roles()) {
                findings.decided(
                        Decision.VISIBILITY, entry.stream(), role, seen.differences(), entry.id(), entry.seq());
            }
        }
        if (entry.stream().equals(ACCESS)) {
            readings.reading(entry, whole);
        } else if (entry.stream().equals(EXPORTS)) {
            readings.export(entry, whole);
        }
    }

    private Optional<Opened> open(Row row) {
        Entry entry = row.entry();
        byte[] stored = row.body();
        return stored == null
                ? Optional.empty()
                : Optional.of(opener.open(entry.id(), entry.record(), stored, () -> ledger.disclosures(entry.seq())));
    }

    /** A record of which another entry tells; empty if it is gone. */
    private Optional<ReadingReplay.Record> open(long seq) {
        return ledger.find(seq).flatMap(row -> open(row)
                .map(opened -> new ReadingReplay.Record(row.entry().stream(), opened.whole())));
    }

    private void intake(Entry entry, Opened opened) {
        if (!opened.closed().isEmpty()) {
            findings.notRepeated(Decision.INTAKE, opened.isDamaged() ? "damaged" : "erased");
            return;
        }
        String stream = entry.stream();
        byte[] received = ReceivedDocument.of(opened.whole());
        boolean own = new StreamName(stream).isSystem();
        List<Difference> differences =
                own ? diff.takingInOwn(stream, received) : diff.takingIn(stream, received, region);
        findings.decided(Decision.INTAKE, stream, "", differences, entry.id(), entry.seq());
        if (!own && leavesOut(new Origin(entry.policy(), stream))) {
            findings.partly(Decision.INTAKE);
        }
    }

    /** Whether something may be missing of what was received: dropped, or hashed. A bundle not known any more may have. */
    private boolean leavesOut(Origin origin) {
        Boolean known = leavingOut.get(origin);
        if (known == null) {
            known = bundles.apply(origin.bundle())
                    .map(policy -> policy.leavesOut(origin.stream()))
                    .orElse(true);
            if (leavingOut.size() < MOST_REMEMBERED) {
                leavingOut.put(origin, known);
            }
        }
        return known;
    }
}
