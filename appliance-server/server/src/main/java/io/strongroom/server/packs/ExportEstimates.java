package io.strongroom.server.packs;

import io.strongroom.api.ExportEstimate;
import io.strongroom.api.ExportRequest;
import io.strongroom.api.Selection;
import io.strongroom.evidence.Digest;
import io.strongroom.policies.Caller;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.ledger.LedgerReader.Row;
import io.strongroom.server.privacy.Reader;
import io.strongroom.server.privacy.RecordSight;
import io.strongroom.server.privacy.RecordSights;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.SortedSet;

/**
 * Reckons what a pack would hold from some of the entries that it would cover: as the pack itself does, with the eyes of
 * whoever asks, and from the ledger, so that it is right however late the read models are.
 */
@Singleton
final class ExportEstimates {
    /** Entries that are looked at, at most: a fraction of a second. */
    static final int SAMPLE = 4_096;

    private static final int STRETCHES = 16;

    /** What a pack has besides: how to read and verify it, policy, keys, manifests. */
    private static final long BESIDES = 32 * 1024;

    private final LedgerReader ledger;
    private final RecordSights sights;
    private final ChosenRecords chosen;
    private final InstantSource clock;

    ExportEstimates(LedgerReader ledger, RecordSights sights, ChosenRecords chosen, InstantSource clock) {
        this.ledger = ledger;
        this.sights = sights;
        this.chosen = chosen;
        this.clock = clock;
    }

    /** @param who asks, who may ask for this pack */
    ExportEstimate of(Caller who, ExportRequest request) {
        Selection selection = request.selection();
        long size = ledger.size();
        Long last = selection.toSeq();
        long from = Math.min(size, selection.fromSeq() == null ? 0 : selection.fromSeq());
        long to = Math.max(from, last == null || last >= size ? size : last + 1);
        SortedSet<Long> places = chosen.places(selection).subSet(from, to);
        ReaderView view = ReaderView.of(
                ledger,
                sights,
                new Reader(
                        who,
                        request.purpose(),
                        clock.instant(),
                        request.format().wire()),
                request);
        Sample sample = new Sample(view, new SelectionFilter(selection));
        return selection.records().isEmpty() ? sample.of(from, to) : sample.of(places);
    }

    /** Counts what it looks at. For one thread. */
    private static final class Sample {
        private final ReaderView view;
        private final SelectionFilter filter;
        private long looked;
        private long selected;
        private long bytes;

        Sample(ReaderView view, SelectionFilter filter) {
            this.view = view;
            this.filter = filter;
        }

        ExportEstimate of(long from, long to) {
            long entries = to - from;
            if (entries <= SAMPLE) {
                look(from, to);
            } else {
                int each = SAMPLE / STRETCHES;
                for (int i = 0; i < STRETCHES; i++) {
                    // The first and the last are at the ends of the range.
                    long begin = from + (entries - each) / (STRETCHES - 1) * i;
                    look(begin, begin + each);
                }
            }
            long records = looked == 0 ? 0 : Math.round((double) selected / looked * entries);
            long lines = looked == 0 ? 0 : Math.round((double) bytes / looked * entries);
            return new ExportEstimate(entries, records, BESIDES + entries * Digest.BYTES + lines, looked == entries);
        }

        /** Of records that are named each is looked at. */
        ExportEstimate of(SortedSet<Long> places) {
            places.forEach(place -> look(place, place + 1));
            long entries = places.isEmpty() ? 0 : places.getLast() + 1 - places.getFirst();
            return new ExportEstimate(entries, selected, BESIDES + entries * Digest.BYTES + bytes, true);
        }

        private void look(long from, long to) {
            view.ledger().read(from, to, filter::admits, row -> {
                looked++;
                byte[] body = row.body();
                RecordSight sight = body == null ? null : view.sight(row.entry(), body);
                if (filter.selects(row, sight)) {
                    selected++;
                    Row seen = ReaderView.seen(row, sight);
                    bytes += row.entry().leafData().length + 1;
                    byte[] shown = seen.body();
                    bytes += shown == null ? 0 : shown.length + 1;
                }
                return true;
            });
        }
    }
}
