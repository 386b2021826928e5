package io.strongroom.agent.identity;

import io.strongroom.agent.files.DurableFile;
import io.strongroom.evidence.SourceId;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** A device that vouches for itself, and believes nobody else. */
public final class TestIdentity {
    private static final String PASSWORD = "not-secret";

    private TestIdentity() {}

    public static DeviceIdentity create() {
        try {
            Path folder = Files.createTempDirectory("identity");
            try {
                return create(folder.resolve("device.p12"));
            } finally {
                DurableFile.removeFolder(folder);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static DeviceIdentity create(Path file) throws IOException, InterruptedException, GeneralSecurityException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=device",
                        "-ext",
                        "san=uri:urn:strongroom:device:laptop-7",
                        "-alias",
                        "device",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool failed");
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        X509Certificate certificate = (X509Certificate) store.getCertificate("device");
        PrivateKey key = (PrivateKey) store.getKey("device", PASSWORD.toCharArray());
        return new DeviceIdentity(
                URI.create("https://localhost:1"),
                new SourceId("laptop-7"),
                new KeyPair(certificate.getPublicKey(), key),
                certificate,
                List.of(certificate));
    }
}
