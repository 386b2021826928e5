package io.strongroom.console.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.CheckpointVerifier;
import io.strongroom.evidence.note.NoteSigner;
import io.strongroom.evidence.tree.ConsistencyProof;
import io.strongroom.evidence.tree.Frontier;
import io.strongroom.evidence.tree.HashSource;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CheckpointsTest {
    private static final String ORIGIN = "strongroom.example/acme";
    private static final NoteSigner SIGNER =
            NoteSigner.ed25519(ORIGIN, SigningKey.generate(SigningAlgorithm.ED25519, new SecureRandom()));
    private static final CheckpointVerifier VERIFIER = new CheckpointVerifier(List.of(SIGNER.verifierKey()), List.of());

    /** A log of some leaves, as an appliance would show it. */
    private static final class Leaves implements Checkpoints.Shown {
        private final List<Digest> leaves = new ArrayList<>();
        private final NoteSigner signer;

        Leaves(NoteSigner signer, String beginning, int size) {
            this.signer = signer;
            add(beginning, size);
        }

        void add(String name, int count) {
            for (int i = 0; i < count; i++) {
                leaves.add(Digest.of((name + leaves.size()).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            }
        }

        private Checkpoint newest() {
            Frontier frontier = new Frontier();
            leaves.forEach(frontier::append);
            return new Checkpoint(ORIGIN, leaves.size(), frontier.root());
        }

        @Override
        public String checkpoint() {
            return newest().sign(signer).render();
        }

        @Override
        public String consistency(long from, long to) {
            HashSource hashes = (level, index) -> {
                Frontier part = new Frontier();
                leaves.subList((int) (index << level), (int) ((index + 1) << level))
                        .forEach(part::append);
                return part.root();
            };
            return ConsistencyProof.of(hashes, from, to).path().stream()
                    .map(hash -> '"' + Base64.getEncoder().encodeToString(hash.bytes()) + '"')
                    .collect(Collectors.joining(",", "{\"hashes\":[", "]}"));
        }
    }

    @Test
    void aLogThatGrewIsBelieved() {
        Leaves log = new Leaves(SIGNER, "entry", 5);
        Checkpoint before = Checkpoints.newest(log, VERIFIER, null).checkpoint();
        assertThat(Checkpoints.newest(log, VERIFIER, before).checkpoint()).isEqualTo(before);
        log.add("entry", 9);
        assertThat(Checkpoints.newest(log, VERIFIER, before).checkpoint().size())
                .isEqualTo(14);
    }

    @Test
    void anotherHistoryIsNotOfWhateverSize() {
        Checkpoint before = Checkpoints.newest(new Leaves(SIGNER, "entry", 5), VERIFIER, null)
                .checkpoint();
        for (int size : new int[] {4, 5, 6, 20}) {
            assertThatExceptionOfType(Checkpoints.Broken.class)
                    .as("%d entries", size)
                    .isThrownBy(() -> Checkpoints.newest(new Leaves(SIGNER, "other", size), VERIFIER, before))
                    .withMessageContaining("does not continue the one of 5");
        }
    }

    @Test
    void nobodyElseSigns() {
        NoteSigner other =
                NoteSigner.ed25519(ORIGIN, SigningKey.generate(SigningAlgorithm.ED25519, new SecureRandom()));
        assertThatExceptionOfType(Checkpoints.Broken.class)
                .isThrownBy(() -> Checkpoints.newest(new Leaves(other, "entry", 5), VERIFIER, null));
    }

    @Test
    void whatIsNoProofIsNotBelieved() {
        Leaves log = new Leaves(SIGNER, "entry", 5);
        Checkpoint before = Checkpoints.newest(log, VERIFIER, null).checkpoint();
        log.add("entry", 4);
        for (String answer : List.of("", "[]", "{}", "{\"hashes\":[\"!\"]}", "{\"hashes\":[]}")) {
            assertThatExceptionOfType(Checkpoints.Broken.class)
                    .isThrownBy(() -> Checkpoints.newest(
                            new Checkpoints.Shown() {
                                @Override
                                public String checkpoint() {
                                    return log.checkpoint();
                                }

                                @Override
                                public String consistency(long from, long to) {
                                    return answer;
                                }
                            },
                            VERIFIER,
                            before));
        }
    }
}
