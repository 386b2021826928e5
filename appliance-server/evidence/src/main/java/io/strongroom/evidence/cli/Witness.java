package io.strongroom.evidence.cli;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.NoteSigner;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.pack.verify.PackHead;
import java.io.File;
import java.io.IOException;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Cosigns checkpoints of packs (C2SP tlog-cosignature), and never two that contradict each other: the newest head of
 * each log is durable in a file beside the key before a signature leaves.
 */
final class Witness {
    private final NoteSigner signer;
    private final Path heads;

    /** A witness that keeps its heads in the folder {@code <keyFile>.heads}. */
    Witness(NoteSigner signer, Path keyFile) {
        this.signer = signer;
        this.heads = keyFile.resolveSibling(keyFile.getFileName() + ".heads");
    }

    /** Refused: signing would contradict what this witness signed before, or nothing shows that it would not. */
    static final class ContradictionException extends IOException {
        @Serial
        private static final long serialVersionUID = 1;

        ContradictionException(String message) {
            super(message);
        }
    }

    /**
     * Cosigns the checkpoint of a pack that verified under a trust file.
     *
     * @return the checkpoint with one more signature
     */
    SignedNote cosign(PackHead pack) throws IOException {
        Files.createDirectories(heads);
        Path lockFile = heads.resolve("lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            Checkpoint next = pack.checkpoint();
            Path head = heads.resolve(
                    Digest.of(next.origin().getBytes(StandardCharsets.UTF_8)).hex() + ".head");
            if (Files.exists(head)) {
                Checkpoint newest = Checkpoint.parseText(Files.readString(head));
                requireGrowth(newest, next, pack);
            }
            store(head, next.text());
            return pack.note().with(signer.sign(next.text()));
        }
    }

    private static void requireGrowth(Checkpoint newest, Checkpoint next, PackHead pack) throws IOException {
        if (next.size() < newest.size()) {
            throw new ContradictionException("This witness has already signed size " + newest.size()
                    + " of the log; the pack's checkpoint, of size " + next.size()
                    + ", is older. Ask for a newer pack.");
        }
        Optional<Digest> root = pack.rootAt(newest.size());
        if (root.isEmpty()) {
            throw new ContradictionException("The pack does not show that the log grew from size " + newest.size()
                    + ", which this witness signed last. Ask for a pack whose range holds place " + newest.size()
                    + ".");
        }
        if (!root.get().equals(newest.root())) {
            throw new ContradictionException("THE LOG CONTRADICTS ITSELF: at size " + newest.size()
                    + " this witness saw the root " + newest.root() + ", and in this pack it is " + root.get()
                    + ". Keep both checkpoints: together they prove that the log showed two histories.");
        }
    }

    /** Returns only once the head is on disk under its name. */
    private static void store(Path head, String text) throws IOException {
        Path fresh = head.resolveSibling(head.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, head, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (File.separatorChar == '/') {
            // The rename itself must survive a power cut; only POSIX systems open folders.
            try (FileChannel folder = FileChannel.open(head.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }
}
