package io.strongroom.server.access;

import io.strongroom.evidence.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a token: what it is for ({@code srm_} for a service), 16 characters that name it, 32 that are its secret (160 bits), 6 of
 * checksum. All are of {@code a–z 2–7}, so that a scanner for leaked secrets finds one, and a typing error is told from
 * a revoked token without asking the database.
 *
 * @param id the part that may stand in records and logs; a session's tokens have the session's
 */
public record TokenText(Kind kind, String id, String secret) {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int ID_CHARS = 16;
    private static final Pattern ID = Pattern.compile("[a-z2-7]{" + ID_CHARS + "}");
    private static final int SECRET_CHARS = 32;
    private static final int CHECK_CHARS = 6;
    private static final int BITS = 5;

    /** What a token is for. */
    public enum Kind {
        /** A service calls with it. */
        SERVICE("srm_"),
        /** A person's session calls with it, for minutes. */
        ACCESS("srs_"),
        /** Gives a session its next two tokens, once. */
        REFRESH("srr_"),
        /** An invitation's code, which its person types or pastes once. */
        INVITATION("sri_"),
        /** A device is enrolled with it, once. */
        ENROLMENT("sre_");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    public static TokenText draw(Kind kind, SecureRandom random) {
        return of(kind, drawText(random, ID_CHARS), random);
    }

    /** A new secret for something that has its id. */
    static TokenText of(Kind kind, String id, SecureRandom random) {
        return new TokenText(kind, id, drawText(random, SECRET_CHARS));
    }

    /** So many characters of a token's alphabet, 5 bits each. */
    public static String drawText(SecureRandom random, int chars) {
        StringBuilder text = new StringBuilder(chars);
        for (int i = 0; i < chars; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** Whether a name in a record is a token's. Nobody's account has such a name. */
    static boolean isId(String name) {
        return ID.matcher(name).matches();
    }

    /** Reads a token of one kind; empty if its form or its checksum is wrong. */
    public static Optional<TokenText> parse(Kind kind, String text) {
        int idAt = kind.prefix.length();
        if (!text.startsWith(kind.prefix) || text.length() != idAt + ID_CHARS + SECRET_CHARS + CHECK_CHARS) {
            return Optional.empty();
        }
        int secretAt = idAt + ID_CHARS;
        int checkAt = secretAt + SECRET_CHARS;
        String check = check(text.substring(0, checkAt));
        if (!MessageDigest.isEqual(bytes(check), bytes(text.substring(checkAt)))) {
            return Optional.empty();
        }
        return Optional.of(new TokenText(kind, text.substring(idAt, secretAt), text.substring(secretAt, checkAt)));
    }

    /** The whole text, which its holder presents. */
    public String text() {
        String body = kind.prefix + id + secret;
        return body + check(body);
    }

    /** What is kept of it: SHA-256 of {@link #text}. With 160 random bits, no slow hash is needed. */
    public byte[] hash() {
        return hash(text());
    }

    /**
     * Whether a text that {@link #parse} took is the one of which this hash is kept. Takes as long where none is kept, so
     * that an unknown id is not told from a wrong secret.
     */
    public static boolean fits(String text, byte @Nullable [] kept) {
        byte[] hash = hash(text);
        return MessageDigest.isEqual(hash, kept == null ? new byte[hash.length] : kept) && kept != null;
    }

    private static byte[] hash(String text) {
        return Digest.sha256().digest(bytes(text));
    }

    private static String check(String body) {
        byte[] hash = Digest.sha256().digest(bytes(body));
        long bits = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            bits = bits << Byte.SIZE | hash[i] & 0xffL;
        }
        StringBuilder check = new StringBuilder(CHECK_CHARS);
        for (int i = 0; i < CHECK_CHARS; i++) {
            check.append(ALPHABET.charAt((int) (bits >>> (i * BITS) & 31)));
        }
        return check.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return kind.prefix + id + "…";
    }
}
