package io.strongroom.server.access;

import io.strongroom.api.ProblemType;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.server.database.Database;
import io.strongroom.server.database.Sql;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.problem.ProblemException;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The service tokens. All are held in memory, so that asking who calls costs no query ({@link Held}). */
@Singleton
public final class ServiceTokens {
    private static final String TOKEN = "Token";
    private static final String MADE = "Token.Made";
    private static final String REVOKED = "Token.Revoked";

    /** A token may name a thousand, which a record has no room for. */
    private static final int MOST_SOURCES_TOLD = 50;

    private final Database database;
    private final PeopleRecords records;
    private final InstantSource clock;
    private final SecureRandom random;
    private final String tenant;
    private final Held<Map<String, Known>> held;

    ServiceTokens(
            Database database,
            PeopleRecords records,
            InstantSource clock,
            SecureRandom random,
            Installation installation) {
        this.database = database;
        this.records = records;
        this.clock = clock;
        this.random = random;
        this.tenant = installation.tenant().value();
        this.held = new Held<>("tokens", clock, this::readAll);
    }

    @PostConstruct
    void start() {
        held.start();
    }

    @PreDestroy
    void stop() {
        held.close();
    }

    /**
     * A token as it is kept.
     *
     * @param hash SHA-256 of the token's text
     * @param madeAt epoch milliseconds
     * @param expiresAt epoch milliseconds
     * @param revokedAt epoch milliseconds; null while it counts
     */
    public record Stored(
            String id,
            byte[] hash,
            String name,
            Set<Scope> scopes,
            List<String> sources,
            String madeBy,
            long madeAt,
            long expiresAt,
            @Nullable Long revokedAt) {}

    /** A token and who calls with it, made once for all the calls. */
    private record Known(Stored stored, Caller caller) {}

    /** A new token: its text is told this once. */
    public record Made(TokenText text, Stored stored) {}

    /** Who calls with this token; empty if it is malformed, unknown, revoked or expired. */
    public Optional<Caller> authenticate(String presented) {
        Optional<TokenText> text = TokenText.parse(TokenText.Kind.SERVICE, presented);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Known known = held.current().get(text.get().id());
        boolean fits =
                TokenText.fits(presented, known == null ? null : known.stored().hash());
        return known != null && fits && counts(known.stored()) ? Optional.of(known.caller()) : Optional.empty();
    }

    /** Whether the token of this id counts now. */
    boolean counts(String id) {
        Known known = held.refresh().get(id);
        return known != null && counts(known.stored());
    }

    private boolean counts(Stored stored) {
        return stored.revokedAt() == null && stored.expiresAt() > clock.millis();
    }

    private Caller caller(Stored stored) {
        return new Caller(stored.id(), stored.name(), tenant, stored.scopes(), Set.copyOf(stored.sources()));
    }

    /** Makes a token; it counts, and the ledger tells of it, once this returns. */
    Made make(Caller by, String name, Set<Scope> scopes, List<String> sources, long lifeMillis) {
        TokenText text = TokenText.draw(TokenText.Kind.SERVICE, random);
        long now = clock.millis();
        Stored stored = new Stored(text.id(), text.hash(), name, scopes, sources, by.id(), now, now + lifeMillis, null);
        database.durable(connection -> {
            requireUnchanged(connection, by);
            insert(connection, stored);
            records.change(by, MADE, TOKEN, stored.id(), told(stored));
            return stored;
        });
        refresh();
        return new Made(text, stored);
    }

    /** Under the lock, so that whoever or whatever is revoked at this moment leaves no token behind. */
    private void requireUnchanged(Connection connection, Caller by) throws SQLException {
        PeopleLock.take(connection, tenant);
        if (by.person().isPresent()) {
            PeopleLock.requireUnchanged(connection, by.person().get());
        } else if (Sql.first(
                        connection,
                        "SELECT id FROM access_token WHERE id = ? AND revoked_at IS NULL",
                        row -> row.getString("id"),
                        by.id())
                .isEmpty()) {
            throw new ProblemException(ProblemType.FORBIDDEN, "Your token was revoked meanwhile.");
        }
    }

