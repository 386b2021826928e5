package io.strongroom.server.query;

import io.strongroom.api.ProblemType;
import io.strongroom.server.database.Database;
import io.strongroom.server.database.DatabaseException;
import io.strongroom.server.ledger.LedgerDamagedException;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.privacy.FieldHashes;
import io.strongroom.server.privacy.Reader;
import io.strongroom.server.privacy.RecordSight;
import io.strongroom.server.privacy.RecordSights;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.projection.Hits;
import io.strongroom.server.projection.Order;
import io.strongroom.server.projection.Position;
import io.strongroom.server.projection.RebuiltException;
import io.strongroom.server.projection.RecordExclusions;
import io.strongroom.server.projection.RecordMatcher;
import io.strongroom.server.projection.Timeline;
import io.strongroom.server.projection.TimelineQuery;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions: finds places in the timeline, takes the records themselves from the ledger, compares them with the
 * question, and shows of each what the reader may see.
 */
@Singleton
final class RecordSearch {
    /** A page ends early where its records have this many bytes; its cursor goes on from there. */
    static final int MAX_PAGE_BYTES = 4 << 20;

    /** Places compared in vain before a page ends early, empty if need be: few records and many alike hashes. */
    private static final int MAX_COMPARED = 5_000;

    private static final int BODIES_AT_ONCE = 64;
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(10);
    private static final String QUERY_CANCELED = "57014";

    private final Database database;
    private final LedgerReader ledger;
    private final Timeline timeline;
    private final RecordView view;
    private final FieldHashes hashes;

    RecordSearch(Database database, LedgerReader ledger, Timeline timeline, RecordView view, FieldHashes hashes) {
        this.database = database;
        this.ledger = ledger;
        this.timeline = timeline;
        this.view = view;
        this.hashes = hashes;
    }

    /** What a record is compared with. */
    private record Wanted(RecordMatcher matcher, RecordExclusions exclusions) {}

    /**
     * One page of a question.
     *
     * @param cursor where the page before ended; null for the first
     */
    RecordPage page(Reader reader, Question question, @Nullable Cursor cursor) {
        long upperSeq = cursor == null ? read(timeline::endSeq) : cursor.upperSeq();
        TimelineQuery query = bounded(question, upperSeq);
        if (cursor != null) {
            query = query.after(cursor.position());
        }
        Wanted wanted = new Wanted(new RecordMatcher(query), new RecordExclusions(question.exclusions()));
        boolean seesAll = showsEverything(reader);
        List<ShownRecord> shown = new ArrayList<>();
        Position last = null;
        long bytes = 0;
        int compared = 0;
        while (true) {
            TimelineQuery now = query;
            int missing = Math.max(1, question.limit() - shown.size());
            Hits hits = read(connection -> timeline.find(connection, now, missing));
            for (int i = 0; i < hits.positions().size(); i += BODIES_AT_ONCE) {
                List<Position> some = hits.positions()
                        .subList(
                                i, Math.min(i + BODIES_AT_ONCE, hits.positions().size()));
                Map<Long, LedgerReader.Row> bodies = bodies(some);
                for (Position position : some) {
                    Optional<ShownRecord> record = show(reader, position.seq(), bodies.get(position.seq()), wanted);
                    query = query.after(position);
                    compared++;
                    if (record.isPresent()) {
                        if (shown.size() == question.limit()) {
                            return new RecordPage(shown, last, upperSeq);
                        }
                        shown.add(record.get());
                        bytes += record.get().bytes();
                        last = position;
                    }
                    boolean end = position.equals(hits.positions().getLast()) && !hits.more();
                    if (!end && (bytes >= MAX_PAGE_BYTES || compared >= MAX_COMPARED + shown.size())) {
                        return new RecordPage(shown, position, upperSeq);
                    }
                }
            }
            if (!hits.more()) {
                return new RecordPage(shown, null, upperSeq);
            }
            // From whom something may be hidden, a further page is promised only once there is a record for it: a
            // promise
            // that is not kept would tell that something hidden fits the question.
            if (seesAll && shown.size() == question.limit()) {
                return new RecordPage(shown, last, upperSeq);
            }
        }
    }

    /** Whether the reader sees every field of every record as it is. */
    boolean showsEverything(Reader reader) {
        return view.showsEverything(reader);
    }

