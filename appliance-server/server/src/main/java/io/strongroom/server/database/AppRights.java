package io.strongroom.server.database;

import io.strongroom.server.settings.StartRefusedException;
import io.strongroom.server.settings.StartRefusedException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the app role may do with which table: what the migrations grant it, and no more. A right too many, such as to
 * change what the sequencer alone writes, would outlive every check of a request.
 */
final class AppRights {
    private static final Pattern GRANT =
            Pattern.compile("GRANT ([A-Z, ]+)\\sON\\s([a-z0-9_,\\s]+)\\sTO " + PostgresRoles.APP + ";");

    /** Every right on a table or on a column of one that the role has itself, as a member, or as anybody. */
    private static final String FOUND = """
            SELECT relname, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END,
                   string_agg(DISTINCT privilege_type, ', ' ORDER BY privilege_type)
              FROM (SELECT oid, relname, relnamespace, relacl AS acl FROM pg_class
                     UNION ALL
                    SELECT c.oid, relname, relnamespace, attacl FROM pg_class c JOIN pg_attribute ON attrelid = c.oid) x,
                   aclexplode(acl)
             WHERE relnamespace = to_regnamespace('%s')
               AND (grantee = 0 OR pg_has_role('%s', grantee, 'MEMBER'))
             GROUP BY 1, 2 ORDER BY 1, 2""".formatted(Schema.NAME, PostgresRoles.APP);

    private AppRights() {}

    /**
     * Refuses a role that may do more than it needs.
     *
     * @param scripts the resources that hold the migrations
     * @throws StartRefusedException which names the first such table, its rights too many, and how to take all of them
     */
    static void requireNoMore(Connection connection, Collection<String> scripts) throws SQLException {
        Map<String, Set<String>> granted = granted(scripts);
        List<String> faults = new ArrayList<>();
        StringBuilder remedy = new StringBuilder();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(FOUND)) {
            while (rows.next()) {
                String table = rows.getString(1);
                List<String> more = new ArrayList<>(List.of(rows.getString(3).split(", ")));
                more.removeAll(granted.getOrDefault(table, Set.of()));
                if (!more.isEmpty()) {
                    String rights = String.join(", ", more);
                    faults.add(rights + " on " + table);
                    remedy.append(" REVOKE ")
                            .append(rights)
                            .append(" ON ")
                            .append(Schema.NAME)
                            .append('.')
                            .append(table);
                    remedy.append(" FROM ").append(rows.getString(2)).append(';');
                }
            }
        }
        if (!faults.isEmpty()) {
            throw new StartRefusedException(
                    Reason.DATABASE,
                    "The database role " + PostgresRoles.APP + " has rights that it must not have: " + faults.getFirst()
                            + (faults.size() > 1 ? ", and " + (faults.size() - 1) + " more" : "")
                            + ". Run as the owner:" + remedy);
        }
    }

    private static Map<String, Set<String>> granted(Collection<String> scripts) {
        Map<String, Set<String>> granted = new HashMap<>();
        for (String script : scripts) {
            Matcher grants = GRANT.matcher(text(script));
            while (grants.find()) {
                for (String table : grants.group(2).split(",")) {
                    granted.computeIfAbsent(table.strip(), name -> new HashSet<>())
                            .addAll(List.of(grants.group(1).split(", ")));
                }
            }
        }
        return granted;
    }

    private static String text(String script) {
        try (InputStream in = AppRights.class.getResourceAsStream("/" + script)) {
            if (in == null) {
                throw new IllegalStateException("no migration " + script);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
