package io.strongroom.evidence.note;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.tree.InclusionProof;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A proof file (C2SP tlog-proof, {@code .tlog-proof}): that one leaf stands in a checkpointed tree.
 *
 * @param extra opaque, not authenticated, base64 in the file; here the leaf data, so that the file proves by itself
 * @param index of the leaf, from 0, below the checkpoint's size
 * @param hashes from the leaf's sibling up
 */
public record TlogProof(Optional<String> extra, long index, List<Digest> hashes, SignedNote checkpoint) {
    private static final String FIRST_LINE = "c2sp.org/tlog-proof@v1";

    public TlogProof {
        hashes = List.copyOf(hashes);
        extra.ifPresent(text -> StrictText.base64(text, "the proof's extra data"));
        try {
            new InclusionProof(index, Checkpoint.parseText(checkpoint.text()).size(), hashes);
        } catch (IllegalArgumentException e) {
            throw new NoteException(String.valueOf(e.getMessage()), e);
        }
    }

    /** A proof that carries its leaf data. */
    public static TlogProof of(byte[] leafData, InclusionProof proof, SignedNote checkpoint) {
        return new TlogProof(
                Optional.of(Base64.getEncoder().encodeToString(leafData)), proof.index(), proof.path(), checkpoint);
    }

    /**
     * Reads a proof file.
     *
     * @throws NoteException if it is malformed, or its proof has not the one possible length
     */
    public static TlogProof parse(byte[] bytes) {
        if (bytes.length > 2 * SignedNote.MAX_BYTES) {
            throw new NoteException("a proof file has at most " + 2 * SignedNote.MAX_BYTES + " bytes");
        }
        String text = StrictText.noteText(bytes);
        int blank = text.indexOf("\n\n");
        if (blank < 0) {
            throw new NoteException("the proof file has no empty line before its checkpoint");
        }
        List<String> lines = List.of(text.substring(0, blank).split("\n", -1));
        if (!lines.getFirst().equals(FIRST_LINE)) {
            throw new NoteException("a proof file's first line is " + FIRST_LINE);
        }
        int at = 1;
        Optional<String> extra = Optional.empty();
        if (at < lines.size() && lines.get(at).startsWith("extra ")) {
            extra = Optional.of(lines.get(at++).substring("extra ".length()));
        }
        if (at == lines.size() || !lines.get(at).startsWith("index ")) {
            throw new NoteException("a proof file names the leaf in a line: index, a space, a number");
        }
        long index = StrictText.decimal(lines.get(at++).substring("index ".length()), "the index");
        List<Digest> hashes = new ArrayList<>();
        for (String line : lines.subList(at, lines.size())) {
            byte[] hash = StrictText.base64(line, "a hash of the proof");
            if (hash.length != Digest.BYTES) {
                throw new NoteException("a hash of the proof has " + hash.length + " bytes, not " + Digest.BYTES);
            }
            hashes.add(Digest.ofBytes(hash));
        }
        return new TlogProof(extra, index, hashes, SignedNote.parse(text.substring(blank + 2)));
    }

    /** The leaf data that the file carries, if it does. Whoever uses it must verify it first. */
    public Optional<byte[]> leafData() {
        return extra.map(text -> StrictText.base64(text, "the proof's extra data"));
    }

    /** The file's text. */
    public String render() {
        StringBuilder file = new StringBuilder(FIRST_LINE).append('\n');
        extra.ifPresent(text -> file.append("extra ").append(text).append('\n'));
        file.append("index ").append(index).append('\n');
        hashes.forEach(hash ->
                file.append(Base64.getEncoder().encodeToString(hash.bytes())).append('\n'));
        return file.append('\n').append(checkpoint.render()).toString();
    }

    /** The file's bytes. */
    public byte[] bytes() {
        return render().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Verifies that the leaf stands in the tree of a trusted log.
     *
     * @param leaf the leaf's hash
     * @throws NoteException if the checkpoint is not trusted or the proof does not lead to its root
     */
    public VerifiedCheckpoint verify(Digest leaf, CheckpointVerifier verifier) {
        VerifiedCheckpoint verified = verifier.verify(checkpoint);
        Digest root = new InclusionProof(index, verified.checkpoint().size(), hashes).root(leaf);
        if (!root.equals(verified.checkpoint().root())) {
            throw new NoteException("the proof leads from the leaf " + leaf + " at " + index + " to the root " + root
                    + ", but the checkpoint has " + verified.checkpoint().root());
        }
        return verified;
    }
}
