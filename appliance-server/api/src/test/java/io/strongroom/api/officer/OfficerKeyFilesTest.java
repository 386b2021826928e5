package io.strongroom.api.officer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.api.officer.OfficerKeyFiles.KeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OfficerKeyFilesTest {
    private static final String SCHEME = "PBEWithHmacSHA256AndAES_256";
    private static final String PASSPHRASE = "correct horse";

    private final OfficerKeyFiles keys;

    OfficerKeyFilesTest(@TempDir Path folder) {
        this.keys = new OfficerKeyFiles(folder);
    }

    @Test
    void onlyItsPassphraseOpensAKey() {
        KeyFile key = keys.make(PASSPHRASE, new SecureRandom());

        assertThat(keys.open(key, PASSPHRASE).verifyingKey()).isEqualTo(key.key());
        assertThatThrownBy(() -> keys.open(key, "wrong horse"))
                .isInstanceOf(OfficerKeyException.class)
                .hasMessageContaining("the passphrase does not open the key");
    }

    /** As a wrong passphrase may, once in 256 times: what comes out is padded as it should be. */
    @Test
    void whatDecryptsToNoKeyIsSaidToBeThePassphrasesFault() throws IOException, GeneralSecurityException {
        KeyFile key = keys.make(PASSPHRASE, new SecureRandom());
        String pem = Files.readString(key.file());
        byte[] sealed = Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]+-----", ""));
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(sealed);
        Cipher cipher = Cipher.getInstance(SCHEME);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(SCHEME).generateSecret(new PBEKeySpec(PASSPHRASE.toCharArray())),
                info.getAlgParameters());
        byte[] other = cipher.doFinal(new byte[info.getEncryptedData().length - 1]);
        System.arraycopy(other, 0, sealed, sealed.length - other.length, other.length);
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(sealed);
        Files.setPosixFilePermissions(key.file(), PosixFilePermissions.fromString("rw-------"));
        Files.writeString(
                key.file(),
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\n" + body + "\n-----END ENCRYPTED PRIVATE KEY-----\n");

        assertThatThrownBy(() -> keys.open(key, PASSPHRASE))
                .isInstanceOf(OfficerKeyException.class)
                .hasMessageContaining("the passphrase does not open the key");
    }
}
