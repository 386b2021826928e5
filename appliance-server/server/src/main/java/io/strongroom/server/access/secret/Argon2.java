package io.strongroom.server.access.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106) with 19 MiB, two passes and one lane, OWASP's least, in the PHC string form
 * {@code $argon2id$v=19$m=…,t=…,p=…$salt$hash}. A hash says by which parameters it was made, so that they can be raised.
 */
final class Argon2 {
    static final int MEMORY_KIB = 19 * 1024;
    static final int PASSES = 2;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern FORM = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=([0-9]{1,6}),t=([0-9]{1,2}),p=1\\$([A-Za-z0-9+/]{22})\\$([A-Za-z0-9+/]{43})");
    private static final Base64.Encoder TO_TEXT = Base64.getEncoder().withoutPadding();

    private Argon2() {}

    static String hash(String password, int memoryKib, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] hash = derive(password, salt, memoryKib, PASSES);
        return "$argon2id$v=19$m=" + memoryKib + ",t=" + PASSES + ",p=1$" + TO_TEXT.encodeToString(salt) + "$"
                + TO_TEXT.encodeToString(hash);
    }

    /**
     * Whether the password is the one that was hashed.
     *
     * @throws IllegalStateException if {@code stored} is no such hash
     */
    static boolean verify(String password, String stored) {
        Matcher parts = FORM.matcher(stored);
        if (!parts.matches()) {
            throw new IllegalStateException("a stored password is not an Argon2id hash");
        }
        byte[] hash = derive(
                password,
                Base64.getDecoder().decode(parts.group(3)),
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)));
        return MessageDigest.isEqual(hash, Base64.getDecoder().decode(parts.group(4)));
    }

    private static byte[] derive(String password, byte[] salt, int memoryKib, int passes) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(passes)
                .withParallelism(1)
                .withSalt(salt)
                .build());
        byte[] hash = new byte[HASH_BYTES];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }
}