    /** The record at a place in the ledger, if there is one. */
    Optional<ShownRecord> record(Reader reader, long seq) {
        return show(
                reader,
                seq,
                null,
                new Wanted(new RecordMatcher(TimelineQuery.all(Order.SEQ_ASC)), new RecordExclusions(List.of())));
    }

    /** The question with its bounds by {@code at} told as places, and nothing behind {@code upperSeq}. */
    TimelineQuery bounded(Question question, long upperSeq) {
        Long fromAt = question.fromAt();
        Long endAt = question.endAt();
        if (fromAt == null && endAt == null) {
            return question.query().found(hashes).seqs(0, upperSeq);
        }
        return read(connection -> {
            long from = fromAt == null ? 0 : timeline.firstSeqAt(connection, fromAt, upperSeq);
            long end = endAt == null ? upperSeq : timeline.firstSeqAt(connection, endAt, upperSeq);
            return question.query().found(hashes).seqs(from, end);
        });
    }

    private Map<Long, LedgerReader.Row> bodies(List<Position> positions) {
        Map<Long, LedgerReader.Row> rows = new HashMap<>();
        try {
            for (LedgerReader.Row row :
                    ledger.find(positions.stream().map(Position::seq).toList())) {
                rows.put(row.entry().seq(), row);
            }
        } catch (LedgerDamagedException oneIsDamaged) {
            // Each is then looked up by itself, so that one does not hide the others.
            rows.clear();
        }
        return rows;
    }

    private Optional<ShownRecord> show(Reader reader, long seq, LedgerReader.@Nullable Row known, Wanted wanted) {
        RecordMatcher matcher = wanted.matcher();
        LedgerReader.Row row = known;
        if (row == null) {
            try {
                row = ledger.find(seq).orElse(null);
            } catch (LedgerDamagedException damaged) {
                return Optional.empty();
            }
        }
        if (row == null) {
            return Optional.empty();
        }
        String gone = view.gone(row).orElse(null);
        byte[] body = gone == null ? row.body() : null;
        if (body == null) {
            return matcher.matches(row.entry(), null) && !wanted.exclusions().leaveOut(row.entry())
                    ? Optional.of(view.entry(row, String.valueOf(gone)))
                    : Optional.empty();
        }
        boolean matches = matcher.matches(row.entry(), body);
        if (!matches && !(matcher.asksFindable() && RecordSights.commits(body))) {
            return Optional.empty();
        }
        RecordSight sight = view.sight(reader, row, body);
        // A question never finds by what its reader may not see, unless policy has it found.
        boolean found = sight.showsRecord()
                ? matches || matcher.matches(body, sight.findable())
                : matcher.matchesWithheld(row.entry(), sight.told());
        if (!found) {
            return Optional.empty();
        }
        ShownRecord shown = view.show(row, body, sight);
        byte[] record = shown.record();
        return wanted.exclusions().leaveOut(row.entry(), record == null ? sight.told() : record, sight.findable())
                ? Optional.empty()
                : Optional.of(shown);
    }

    /** The newest records of a question, as the reader sees them; more than {@code most} are not looked at. */
    RecordPage sample(Reader reader, Question question, int most) {
        return page(reader, question.atMost(most), null);
    }

    /** A read-only transaction that gives up in time. */
    <T> T read(Database.Work<T> work) {
        try {
            return database.read(connection -> {
                if (database.engine() == Database.Engine.POSTGRESQL) {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("SET LOCAL statement_timeout = " + STATEMENT_TIMEOUT.toMillis());
                    }
                }
                return work.run(connection);
            });
        } catch (DatabaseException e) {
            if (e.getCause() instanceof SQLException sql && QUERY_CANCELED.equals(sql.getSQLState())) {
                throw new ProblemException(
                        ProblemType.STORAGE_UNAVAILABLE,
                        "The question took longer than " + STATEMENT_TIMEOUT.toSeconds()
                                + " s. Narrow it down by time.",
                        e);
            }
            throw e;
        } catch (RebuiltException e) {
            throw new ProblemException(
                            ProblemType.STORAGE_UNAVAILABLE, "The read models are being made again; ask once more.", e)
                    .retryAfter(Duration.ofSeconds(1));
        }
    }
}
