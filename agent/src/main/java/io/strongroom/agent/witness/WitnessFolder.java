package io.strongroom.agent.witness;

import io.strongroom.agent.files.DurableFile;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.evidence.note.NoteException;
import io.strongroom.evidence.note.SignedNote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * What a witness keeps, each in a file that has its old content or its new:
 *
 * <pre>
 * identity/witness.key    its Ed25519 key, PKCS#8 in base64
 * witness/bound           once the appliance has bound that key
 * witness/log.json        the log's origin and the keys that are believed
 * witness/head.note       the newest checkpoint that was found sound; nothing is signed that is not here
 * witness/posted          the text of the checkpoint whose cosignature the appliance has
 * witness/incident.json   what was found, until an operator resolves it; nothing is signed meanwhile
 * witness/resolved-N/     what was, before that
 * </pre>
 */
public final class WitnessFolder {
    private final Path key;
    private final Path folder;

    /** @param data the agent's data folder */
    public WitnessFolder(Path data) {
        this.key = data.resolve("identity").resolve("witness.key");
        this.folder = data.resolve("witness");
    }

    /** The key, made if there is none. */
    SigningKey key(SecureRandom random) throws IOException {
        DurableFile.createFolder(folder);
        if (Files.exists(key)) {
            try {
                return SigningKey.ofPkcs8(Base64.getDecoder()
                        .decode(Files.readString(key, StandardCharsets.US_ASCII).strip()));
            } catch (IllegalArgumentException e) {
                throw new IOException("The witness key " + key + " is damaged. Put it back as it was.", e);
            }
        }
        SigningKey made = SigningKey.generate(SigningAlgorithm.ED25519, random);
        DurableFile.write(
                key, (Base64.getEncoder().encodeToString(made.pkcs8()) + "\n").getBytes(StandardCharsets.US_ASCII));
        return made;
    }

    boolean isBound() {
        return Files.exists(folder.resolve("bound"));
    }

    void bound() throws IOException {
        DurableFile.write(folder.resolve("bound"), new byte[0]);
    }

    Optional<LogKeys> log() throws IOException {
        Path file = folder.resolve("log.json");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Json.Obj json = Json.parseObject(Files.readAllBytes(file));
            return Optional.of(LogKeys.of(json.text("origin"), json.texts("keys")));
        } catch (JsonException | JsonShapeException | NoteException e) {
            throw new IOException("The file " + file + " is damaged. Put it back as it was.", e);
        }
    }

    void log(LogKeys log) throws IOException {
        DurableFile.write(
                folder.resolve("log.json"),
                Json.object()
                        .put("origin", log.origin())
                        .putTexts("keys", log.vkeys())
                        .build()
                        .bytes());
    }

    Optional<SignedNote> head() throws IOException {
        Path file = folder.resolve("head.note");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(SignedNote.parse(Files.readAllBytes(file)));
        } catch (NoteException e) {
            throw new IOException("The file " + file + " is damaged. Put it back as it was.", e);
        }
    }

    /** Keeps it. On disk, under its name, when this returns. */
    void head(SignedNote note) throws IOException {
        DurableFile.write(folder.resolve("head.note"), note.bytes());
    }

    boolean isPosted(SignedNote note) throws IOException {
        Path file = folder.resolve("posted");
        return Files.exists(file) && Files.readString(file).equals(note.text());
    }

    void posted(SignedNote note) throws IOException {
        DurableFile.write(folder.resolve("posted"), note.text().getBytes(StandardCharsets.UTF_8));
    }

    /** What was found, and not resolved. */
    public Optional<Json.Obj> incident() throws IOException {
        Path file = folder.resolve("incident.json");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.parseObject(Files.readAllBytes(file)));
        } catch (JsonException | JsonShapeException e) {
            throw new IOException("The file " + file + " is damaged; nothing is cosigned until it is resolved.", e);
        }
    }

    void incident(Json.Obj incident) throws IOException {
        DurableFile.createFolder(folder);
        DurableFile.write(folder.resolve("incident.json"), incident.bytes());
    }

    /**
     * Puts the incident aside, where it stays as proof.
     *
     * @param anew whether what was seen of the log, and its keys, are put aside, too: then what the appliance shows next is
     *     believed as at the first time
     * @return where it is now; empty if there is none
     */
    public Optional<Path> resolve(boolean anew) throws IOException {
        if (!Files.exists(folder.resolve("incident.json"))) {
            return Optional.empty();
        }
        Path aside = aside();
        if (anew) {
            for (String name : new String[] {"log.json", "head.note", "posted", "bound"}) {
                if (Files.exists(folder.resolve(name))) {
                    Files.move(folder.resolve(name), aside.resolve(name), StandardCopyOption.ATOMIC_MOVE);
                }
            }
        }
        // Last: until then, nothing is signed.
        DurableFile.move(folder.resolve("incident.json"), aside.resolve("incident.json"));
        DurableFile.syncFolder(folder);
        return Optional.of(aside);
    }

    private Path aside() throws IOException {
        for (int i = 1; ; i++) {
            Path aside = folder.resolve("resolved-" + i);
            if (!Files.exists(aside)) {
                DurableFile.createFolder(aside);
                return aside;
            }
        }
    }
}
