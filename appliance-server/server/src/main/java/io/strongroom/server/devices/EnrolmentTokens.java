package io.strongroom.server.devices;

import io.strongroom.api.ProblemType;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.TokenText;
import io.strongroom.server.database.Database;
import io.strongroom.server.problem.ProblemException;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The one-time tokens by which devices are enrolled. */
@Singleton
final class EnrolmentTokens {
    /** The longest that one holds. */
    static final Duration MOST = Duration.ofHours(1);

    private static final Duration LISTED = Duration.ofDays(1);
    private static final String TOKEN = "EnrolmentToken";

    private final Database database;
    private final Changes changes;
    private final InstantSource clock;
    private final SecureRandom random;

    EnrolmentTokens(Database database, Changes changes, InstantSource clock, SecureRandom random) {
        this.database = database;
        this.changes = changes;
        this.clock = clock;
        this.random = random;
    }

    /** A new token: its text is told this once. */
    record Made(EnrolmentCode code, EnrolmentToken token) {}

    /**
     * Makes one; it counts, and the ledger tells of it, once this returns.
     *
     * @param label what the device will be called
     * @param life at most {@link #MOST}
     */
    Made make(Caller by, String label, String group, Duration life) {
        TokenText text = TokenText.draw(TokenText.Kind.ENROLMENT, random);
        return changes.make(change -> {
            if (DeviceGroup.find(change.connection(), group).isEmpty()) {
                throw new ProblemException(ProblemType.NOT_FOUND, "There is no group of this name.");
            }
            // The one that signed what the port shows: whom the device will find at the other end.
            Authority authority = Authorities.trusted(change.connection()).getFirst();
            EnrolmentToken token = new EnrolmentToken(
                    text.id(),
                    text.hash(),
                    label,
                    group,
                    authority.id(),
                    by.id(),
                    change.now(),
                    change.now() + life.toMillis(),
                    null,
                    null,
                    null);
            EnrolmentToken.insert(change, token);
            changes.record(
                    by,
                    "EnrolmentToken.Made",
                    TOKEN,
                    token.id(),
                    Map.of(
                            "group", group,
                            "expiresAt", Rfc3339.format(token.expiresAt()),
                            "authority", authority.fingerprint().toString()));
            return new Made(new EnrolmentCode(text, authority.fingerprint()), token);
        });
    }

    /** Those of the last day. */
    List<EnrolmentToken> list() {
        return database.read(connection -> EnrolmentToken.since(connection, clock.millis() - LISTED.toMillis()));
    }

    /** False if there is none that nobody has used or revoked. */
    boolean revoke(Caller by, String id) {
        return changes.make(change -> {
            boolean revoked = EnrolmentToken.revoke(change, id);
            if (revoked) {
                changes.record(by, "EnrolmentToken.Revoked", TOKEN, id, Map.of());
            }
            return revoked;
        });
    }
}
