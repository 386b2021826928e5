package io.strongroom.server.access.secret;

import io.strongroom.evidence.Digest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Codes for whoever has lost the authenticator: ten, each for once, kept as hashes. With 80 random bits no slow hash is
 * needed.
 */
public final class RecoveryCodes {
    private static final int COUNT = 10;
    private static final int CHARS = 16;
    private static final int GROUP = 4;

    /** Without those that look alike. */
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

    private RecoveryCodes() {}

    /** Ten new codes, such as {@code k4tm-9xyz-ab2c-defg}. */
    public static List<String> draw(SecureRandom random) {
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            StringBuilder code = new StringBuilder();
            for (int at = 0; at < CHARS; at++) {
                code.append(at > 0 && at % GROUP == 0 ? "-" : "").append(ALPHABET.charAt(random.nextInt(32)));
            }
            codes.add(code.toString());
        }
        return codes;
    }

    /** What is kept of a code, however its letters and dashes are written; bound to whose it is. */
    public static byte[] hash(String owner, String code) {
        String plain = code.toLowerCase(Locale.ROOT).replaceAll("[\\s-]", "");
        return Digest.sha256().digest((owner + "\n" + plain).getBytes(StandardCharsets.UTF_8));
    }
}
