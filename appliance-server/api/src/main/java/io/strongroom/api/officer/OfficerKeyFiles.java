package io.strongroom.api.officer;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.evidence.key.VerifyingKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;

/**
 * An officer's keys on their own machine: {@code <name>.pem}, PKCS#8, encrypted under a passphrase (PBES2 with
 * PBKDF2-HMAC-SHA-256 and AES-256-CBC, RFC 8018) as {@code openssl pkey} reads it, beside {@code <name>.pub.pem}.
 */
public final class OfficerKeyFiles {
    private static final String SCHEME = "PBEWithHmacSHA256AndAES_256";
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;

    /** 1.2.840.113549.1.5.13. */
    private static final byte[] PBES2 = HexFormat.of().parseHex("06092a864886f70d01050d");

    private static final int ITERATIONS = 600_000;
    private static final int SALT_BYTES = 16;
    private static final int NAME_CHARS = 16;
    private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";
    private static final String PLAIN = "PRIVATE KEY";

    private final Path folder;

    /** The keys in this folder, which is made with the first. */
    public OfficerKeyFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * A key that lies here.
     *
     * @param encrypted whether a passphrase opens it
     */
    public record KeyFile(VerifyingKey key, Path file, boolean encrypted) {
        /** How signatures name it. */
        public Digest id() {
            return key.id();
        }
    }

    /**
     * Makes a key.
     *
     * @param passphrase encrypts it; empty leaves it readable to whoever can read the file
     */
    public KeyFile make(String passphrase, SecureRandom random) {
        SigningKey key = SigningKey.generate(SigningAlgorithm.ED25519, random);
        String name = key.verifyingKey().id().toString().replace("sha256:", "").substring(0, NAME_CHARS);
        Path file = folder.resolve(name + ".pem");
        try {
            PrivateFiles.folder(folder);
            String pem = passphrase.isEmpty()
                    ? pem(PLAIN, key.pkcs8())
                    : pem(ENCRYPTED, encrypted(key.pkcs8(), passphrase, random));
            PrivateFiles.write(file, pem.getBytes(StandardCharsets.US_ASCII));
            PrivateFiles.write(
                    folder.resolve(name + ".pub.pem"), key.verifyingKey().pem().getBytes(StandardCharsets.US_ASCII));
            return new KeyFile(key.verifyingKey(), file, !passphrase.isEmpty());
        } catch (IOException | GeneralSecurityException e) {
            throw new OfficerKeyException("the key cannot be kept in " + file + ": " + e.getMessage(), e);
        }
    }

    /** All keys that lie here, by name. */
    public List<KeyFile> all() {
        List<KeyFile> keys = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return keys;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.pub.pem")) {
            for (Path file : found) {
                VerifyingKey key = VerifyingKey.ofSpki(body("PUBLIC KEY", Files.readString(file)));
                Path secret = folder.resolve(file.getFileName().toString().replace(".pub.pem", ".pem"));
                keys.add(new KeyFile(key, secret, Files.readString(secret).contains(ENCRYPTED)));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new OfficerKeyException("the keys in " + folder + " cannot be read: " + e.getMessage(), e);
        }
        keys.sort(java.util.Comparator.comparing(key -> key.file().toString()));
        return keys;
    }

    /**
     * One key: the one whose id begins so, or the only one.
     *
     * @param beginning of the id, with or without {@code sha256:}; empty for the only one
     * @throws OfficerKeyException if there is none, or more than one
     */
    public KeyFile one(String beginning) {
        List<KeyFile> fitting = all().stream()
                .filter(key -> key.id().toString().replace("sha256:", "").startsWith(beginning.replace("sha256:", "")))
                .toList();
        if (fitting.size() != 1) {
            throw new OfficerKeyException(
                    fitting.isEmpty()
                            ? "there is no such key on this machine: `strongroom key make`"
                            : "several keys fit: name one by its id (`strongroom key list`)");
        }
        return fitting.getFirst();
    }

    /**
     * Opens a key, to sign with it.
     *
     * @param passphrase what it was made with; not looked at where it is not encrypted
     */
    public SigningKey open(KeyFile key, String passphrase) {
        try {
            String pem = Files.readString(key.file());
            SigningKey opened =
                    key.encrypted() ? unlocked(body(ENCRYPTED, pem), passphrase) : SigningKey.ofPkcs8(body(PLAIN, pem));
            if (!opened.verifyingKey().equals(key.key())) {
                throw new OfficerKeyException("the two files of the key in " + key.file() + " do not belong together");
            }
            return opened;
        } catch (GeneralSecurityException e) {
            throw new OfficerKeyException("the passphrase does not open the key in " + key.file(), e);
        } catch (IOException | IllegalArgumentException e) {
            throw new OfficerKeyException("the key in " + key.file() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static byte[] encrypted(byte[] der, String passphrase, SecureRandom random)
            throws GeneralSecurityException, IOException {
        byte[] salt = new byte[SALT_BYTES];
        byte[] iv = new byte[SALT_BYTES];
        random.nextBytes(salt);
        random.nextBytes(iv);
        Cipher cipher = Cipher.getInstance(SCHEME);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(SCHEME).generateSecret(new PBEKeySpec(passphrase.toCharArray())),
                new PBEParameterSpec(salt, ITERATIONS, new IvParameterSpec(iv)));
        // The JDK reads this form, and writes it under no name that it knows (RFC 5958 §3, RFC 8018 appendix A.4).
        byte[] scheme = der(SEQUENCE, PBES2, cipher.getParameters().getEncoded());
        return der(SEQUENCE, scheme, der(OCTETS, cipher.doFinal(der)));
    }

    /** One value of fewer than 65,536 bytes in DER. */
    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            body.writeBytes(part);
        }
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.write(tag);
        int length = body.size();
        if (length > 255) {
            value.writeBytes(new byte[] {(byte) 0x82, (byte) (length >> 8)});
        } else if (length > 127) {
            value.write(0x81);
        }
        value.write(length);
        value.writeBytes(body.toByteArray());
        return value.toByteArray();
    }

    private static SigningKey unlocked(byte[] sealed, String passphrase) throws GeneralSecurityException, IOException {
        byte[] decrypted = decrypted(sealed, passphrase);
        try {
            return SigningKey.ofPkcs8(decrypted);
        } catch (IllegalArgumentException e) {
            // What a wrong passphrase makes of it ends in a right padding once in 256 times.
            throw new GeneralSecurityException("it opens to what is no key", e);
        }
    }

    private static byte[] decrypted(byte[] sealed, String passphrase) throws GeneralSecurityException, IOException {
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(sealed);
        Cipher cipher = Cipher.getInstance(SCHEME);
        cipher.init(
                Cipher.DECRYPT_MODE,
                SecretKeyFactory.getInstance(SCHEME).generateSecret(new PBEKeySpec(passphrase.toCharArray())),
                info.getAlgParameters());
        return cipher.doFinal(info.getEncryptedData());
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + type + "-----\n";
    }

    private static byte[] body(String type, String pem) {
        String head = "-----BEGIN " + type + "-----";
        String tail = "-----END " + type + "-----";
        int from = pem.indexOf(head);
        int to = pem.indexOf(tail);
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("it is no " + type.toLowerCase(java.util.Locale.ROOT) + " in PEM");
        }
        return Base64.getMimeDecoder().decode(pem.substring(from + head.length(), to));
    }
}
