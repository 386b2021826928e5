package io.strongroom.server.access;

import io.strongroom.api.ProblemType;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.server.database.Database;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.problem.ProblemException;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The setup code, which makes the bootstrap administrator: 128 bits, kept as a hash, good for an hour and five tries
 * (design §4). A start without an administrator makes a new one, and so does one at which somebody on the host asked for
 * it; it is shown to the person at the machine, and never logged.
 */
@Singleton
public final class Setup {
    /** Stands for whoever had the setup code, where it is told who made a token. */
    static final String MAKER = "setup";

    static final Duration HOLDS = Duration.ofHours(1);
    static final int TRIES = 5;

    /** 26 characters of 5 bits each are 130 bits. */
    private static final int CODE_CHARS = 26;

    private static final Duration TOKEN_LIFE = Duration.ofDays(365);

    private final Database database;
    private final ServiceTokens tokens;
    private final PeopleRecords records;
    private final InstantSource clock;
    private final SecureRandom random;
    private final String tenant;

    Setup(
            Database database,
            ServiceTokens tokens,
            PeopleRecords records,
            InstantSource clock,
            SecureRandom random,
            Installation installation) {
        this.database = database;
        this.tokens = tokens;
        this.records = records;
        this.clock = clock;
        this.random = random;
        this.tenant = installation.tenant().value();
    }

    private enum Verdict {
        RIGHT,
        WRONG,
        NONE
    }

    /**
     * A new code in the place of any before; empty once there is an administrator.
     *
     * @param wanted whether there is to be one all the same, since the administrator's token is lost or has ended; the ledger
     *     tells of that one
     * @throws RuntimeException as {@link AccessTrail#tell}: then there is none, and the one before, if any, holds
     */
    public Optional<String> newCode(boolean wanted) {
        if (tokens.hasAdministrator() && !wanted) {
            return Optional.empty();
        }
        String code = TokenText.drawText(random, CODE_CHARS);
        long expiresAt = clock.millis() + HOLDS.toMillis();
        database.durable(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE access_setup SET hash = ?, expires_at = ?, tries_left = ?, used_at = NULL")) {
                update.setBytes(1, hash(code));
                update.setLong(2, expiresAt);
                update.setInt(3, TRIES);
                if (update.executeUpdate() == 0) {
                    insert(connection, code, expiresAt);
                }
            }
            if (wanted) {
                records.appliance("SetupCode.Made", "SetupCode", MAKER, Map.of("expiresAt", Rfc3339.format(expiresAt)));
            }
            return true;
        });
        return Optional.of(grouped(code));
    }

    /**
     * Makes the administrator; the token of one before counts no more then. The fifth wrong try uses the code up, of which the
     * ledger tells.
     *
     * @throws ProblemException {@code setup-code-invalid}, {@code already-set-up}
     * @throws RuntimeException as {@link AccessTrail#tell}: then there is no administrator, and the try does not count
     */
    public ServiceTokens.Made administrator(String code, String name) {
        TokenText text = TokenText.draw(TokenText.Kind.SERVICE, random);
        long now = clock.millis();
        ServiceTokens.Stored stored = new ServiceTokens.Stored(
                text.id(),
                text.hash(),
                name,
                Set.of(Scope.ADMIN),
                List.of(),
                MAKER,
                now,
                now + TOKEN_LIFE.toMillis(),
                null);
        byte[] hash = hash(code.toLowerCase(Locale.ROOT).replaceAll("[\\s-]", ""));
        // One transaction: the code is used up exactly when the administrator exists, and a wrong try counts.
        Verdict verdict = database.durable(connection -> {
            Verdict found = use(connection, hash, now);
            if (found == Verdict.RIGHT) {
                tokens.replaceAdministrator(connection, stored);
            }
            return found;
        });
        if (verdict == Verdict.NONE && tokens.hasAdministrator()) {
            throw new ProblemException(
                    ProblemType.ALREADY_SET_UP,
                    "The appliance has its administrator, and no setup code is open. Who has its host gets another with"
                            + " strongroom setup-code.");
        }
        if (verdict != Verdict.RIGHT) {
            throw new ProblemException(
                    ProblemType.SETUP_CODE_INVALID, "The setup code is not right, or holds no longer.");
        }
        tokens.refresh();
        return new ServiceTokens.Made(text, stored);
    }

    private Verdict use(Connection connection, byte[] hash, long now) throws SQLException {
        byte[] expected;
        int triesLeft;
        // The row's lock lets one try after another in, so that five are five.
        try (PreparedStatement take = connection.prepareStatement("UPDATE access_setup SET tries_left = tries_left - 1"
                + " WHERE tries_left > 0 AND used_at IS NULL AND expires_at > ?")) {
            take.setLong(1, now);
            if (take.executeUpdate() == 0) {
                return Verdict.NONE;
            }
        }
        try (PreparedStatement read = connection.prepareStatement("SELECT hash, tries_left FROM access_setup");
                ResultSet rows = read.executeQuery()) {
            rows.next();
            expected = rows.getBytes(1);
            triesLeft = rows.getInt(2);
        }
        if (!MessageDigest.isEqual(hash, expected)) {
            if (triesLeft == 0) {
                records.appliance("SetupCode.UsedUp", "SetupCode", MAKER, Map.of("tries", TRIES));
            }
            return Verdict.WRONG;
        }
        try (PreparedStatement mark = connection.prepareStatement("UPDATE access_setup SET used_at = ?")) {
            mark.setLong(1, now);
            mark.executeUpdate();
        }
        return Verdict.RIGHT;
    }

    private void insert(Connection connection, String code, long expiresAt) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO access_setup (tenant_id, hash, expires_at, tries_left) VALUES (?, ?, ?, ?)")) {
            insert.setString(1, tenant);
            insert.setBytes(2, hash(code));
            insert.setLong(3, expiresAt);
            insert.setInt(4, TRIES);
            insert.executeUpdate();
        }
    }

    private static byte[] hash(String code) {
        return Digest.sha256().digest(code.getBytes(StandardCharsets.UTF_8));
    }

    /** Groups of five are easier to read aloud. */
    private static String grouped(String code) {
        return code.replaceAll("(.{5})(?=.)", "$1-");
    }
}
