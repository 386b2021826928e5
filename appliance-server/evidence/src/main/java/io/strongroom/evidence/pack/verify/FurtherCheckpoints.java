package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.NoteException;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.note.TlogProof;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.tree.Rfc9162;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the log signed of its tree beside the checkpoint that the pack's range is tied to: further checkpoints, and those in
 * proof files. A log that signed two trees of which the smaller is not the beginning of the larger has shown two histories,
 * and the two signed notes prove that to anybody. Nothing that can be found in a pack weighs more.
 */
final class FurtherCheckpoints {
    private static final int MAX_PROOF = 1 << 20;

    /**
     * A tree that a trusted log signed.
     *
     * @param leaf that the file proves to stand in the tree, at {@code place}; null in a checkpoint by itself
     */
    private record Tree(
            String path,
            Checkpoint checkpoint,
            long place,
            @Nullable Digest leaf) {
        @Override
        public String toString() {
            return "the tree of " + checkpoint.size() + " leaves with the root " + checkpoint.root()
                    + ", which the log signed in " + path;
        }
    }

    private final Tree main;
    private final List<Tree> further = new ArrayList<>();

    private FurtherCheckpoints(Tree main) {
        this.main = main;
    }

    /**
     * Reads them.
     *
     * @param main the one that the range is tied to
     * @throws RefusedException if one in {@code checkpoints/} is not signed by a trusted log, or not of the size in its name
     */
    static FurtherCheckpoints read(Bag bag, RangeJson range, Checkpoint main, Signers signers) throws IOException {
        FurtherCheckpoints all = new FurtherCheckpoints(new Tree(range.checkpoint(), main, 0, null));
        for (String path : bag.files().keySet()) {
            if (path.startsWith(PackLayout.CHECKPOINTS)
                    && path.endsWith(PackLayout.NOTE)
                    && !path.equals(range.checkpoint())) {
                all.further.add(note(bag, path, signers));
            } else if (path.endsWith(PackLayout.PROOF)) {
                all.proof(bag, path, signers);
            }
        }
        return all;
    }

    private static Tree note(Bag bag, String path, Signers signers) throws IOException {
        try {
            SignedNote note = SignedNote.parse(SmallFiles.read(bag, path, SignedNote.MAX_BYTES));
            Checkpoint checkpoint = signers.checkpoints().verify(note).checkpoint();
            if (!path.equals(PackLayout.checkpoint(checkpoint.size()))) {
                throw new RefusedException(
                        path, "a checkpoint of the size in its name", "one of the size " + checkpoint.size());
            }
            return new Tree(path, checkpoint, 0, null);
        } catch (NoteException e) {
            throw new RefusedException(path, "a checkpoint signed by a trusted log", e.getMessage() + "");
        }
    }

    private void proof(Bag bag, String path, Signers signers) throws IOException {
        try {
            TlogProof proof = TlogProof.parse(SmallFiles.read(bag, path, MAX_PROOF));
            Digest leaf = proof.leafData().map(Rfc9162::leaf).orElse(null);
            // Mostly it is the pack's own checkpoint, and whoever needs the proof verifies it.
            boolean own = Checkpoint.parseText(proof.checkpoint().text()).equals(main.checkpoint);
            if (leaf != null && !own) {
                Checkpoint checkpoint =
                        proof.verify(leaf, signers.checkpoints()).checkpoint();
                further.add(new Tree(path, checkpoint, proof.index(), leaf));
            }
        } catch (NoteException e) {
            // Whoever needs the proof refuses it.
        }
    }

    /** Two trees of one log of the same size with other roots; null where there are none. */
    @Nullable
    Failure sameSize() {
        Map<String, Tree> seen = new HashMap<>();
        seen.put(key(main), main);
        for (Tree tree : further) {
            Tree other = seen.putIfAbsent(key(tree), tree);
            if (other != null && !other.checkpoint.root().equals(tree.checkpoint.root())) {
                return new Failure(tree.path, null, "no other than " + other, tree.toString(), true);
            }
        }
        return null;
    }

    private static String key(Tree tree) {
        return tree.checkpoint.size() + " " + tree.checkpoint.origin();
    }

    /** What the pack shows of the sizes and places that are needed; to be asked when the leaf hashes are borne out. */
    ShownTree shown(Bag bag, RangeJson range) throws IOException {
        List<Tree> toCompare = further.stream().filter(this::comparable).toList();
        return toCompare.isEmpty()
                ? ShownTree.NOTHING
                : ShownTree.walk(
                        bag,
                        range,
                        toCompare.stream().map(tree -> tree.checkpoint.size()).toList(),
                        toCompare.stream()
                                .filter(tree -> tree.leaf != null)
                                .map(Tree::place)
                                .toList());
    }

    /** Whether it is a tree of the same log: another log's has nothing to do with this one. */
    private boolean comparable(Tree tree) {
        return tree.checkpoint.origin().equals(main.checkpoint.origin());
    }

    /** A tree that is not the one that the pack shows; null where there is none. */
    @Nullable
    Failure contradiction(ShownTree shown) {
        for (Tree tree : further) {
            if (!comparable(tree)) {
                continue;
            }
            Digest root = shown.roots().get(tree.checkpoint.size());
            if (root != null && !root.equals(tree.checkpoint.root())) {
                return new Failure(
                        tree.path,
                        null,
                        "the root " + root + " at " + tree.checkpoint.size() + " leaves, as in " + main,
                        tree.toString(),
                        true);
            }
            Digest leaf = shown.leaves().get(tree.place);
            if (tree.leaf != null && leaf != null && !leaf.equals(tree.leaf)) {
                return new Failure(
                        tree.path,
                        tree.place,
                        "the leaf " + leaf + ", as in " + main,
                        "the leaf " + tree.leaf + " in " + tree,
                        true);
            }
        }
        return null;
    }

    /** The files whose tree nothing in the pack ties to the tree of the records. */
    List<String> untied(ShownTree shown) {
        return further.stream()
                .filter(tree -> !comparable(tree) || !shown.roots().containsKey(tree.checkpoint.size()))
                .map(Tree::path)
                .toList();
    }
}