    /**
     * Puts the administrator in whom the setup code makes, revokes those that one made before, and has it recorded. In a
     * transaction of the caller's.
     */
    void replaceAdministrator(Connection connection, Stored stored) throws SQLException {
        List<String> before = Sql.all(
                connection,
                "SELECT id FROM access_token WHERE made_by = ? AND revoked_at IS NULL ORDER BY made_at, id",
                row -> row.getString("id"),
                Setup.MAKER);
        for (String id : before) {
            Sql.update(connection, "UPDATE access_token SET revoked_at = ? WHERE id = ?", stored.madeAt(), id);
            records.setUp(REVOKED, TOKEN, id, Map.of());
        }
        insert(connection, stored);
        records.setUp(MADE, TOKEN, stored.id(), told(stored));
    }

    private static Map<String, Object> told(Stored stored) {
        return Map.of(
                "scopes", stored.scopes().stream().sorted().map(Scope::name).toList(),
                "sources", stored.sources().stream().limit(MOST_SOURCES_TOLD).toList(),
                "sourceCount", stored.sources().size(),
                "expiresAt", Rfc3339.format(stored.expiresAt()));
    }

    private void insert(Connection connection, Stored stored) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO access_token (tenant_id, id, hash, name, scopes, sources, made_by, made_at, expires_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                tenant,
                stored.id(),
                stored.hash(),
                stored.name(),
                stored.scopes().stream().sorted().map(Scope::name).collect(Collectors.joining(" ")),
                String.join(" ", stored.sources()),
                stored.madeBy(),
                stored.madeAt(),
                stored.expiresAt());
    }

    /** Revokes a token; it counts no more, and the ledger tells of it, once this returns. False if there is none that counts. */
    boolean revoke(Caller by, String id) {
        boolean revoked = database.durable(connection -> {
            requireUnchanged(connection, by);
            int changed = Sql.update(
                    connection,
                    "UPDATE access_token SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
                    clock.millis(),
                    id);
            if (changed == 1) {
                records.change(by, REVOKED, TOKEN, id, Map.of());
            }
            return changed == 1;
        });
        refresh();
        return revoked;
    }

    /** All tokens that are not revoked. */
    public Collection<Stored> list() {
        return held.refresh().values().stream()
                .map(Known::stored)
                .filter(token -> token.revokedAt() == null)
                .sorted(Comparator.comparingLong(Stored::madeAt).thenComparing(Stored::id))
                .toList();
    }

    /**
     * Who is behind a token: who made it, or the token that made it, and so on. What began with the setup code alone has
     * nobody behind it.
     */
    public Optional<String> maker(String id) {
        Map<String, Known> all = held.refresh();
        String now = id;
        for (Known known = all.get(now); known != null; known = all.get(now)) {
            now = known.stored().madeBy();
        }
        return now.equals(Setup.MAKER) ? Optional.empty() : Optional.of(now);
    }

    /** Whether some token that counts may administer. */
    public boolean hasAdministrator() {
        return held.refresh().values().stream()
                .map(Known::stored)
                .anyMatch(token -> token.revokedAt() == null && token.scopes().contains(Scope.ADMIN));
    }

    void refresh() {
        var unused = held.refresh();
    }

    private Map<String, Known> readAll() {
        return database
                .read(connection -> Sql.all(
                        connection,
                        "SELECT id, hash, name, scopes, sources, made_by, made_at, expires_at, revoked_at FROM access_token",
                        ServiceTokens::row))
                .stream()
                .collect(Collectors.toUnmodifiableMap(Stored::id, stored -> new Known(stored, caller(stored))));
    }

    private static Stored row(ResultSet row) throws SQLException {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        words(row.getString("scopes")).forEach(word -> scopes.add(Scope.valueOf(word)));
        return new Stored(
                row.getString("id"),
                row.getBytes("hash"),
                row.getString("name"),
                scopes,
                words(row.getString("sources")),
                row.getString("made_by"),
                row.getLong("made_at"),
                row.getLong("expires_at"),
                Sql.optionalLong(row, "revoked_at"));
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
    }
}
