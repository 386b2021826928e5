package io.strongroom.evidence.cli;

import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.evidence.note.NoteException;
import io.strongroom.evidence.note.NoteSigner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** A witness's Ed25519 key in a file of three lines: what it is, the witness's name, the key in PKCS#8, base64. */
final class WitnessKey {
    private static final String FIRST_LINE = "strongroom-witness-key v1";

    private WitnessKey() {}

    /** Makes a new key in a new file that only its owner can read. */
    static NoteSigner make(Path file, String name, SecureRandom random, InstantSource clock) throws IOException {
        SigningKey key = SigningKey.generate(SigningAlgorithm.ED25519, random);
        NoteSigner signer = NoteSigner.ed25519Cosigner(name, key, clock);
        String text = FIRST_LINE + "\n" + name + "\n" + Base64.getEncoder().encodeToString(key.pkcs8()) + "\n";
        FileAttribute<?>[] owner =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        try (FileChannel channel =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        return signer;
    }

    static NoteSigner read(Path file, InstantSource clock) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        if (lines.size() != 3 || !lines.getFirst().equals(FIRST_LINE)) {
            throw new UsageException(file + " is no witness's key; make one with --make-key FILE --name NAME");
        }
        try {
            SigningKey key = SigningKey.ofPkcs8(Base64.getDecoder().decode(lines.get(2)));
            return NoteSigner.ed25519Cosigner(lines.get(1), key, clock);
        } catch (IllegalArgumentException | NoteException e) {
            throw new UsageException(file + " is no witness's key: " + e.getMessage());
        }
    }
}
