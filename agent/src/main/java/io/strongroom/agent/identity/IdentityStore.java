package io.strongroom.agent.identity;

import io.strongroom.agent.files.DurableFile;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.json.JsonException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Optional;

/**
 * The identity on disk, in a folder for the agent alone: {@code a.key} and {@code a.crt}, {@code b.key} and {@code b.crt},
 * {@code authorities.pem}, and {@code identity.json}, which says where the appliance is and which slot counts. That file is
 * written last, so there is an identity or there is none.
 */
public final class IdentityStore {
    private final Path folder;

    /** @param data the agent's data folder */
    public IdentityStore(Path data) {
        this.folder = data.resolve("identity");
    }

    /**
     * The identity; empty if the device is not enrolled.
     *
     * @throws IdentityException if what is there cannot be used
     */
    public Optional<DeviceIdentity> load() {
        if (!Files.exists(identityFile())) {
            return Optional.empty();
        }
        try {
            Json.Obj json = Json.parseObject(Files.readAllBytes(identityFile()));
            Slot slot = Slot.valueOf(json.text("slot"));
            X509Certificate certificate =
                    Pem.certificates(Files.readAllBytes(certificateFile(slot))).getFirst();
            KeyPair key = Pem.keys(Files.readAllBytes(keyFile(slot)), "EC");
            if (!certificate.getPublicKey().equals(key.getPublic())) {
                throw new GeneralSecurityException("key and certificate do not belong together");
            }
            return Optional.of(new DeviceIdentity(
                    URI.create(json.text("url")),
                    DeviceIdentity.device(certificate),
                    key,
                    certificate,
                    Pem.certificates(Files.readAllBytes(authoritiesFile()))));
        } catch (IOException
                | GeneralSecurityException
                | JsonException
                | JsonShapeException
                | IllegalArgumentException
                | java.util.NoSuchElementException e) {
            throw new IdentityException(
                    "The identity in " + folder + " cannot be used: " + e.getMessage()
                            + ". Put the folder back as it was, or"
                            + " have the device enrolled anew with enrol --again.",
                    e);
        }
    }

    /** The slot that counts, if the device is enrolled. */
    Slot slot() throws IOException {
        return Slot.valueOf(Json.parseObject(Files.readAllBytes(identityFile())).text("slot"));
    }

    /** Makes a slot the one that counts. Its key, its certificate and the authorities must be there. */
    void use(Slot slot, URI url) throws IOException {
        DurableFile.write(
                identityFile(),
                Json.object()
                        .put("url", url.toString())
                        .put("slot", slot.name())
                        .build()
                        .bytes());
    }

    /** The key of a slot, which is made if there is none that can be read. On disk before it is used. */
    KeyPair key(Slot slot) throws IOException {
        DurableFile.createFolder(folder);
        if (Files.exists(keyFile(slot))) {
            try {
                return Pem.keys(Files.readAllBytes(keyFile(slot)), "EC");
            } catch (GeneralSecurityException e) {
                Files.delete(keyFile(slot));
            }
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair key = generator.generateKeyPair();
            DurableFile.write(keyFile(slot), Pem.write(key));
            return key;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has P-256", e);
        }
    }

    void certificate(Slot slot, X509Certificate certificate) throws IOException {
        try {
            DurableFile.write(certificateFile(slot), Pem.write(List.of(certificate)));
        } catch (GeneralSecurityException e) {
            throw new IdentityException("The certificate cannot be written: " + e.getMessage(), e);
        }
    }

    boolean hasCertificate(Slot slot) {
        return Files.exists(certificateFile(slot));
    }

    void authorities(List<X509Certificate> authorities) throws IOException {
        try {
            DurableFile.write(authoritiesFile(), Pem.write(authorities));
        } catch (GeneralSecurityException e) {
            throw new IdentityException("The authorities cannot be written: " + e.getMessage(), e);
        }
    }

    /** Destroys what a slot has. */
    void clear(Slot slot) throws IOException {
        Files.deleteIfExists(certificateFile(slot));
        Files.deleteIfExists(keyFile(slot));
    }

    /** Where the identity stands, to be put aside as a whole. */
    public Path folder() {
        return folder;
    }

    private Path identityFile() {
        return folder.resolve("identity.json");
    }

    private Path authoritiesFile() {
        return folder.resolve("authorities.pem");
    }

    private Path keyFile(Slot slot) {
        return folder.resolve(slot.fileName() + ".key");
    }

    private Path certificateFile(Slot slot) {
        return folder.resolve(slot.fileName() + ".crt");
    }
}
