package io.strongroom.server.access;

import io.strongroom.api.KeyPossession;
import io.strongroom.api.ProblemType;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.VerifyingKey;
import io.strongroom.server.database.Database;
import io.strongroom.server.database.Sql;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.problem.ProblemException;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Takes in the keys that officers made on their own machines, and revokes them. A key comes in by a session with the
 * second factor, and a signature over a challenge that the session was given: it says origin, officer and key, and counts
 * once.
 */
@Singleton
final class KeyEnrolment {
    static final Duration CHALLENGE_HOLDS = Duration.ofMinutes(5);
    static final int MOST_KEYS = 10;

    private static final int CHALLENGE_CHARS = 26;

    private final Database database;
    private final OfficerKeys keys;
    private final PeopleRecords records;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Installation installation;

    KeyEnrolment(
            Database database,
            OfficerKeys keys,
            PeopleRecords records,
            InstantSource clock,
            SecureRandom random,
            Installation installation) {
        this.database = database;
        this.keys = keys;
        this.records = records;
        this.clock = clock;
        this.random = random;
        this.installation = installation;
    }

    /** What the session's officer is to sign; an earlier challenge of the session holds no longer. */
    KeyPossession challenge(Caller by) {
        String challenge = TokenText.drawText(random, CHALLENGE_CHARS);
        database.durable(connection -> Sql.update(
                connection,
                "UPDATE access_session SET challenge = ?, challenged_at = ? WHERE id = ?",
                challenge,
                clock.millis(),
                by.person().orElseThrow().session()));
        return possession(by, challenge);
    }

    private KeyPossession possession(Caller by, String challenge) {
        return new KeyPossession(installation.origin().value(), by.id(), challenge);
    }

    /**
     * Enrols a key.
     *
     * @throws ProblemException {@code challenge-invalid}, {@code user-conflict}
     */
    OfficerKey enrol(Caller by, VerifyingKey key, byte[] signature) {
        Caller.Person person = by.person().orElseThrow();
        boolean enrolled = database.durable(connection -> {
            PeopleLock.take(connection, installation.tenant().value());
            PeopleLock.requireUnchanged(connection, person);
            long now = clock.millis();
            Optional<String> challenge = Sql.first(
                    connection,
                    "SELECT challenge FROM access_session WHERE id = ? AND challenge IS NOT NULL"
                            + " AND challenged_at > ? AND challenged_at <= ?",
                    row -> row.getString("challenge"),
                    person.session(),
                    now - CHALLENGE_HOLDS.toMillis(),
                    Lifetime.latestBeginning(now));
            Sql.update(connection, "UPDATE access_session SET challenge = NULL WHERE id = ?", person.session());
            if (challenge.isEmpty() || !possession(by, challenge.get()).verify(key, signature)) {
                return false;
            }
            requireRoom(by.person().get().id(), key);
            Sql.update(
                    connection,
                    "INSERT INTO access_officer_key (tenant_id, id, user_id, shown_id, public_key, enrolled_at)"
                            + " VALUES (?, ?, ?, ?, ?, ?)",
                    installation.tenant().value(),
                    key.id().toString(),
                    UserRows.key(person.id()),
                    person.id().value(),
                    key.raw(),
                    now);
            records.change(
                    by,
                    "OfficerKey.Enrolled",
                    "OfficerKey",
                    key.id().toString(),
                    Map.of("algorithm", SigningAlgorithm.ED25519.label()));
            return true;
        });
        if (!enrolled) {
            throw new ProblemException(
                    ProblemType.CHALLENGE_INVALID,
                    "There is no challenge for this session, it is too old, or the signature is not the key's over it.");
        }
        return keys.find(key.id()).orElseThrow();
    }

    private void requireRoom(PersonId officer, VerifyingKey key) {
        if (keys.find(key.id()).isPresent()) {
            throw new ProblemException(
                    ProblemType.USER_CONFLICT, "This key was enrolled before; a key belongs to one officer for ever.");
        }
        long counting = keys.of(officer).stream()
                .filter(each -> each.revokedAt() == null)
                .count();
        if (counting >= MOST_KEYS) {
            throw new ProblemException(
                    ProblemType.USER_CONFLICT, "You have " + MOST_KEYS + " keys that count: revoke one first.");
        }
    }

    /** Revokes a key of this officer's, one's own or another's; it counts no more from now on. */
    void revoke(Caller by, PersonId officer, Digest keyId) {
        boolean revoked = database.durable(connection -> {
            PeopleLock.take(connection, installation.tenant().value());
            PeopleLock.requireUnchanged(connection, by.person().orElseThrow());
            int changed = Sql.update(
                    connection,
                    "UPDATE access_officer_key SET revoked_at = ?, revoked_by = ?"
                            + " WHERE id = ? AND user_id = ? AND revoked_at IS NULL",
                    clock.millis(),
                    by.id(),
                    keyId.toString(),
                    UserRows.key(officer));
            if (changed == 1) {
                records.change(
                        by, "OfficerKey.Revoked", "OfficerKey", keyId.toString(), Map.of("officer", officer.value()));
            }
            return changed == 1;
        });
        if (!revoked) {
            throw new ProblemException(ProblemType.NOT_FOUND, "This officer has no key of this id that counts.");
        }
    }
}
