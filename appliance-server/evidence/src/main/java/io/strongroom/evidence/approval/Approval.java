package io.strongroom.evidence.approval;

import io.strongroom.evidence.json.JsonException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * What one officer says of one change, in one role (formats §8).
 *
 * @param officer who decides
 * @param role the one role in which they do: 1–64 of {@code A-Z a-z 0-9 .}, first a letter
 * @param at when, in milliseconds since 1970
 * @param expires from when on it does not count, in milliseconds since 1970; at most {@link #LONGEST} after {@code at}
 * @param nonce 128 random bits in base64url without padding, so that no two approvals are alike
 */
public record Approval(
        PolicyChange change, Decision decision, PersonId officer, String role, long at, long expires, String nonce) {
    /** The predicate type of its in-toto statement. */
    public static final String PREDICATE_TYPE = "urn:strongroom:approval:v1";

    /** How long an approval counts at most. */
    public static final Duration LONGEST = Duration.ofDays(7);

    private static final int NONCE_BYTES = 16;

    /**
     * @throws IllegalArgumentException if role or nonce breaks its rule, or it does not expire within {@link #LONGEST}
     */
    public Approval {
        requireRole(role);
        requireNonce(nonce);
        if (expires <= at || expires - at > LONGEST.toMillis()) {
            throw new IllegalArgumentException(
                    "an approval expires after it was given, and at most " + LONGEST.toDays() + " days after");
        }
    }

    /**
     * What an officer says now.
     *
     * @param counts how long it counts, at most {@link #LONGEST}
     * @param random must be cryptographically strong
     */
    public static Approval now(
            PolicyChange change,
            Decision decision,
            PersonId officer,
            String role,
            Instant now,
            Duration counts,
            RandomGenerator random) {
        return new Approval(
                change,
                decision,
                officer,
                role,
                now.toEpochMilli(),
                now.plus(counts).toEpochMilli(),
                nonce(random));
    }

    static String requireRole(String role) {
        if (!role.matches("[A-Za-z][A-Za-z0-9.]{0,63}")) {
            throw new IllegalArgumentException("a role is 1 to 64 of A-Z a-z 0-9 . and begins with a letter");
        }
        return role;
    }

    static String requireNonce(String nonce) {
        byte[] bits;
        try {
            bits = Base64.getUrlDecoder().decode(nonce);
        } catch (IllegalArgumentException e) {
            bits = new byte[0];
        }
        if (bits.length != NONCE_BYTES || !encode(bits).equals(nonce)) {
            throw new IllegalArgumentException("a nonce is 128 bits in base64url without padding");
        }
        return nonce;
    }

    private static String encode(byte[] bits) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    /**
     * A new nonce.
     *
     * @param random must be cryptographically strong
     */
    public static String nonce(RandomGenerator random) {
        byte[] bits = new byte[NONCE_BYTES];
        random.nextBytes(bits);
        return encode(bits);
    }

    /**
     * Reads the in-toto statement of an approval.
     *
     * @throws JsonException if it is not exactly the canonical bytes of one, with a pointer to what is wrong
     */
    public static Approval parse(byte[] statement) {
        return ApprovalStatement.parse(statement);
    }

    /** The in-toto statement: the payload that is signed. */
    public byte[] statement() {
        return ApprovalStatement.render(this);
    }
}
