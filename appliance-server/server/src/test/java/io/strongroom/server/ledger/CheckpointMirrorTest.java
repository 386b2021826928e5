package io.strongroom.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.NoteSigner;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.tree.Rfc9162;
import io.strongroom.server.objects.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CheckpointMirrorTest {
    private final TestKeys keys = new TestKeys("strongroom.test");

    /** Changes as often as it is told, and then fails like a machine that lost its power. */
    private record DyingObjects(ObjectStore store, AtomicInteger changesLeft) implements ObjectStore {
        private void change() throws IOException {
            if (changesLeft.getAndDecrement() <= 0) {
                throw new IOException("the power is gone");
            }
        }

        @Override
        public void put(String name, byte[] content, Protection protection) throws IOException {
            change();
            store.put(name, content, protection);
        }

        @Override
        public void put(String name, InputStream content, long length, Protection protection) throws IOException {
            put(name, content.readAllBytes(), protection);
        }

        @Override
        public Optional<InputStream> get(String name, long offset) throws IOException {
            return store.get(name, offset);
        }

        @Override
        public Optional<Long> length(String name) throws IOException {
            return store.length(name);
        }

        @Override
        public void delete(String name) throws IOException {
            change();
            store.delete(name);
        }
    }

    private StoredCheckpoint checkpoint(long size, boolean full) {
        Digest root = size == 0 ? Rfc9162.EMPTY_ROOT : Digest.of(new byte[] {(byte) size});
        List<NoteSigner> signers = full ? keys.sealSigners() : keys.checkpointSigners();
        byte[] note = new Checkpoint(keys.origin().value(), size, root)
                .sign(signers.toArray(NoteSigner[]::new))
                .bytes();
        return new StoredCheckpoint(size, root, 0, full, note);
    }

    private static long newest(ObjectStore objects) throws IOException {
        return new CheckpointMirror(objects)
                .newest().stream()
                        .mapToLong(note -> Checkpoint.parseText(
                                        SignedNote.parse(note).text())
                                .size())
                        .max()
                        .orElse(0);
    }

    @ParameterizedTest
    @CsvSource({"true, 3", "false, 2"})
    void aCrashAtAnyStepLeavesTheCheckpointBefore(boolean full, int steps) throws IOException {
        for (int survived = 0; survived < steps; survived++) {
            MemoryObjects objects = new MemoryObjects();
            CheckpointMirror mirror = new CheckpointMirror(objects);
            mirror.keep(checkpoint(10, false));
            mirror.keep(checkpoint(20, false));
            CheckpointMirror dying = new CheckpointMirror(new DyingObjects(objects, new AtomicInteger(survived)));
            StoredCheckpoint next = checkpoint(30, full);

            assertThatThrownBy(() -> dying.keep(next)).hasMessage("the power is gone");
            assertThat(newest(objects)).isEqualTo(20);

            mirror.keep(next);
            assertThat(newest(objects)).isEqualTo(30);
        }
    }

    @Test
    void aCheckpointThatSaysNoMoreIsNotWrittenAgain() throws IOException {
        MemoryObjects objects = new MemoryObjects();
        new CheckpointMirror(objects).keep(checkpoint(10, false));
        CheckpointMirror dead = new CheckpointMirror(new DyingObjects(objects, new AtomicInteger()));
        assertThatCode(() -> dead.keep(checkpoint(10, false))).doesNotThrowAnyException();
        assertThatCode(() -> dead.keep(checkpoint(0, false))).doesNotThrowAnyException();
        assertThat(newest(objects)).isEqualTo(10);
    }
}
