package io.strongroom.agent.witness;

import io.strongroom.api.WitnessOffer;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.NoteSigner;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.tree.ConsistencyProof;
import io.strongroom.evidence.tree.Frontier;
import io.strongroom.evidence.tree.HashSource;
import io.strongroom.evidence.tree.Rfc9162;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** A log in memory, which a test lets lie. */
final class TestLog implements WatchedLog {
    static final String ORIGIN = "vault.example/acme/00112233";

    private final List<Digest> leaves = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();
    private final List<NoteSigner> signers = new ArrayList<>();
    final List<SignedNote> posted = new ArrayList<>();
    int bound;
    boolean postFails;
    Runnable beforePost = () -> {};
    String origin = ORIGIN;

    TestLog() {
        signers.add(signer());
    }

    /** One whose key every process makes alike. */
    static TestLog seeded() {
        TestLog log = new TestLog();
        log.signers.clear();
        log.signers.add(NoteSigner.ed25519(ORIGIN, SigningKey.ofSeed(SigningAlgorithm.ED25519, new byte[32])));
        return log;
    }

    private static NoteSigner signer() {
        return NoteSigner.ed25519(ORIGIN, SigningKey.generate(SigningAlgorithm.ED25519, new SecureRandom()));
    }

    /** Another history under the same keys, which begins with the first of these leaves. */
    TestLog fork(int common) {
        TestLog fork = new TestLog();
        fork.signers.clear();
        fork.signers.addAll(signers);
        fork.leaves.addAll(leaves.subList(0, common));
        return fork;
    }

    TestLog grow(String... entries) {
        for (String entry : entries) {
            leaves.add(Rfc9162.leaf(entry.getBytes(StandardCharsets.UTF_8)));
        }
        return this;
    }

    /** The key changes, and says so, unless it is stolen. */
    TestLog rotate(boolean announced) {
        NoteSigner next = signer();
        if (announced) {
            NoteSigner last = signers.getLast();
            changes.add(SignedNote.sign(
                            "strongroom key change v1\n" + ORIGIN + "\n2026-11-21T01:02:03.004Z\nlog "
                                    + last.verifierKey().vkey() + " "
                                    + next.verifierKey().vkey() + "\n",
                            last,
                            next)
                    .render());
        }
        signers.add(next);
        return this;
    }

    private HashSource hashes() {
        return (level, index) -> {
            List<Digest> at = new ArrayList<>(leaves);
            for (int i = 0; i < level; i++) {
                List<Digest> up = new ArrayList<>();
                for (int j = 0; j + 1 < at.size(); j += 2) {
                    up.add(Rfc9162.node(at.get(j), at.get(j + 1)));
                }
                at = up;
            }
            return at.get((int) index);
        };
    }

    SignedNote note() {
        Digest root = Frontier.of(hashes(), leaves.size()).root();
        return new Checkpoint(origin, leaves.size(), root).sign(signers.getLast());
    }

    /** Whether its history, as it is now, begins with the one of this checkpoint. */
    boolean has(SignedNote note) {
        Checkpoint checkpoint = Checkpoint.parseText(note.text());
        return checkpoint.size() <= leaves.size()
                && Frontier.of(hashes(), checkpoint.size()).root().equals(checkpoint.root());
    }

    @Override
    public WitnessOffer offer() {
        return new WitnessOffer(
                origin,
                signers.stream().map(signer -> signer.verifierKey().vkey()).toList(),
                changes,
                leaves.isEmpty() ? null : note().render());
    }

    @Override
    public ConsistencyProof consistency(long from, long to) {
        return ConsistencyProof.of(hashes(), from, to);
    }

    @Override
    public void bind(String asOrigin, SigningKey key) {
        bound++;
    }

    @Override
    public void post(SignedNote cosigned) throws IOException {
        beforePost.run();
        if (postFails) {
            throw new IOException("gone");
        }
        posted.add(cosigned);
    }
}
