package io.strongroom.server.ledger;

import io.strongroom.api.LedgerDay;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.server.database.Database;
import io.strongroom.server.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The days of the ledger, each with what closed it and what was signed of it. Reads as the app role. */
final class ChainDays {
    private static final int DATE_CHARS = "2026-11-21".length();
    private static final String AFTER_ALL = ":";

    private final Database database;
    private final LedgerReader reader;
    private final Cosignatures cosignatures;

    ChainDays(Database database, LedgerReader reader, Cosignatures cosignatures) {
        this.database = database;
        this.reader = reader;
        this.cosignatures = cosignatures;
    }

    /** A row of the seals. */
    private record Sealed(
            long seq, String chain, long firstSeq, long lastSeq, Digest record, Digest sources, byte[] sourcesObject) {
        static final String SELECT =
                "SELECT seal_seq, chain, first_seq, last_seq, record, sources, sources_object" + " FROM ledger_seal";

        static Sealed of(ResultSet row) throws SQLException {
            return new Sealed(
                    row.getLong("seal_seq"),
                    row.getString("chain"),
                    row.getLong("first_seq"),
                    row.getLong("last_seq"),
                    Digest.ofBytes(row.getBytes("record")),
                    Digest.ofBytes(row.getBytes("sources")),
                    row.getBytes("sources_object"));
        }

        String day() {
            return chain.substring(chain.length() - DATE_CHARS);
        }
    }

    /**
     * Days that have entries, the newest first.
     *
     * @param before only days before this one; null for the newest
     */
    List<LedgerDay> newest(@Nullable String before, int limit) {
        // Before the seals: a day that is sealed meanwhile is then told with its seal or not at all, never twice.
        long size = reader.size();
        List<LedgerDay> days = new ArrayList<>();
        open(size).filter(day -> isBefore(day.day(), before)).ifPresent(days::add);
        List<Sealed> sealed = database.read(connection -> Sql.all(
                connection,
                Sealed.SELECT + " WHERE seal_seq < ? AND chain < concat(tenant_id, ':', ?)"
                        + " ORDER BY seal_seq DESC LIMIT ?",
                Sealed::of,
                size,
                before == null ? AFTER_ALL : before,
                limit - days.size()));
        sealed.forEach(each -> days.add(day(each.day(), each.firstSeq(), each.lastSeq(), seal(each))));
        return days;
    }

    private static boolean isBefore(String day, @Nullable String bound) {
        return bound == null || day.compareTo(bound) < 0;
    }

    /** The object of each source's sequences, as the day's seal names it; empty where it has none. */
    Optional<byte[]> sources(String day) {
        return database.read(connection -> Sql.first(
                connection,
                "SELECT sources_object FROM ledger_seal WHERE chain LIKE ?",
                row -> row.getBytes("sources_object"),
                "%:" + day));
    }

    /** The day that is being written: all entries from the last seal's on. */
    private Optional<LedgerDay> open(long size) {
        long first = database.read(connection -> Sql.first(
                                connection,
                                "SELECT coalesce(max(last_seq), -1) AS last_seq FROM ledger_seal WHERE seal_seq < ?",
                                row -> row.getLong("last_seq"),
                                size)
                        .orElse(-1L)
                + 1);
        if (first >= size) {
            return Optional.empty();
        }
        Entry entry = reader.find(first).orElseThrow().entry();
        return Optional.of(day(Rfc3339.format(entry.at()).substring(0, DATE_CHARS), first, size - 1, null));
    }

    private LedgerDay day(String day, long firstSeq, long lastSeq, LedgerDay.@Nullable Seal seal) {
        return new LedgerDay(
                day,
                firstSeq,
                lastSeq,
                seal,
                database.read(connection -> checkpoints(connection, firstSeq, lastSeq + 1)),
                cosignatures.witnesses(firstSeq, lastSeq + 1));
    }

    /** Those that cover more than {@code above} entries, and at most {@code size}. */
    private static LedgerDay.Checkpoints checkpoints(Connection connection, long above, long size) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT count(*) AS kept, coalesce(sum(CASE WHEN fully THEN 1 ELSE 0 END), 0) AS complete,"
                                + " coalesce(max(size), 0) AS newest, coalesce(max(at_millis), 0) AS at"
                                + " FROM ledger_checkpoint WHERE size > ? AND size <= ?",
                        row -> new LedgerDay.Checkpoints(
                                row.getLong("kept"),
                                row.getLong("complete"),
                                row.getLong("newest"),
                                row.getLong("kept") == 0 ? null : Rfc3339.format(row.getLong("at"))),
                        above,
                        size)
                .orElseThrow();
    }

    private LedgerDay.Seal seal(Sealed sealed) {
        Entry entry = reader.find(sealed.seq()).orElseThrow().entry();
        long gaps = 0;
        boolean complete = true;
        Json.Obj object = Json.parseObject(sealed.sourcesObject());
        List<Json.Obj> sources = object.objects("sources", each -> each);
        for (Json.Obj source : sources) {
            gaps += source.list("gaps").size();
            complete &= source.get("gapsComplete").isEmpty() || source.truth("gapsComplete");
        }
        return new LedgerDay.Seal(
                sealed.seq(),
                entry.id().toString(),
                sealed.record().toString(),
                sealed.sources().toString(),
                sources.size(),
                gaps,
                complete && object.integer("unlisted") == 0);
    }

    /** Whether it has the form of a day. */
    static boolean isDay(String text) {
        return text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    }
}
