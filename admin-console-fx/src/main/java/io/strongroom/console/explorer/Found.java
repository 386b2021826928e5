package io.strongroom.console.explorer;

import io.strongroom.api.QueryPage;
import io.strongroom.console.work.Background;
import io.strongroom.console.work.GrowingList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What a question found: a window on its records, and how fresh they are. */
final class Found {
    private static final int FIRST = 100;
    private static final int PAGE = 500;
    /** As many records as are here at a time. */
    static final int MOST = 20_000;

    private final Question question;
    private final Archive archive;
    private final AtomicLong highest = new AtomicLong(-1);
    private final GrowingList<RecordRow> rows;
    private final long watermark;
    private final long lagMillis;
    private final List<QueryPage.Unsearched> unsearched;

    /** Asks for the first of them. */
    Found(Background background, Archive archive, Question question) {
        this.question = question;
        this.archive = archive;
        GrowingList.Part<RecordRow> first;
        if (question.record().isPresent()) {
            RecordRow row = RecordRow.of(archive.one(question.record().get()));
            highest.set(row.seq());
            first = new GrowingList.Part<>(List.of(row), null);
            watermark = -1;
            lagMillis = 0;
            unsearched = List.of();
        } else {
            QueryPage page = archive.page(question, FIRST, null);
            first = part(page);
            watermark = page.watermark();
            lagMillis = page.lagMillis();
            unsearched = page.unsearched();
        }
        rows = new GrowingList<>(background, this::read, first, MOST);
    }

    private GrowingList.Part<RecordRow> read(@Nullable String cursor) {
        return part(archive.page(question, cursor == null ? FIRST : PAGE, cursor));
    }

    private GrowingList.Part<RecordRow> part(QueryPage page) {
        page.items().forEach(item -> highest.accumulateAndGet(item.seq(), Math::max));
        return new GrowingList.Part<>(page.items().stream().map(RecordRow::of).toList(), page.nextCursor());
    }

    Question question() {
        return question;
    }

    GrowingList<RecordRow> rows() {
        return rows;
    }

    /** Every entry below this place was looked at; -1 where one record was asked for. */
    long watermark() {
        return watermark;
    }

    /** How far behind the ledger that was. */
    long lagMillis() {
        return lagMillis;
    }

    /** Filters by which records of some streams are not found. */
    List<QueryPage.Unsearched> unsearched() {
        return unsearched;
    }

    /** The last place that was looked at: no record behind it is shown. */
    long lastSeq() {
        return Math.max(watermark - 1, highest.get());
    }
}
