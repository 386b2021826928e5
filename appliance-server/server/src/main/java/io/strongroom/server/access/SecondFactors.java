package io.strongroom.server.access;

import io.strongroom.evidence.approval.PersonId;
import io.strongroom.server.access.secret.RecoveryCodes;
import io.strongroom.server.access.secret.Totp;
import io.strongroom.server.database.Sql;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.keys.WrappedRows;
import io.strongroom.server.keys.WrappingKeys;
import io.strongroom.server.keys.WrappingKeys.Wrapped;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The authenticators and recovery codes of people. Secrets of authenticators are kept encrypted under the wrapping keys,
 * bound to whose they are. All in transactions of the caller's.
 */
@Singleton
public final class SecondFactors {
    /** What of them is wrapped. */
    public static final List<WrappedRows> WRAPPED = List.of(
            wrapped("access_user", "totp_generation", "totp_secret", "id"),
            wrapped("access_user", "pending_generation", "pending_secret", "id"),
            wrapped("access_invitation", "totp_generation", "totp_secret", "user_id"));

    /** No officer can have this id. */
    private static final String NOBODY = "~";

    private final WrappingKeys wrapping;
    private final InstantSource clock;
    private final SecureRandom random;
    private final String tenant;
    private final byte[] nobodys = new byte[Totp.SECRET_BYTES];

    SecondFactors(WrappingKeys wrapping, InstantSource clock, SecureRandom random, Installation installation) {
        this.wrapping = wrapping;
        this.clock = clock;
        this.random = random;
        this.tenant = installation.tenant().value();
        random.nextBytes(nobodys);
    }

    private static WrappedRows wrapped(String table, String generation, String secret, String user) {
        return new WrappedRows(table, "id", generation, secret, List.of(user), row -> belongsTo(row.getString(user)));
    }

    /** What somebody showed. */
    enum Shown {
        AUTHENTICATOR,
        RECOVERY_CODE,
        NOTHING
    }

    private record Stored(Wrapped wrapped, long step) {}

    Wrapped draw(PersonId officer) {
        byte[] secret = new byte[Totp.SECRET_BYTES];
        random.nextBytes(secret);
        return wrapping.wrap(secret, belongsTo(UserRows.key(officer)));
    }

    byte[] open(PersonId officer, Wrapped wrapped) {
        return wrapping.unwrap(wrapped.generation(), wrapped.key(), belongsTo(UserRows.key(officer)));
    }

    /** The step of a code that a new authenticator shows; empty if it is not its code of now. */
    OptionalLong firstStep(PersonId officer, Wrapped wrapped, String code) {
        return Totp.accept(open(officer, wrapped), code, 0, clock.millis());
    }

    /** Uses a code up, if it is one. A step that was used, and each before it, counts no more. */
    Shown use(Connection connection, PersonId officer, String code) throws SQLException {
        String user = UserRows.key(officer);
        Optional<Stored> stored = Sql.first(
                connection,
                "SELECT totp_secret, totp_generation, totp_step FROM access_user WHERE id = ? AND disabled_at IS NULL",
                row -> new Stored(
                        new Wrapped(row.getInt("totp_generation"), row.getBytes("totp_secret")),
                        row.getLong("totp_step")),
                user);
        // Whose account there is not, or is disabled, is looked at in the same way, and has no code that fits.
        byte[] secret = stored.isEmpty() ? nobodys : open(officer, stored.get().wrapped());
        long last = stored.isEmpty() ? Long.MAX_VALUE : stored.get().step();
        OptionalLong step = Totp.accept(secret, code, last, clock.millis());
        if (step.isPresent()) {
            int used = Sql.update(
                    connection,
                    "UPDATE access_user SET totp_step = ? WHERE id = ? AND totp_step < ?",
                    step.getAsLong(),
                    user,
                    step.getAsLong());
            return used == 1 ? Shown.AUTHENTICATOR : Shown.NOTHING;
        }
        int recovered = Sql.update(
                connection,
                "UPDATE access_recovery_code SET used_at = ? WHERE user_id = ? AND hash = ? AND used_at IS NULL",
                clock.millis(),
                user,
                RecoveryCodes.hash(stored.isEmpty() ? NOBODY : user, code));
        return recovered == 1 ? Shown.RECOVERY_CODE : Shown.NOTHING;
    }

    /** Ten new recovery codes in the place of all before. */
    List<String> newRecoveryCodes(Connection connection, PersonId officer) throws SQLException {
        String user = UserRows.key(officer);
        Sql.update(connection, "DELETE FROM access_recovery_code WHERE user_id = ?", user);
        List<String> codes = RecoveryCodes.draw(random);
        for (String code : codes) {
            Sql.update(
                    connection,
                    "INSERT INTO access_recovery_code (tenant_id, user_id, hash) VALUES (?, ?, ?)",
                    tenant,
                    user,
                    RecoveryCodes.hash(user, code));
        }
        return codes;
    }

    private static byte[] belongsTo(String user) {
        return ("strongroom authenticator " + user).getBytes(StandardCharsets.UTF_8);
    }
}
