package io.strongroom.server.access;

import io.strongroom.evidence.approval.PersonId;
import io.strongroom.server.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What becomes of the tokens that somebody made who is disabled, and of those that such tokens made. Whoever made a token
 * may have kept it: so one that reads, takes out, proposes or administers is revoked with its maker. One that only sends
 * stays, since the services that use it would lose what they have to tell; it is named, to be replaced.
 *
 * @param revoked their ids
 * @param left the ids of those that stay
 */
record OrphanedTokens(List<String> revoked, List<String> left) {
    /** A record has no room for any number. */
    private static final int MOST_TOLD = 50;

    private record Row(String id, String maker, boolean onlySends, boolean counts) {}

    /** Revokes them, in a transaction of the caller's, who holds the {@link PeopleLock}. */
    static OrphanedTokens revoke(Connection connection, PersonId maker, long now) throws SQLException {
        List<Row> rows = Sql.all(
                connection,
                "SELECT id, made_by, scopes, revoked_at, expires_at FROM access_token ORDER BY made_at, id",
                row -> row(row, now));
        List<String> revoked = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (Row row : madeBy(rows, UserRows.key(maker))) {
            if (row.counts()) {
                (row.onlySends() ? left : revoked).add(row.id());
            }
        }
        for (String id : revoked) {
            Sql.update(connection, "UPDATE access_token SET revoked_at = ? WHERE id = ?", now, id);
        }
        return new OrphanedTokens(List.copyOf(revoked), List.copyOf(left));
    }

    /** Those made by somebody or something, and those that these made, and so on. */
    private static List<Row> madeBy(List<Row> rows, String maker) {
        Set<String> makers = new HashSet<>(Set.of(maker));
        List<Row> found = new ArrayList<>();
        List<Row> rest = new ArrayList<>(rows);
        boolean more = true;
        while (more) {
            List<Row> next =
                    rest.stream().filter(row -> makers.contains(row.maker())).toList();
            next.forEach(row -> makers.add(row.id()));
            found.addAll(next);
            rest.removeAll(next);
            more = !next.isEmpty();
        }
        return found;
    }

    private static Row row(ResultSet row, long now) throws SQLException {
        return new Row(
                row.getString("id"),
                row.getString("made_by").toLowerCase(Locale.ROOT),
                row.getString("scopes").equals(Scope.INGEST.name()),
                Sql.optionalLong(row, "revoked_at") == null && row.getLong("expires_at") > now);
    }

    /** What is recorded of them. */
    Map<String, Object> told() {
        return Map.of(
                "tokensRevoked",
                (long) revoked.size(),
                "revoked",
                revoked.stream().limit(MOST_TOLD).toList(),
                "tokensLeft",
                (long) left.size(),
                "left",
                left.stream().limit(MOST_TOLD).toList());
    }
}
