package io.strongroom.server.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.strongroom.server.objects.ObjectStore.Protection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FolderObjectStoreTest implements ObjectStoreContract {
    private static final byte[] CONTENT = "the whole object".getBytes(UTF_8);

    private final Path folder;
    private final ObjectStore store;

    FolderObjectStoreTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.store = new FolderObjectStore(folder);
    }

    @Override
    public ObjectStore store() {
        return store;
    }

    private ObjectStore restarted() throws IOException {
        return new FolderObjectStore(folder);
    }

    @Override
    public String fresh(String name) {
        return name;
    }

    @Test
    void objectsAreReadOnlyAndOnlyLockedOnesAreReadableForAll() throws IOException {
        store().put("log/tile/0/000", CONTENT, Protection.LOCKED);
        store().put("spool/a", CONTENT, Protection.NONE);

        assertThat(mode("log/tile/0/000")).isEqualTo("r--r--r--");
        assertThat(mode("spool/a")).isEqualTo("r--------");
    }

    @Test
    void aLockedObjectIsNotDeleted() throws IOException {
        store().put("log/tile/0/000", CONTENT, Protection.LOCKED);

        assertThatThrownBy(() -> store().delete("log/tile/0/000"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("locked");

        assertThat(store().length("log/tile/0/000")).contains((long) CONTENT.length);
    }

    @Test
    void aFolderOnTheWayToAnObjectIsNoObject() throws IOException {
        store().put("log/tile/0/000", CONTENT, Protection.NONE);

        assertThat(store().get("log/tile", 0)).isEmpty();
        assertThat(store().length("log/tile")).isEmpty();
    }

    @Test
    void nothingIsLeftAsideAfterAPut() throws IOException {
        store.put("a", CONTENT, Protection.NONE);
        store.put("a", CONTENT, Protection.NONE);

        assertThat(aside()).isEmpty();
    }

    /** The steps of a put, in order. */
    enum Step {
        CREATE,
        WRITE,
        PERMIT,
        FORCE,
        MAKE_FOLDER,
        LINK,
        FORCE_FOLDER
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void aFailingStepIsToldAndLeavesNoHalfObject(Step step) throws IOException {
        ObjectStore failing = new FolderObjectStore(folder, new FailingDisk(step));

        assertThatThrownBy(() -> failing.put("log/tile/0/000", CONTENT, Protection.LOCKED))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("log/tile/0/000")
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("check the disk");

        assertThat(aside()).isEmpty();
        assertWholeOrAbsent(failing);
        store().put("log/tile/0/000", CONTENT, Protection.LOCKED);
        assertThat(store().length("log/tile/0/000")).contains((long) CONTENT.length);
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void aPutThatStopsDeadAtAnyStepLeavesNoHalfObject(Step step) throws IOException {
        ObjectStore dying = new FolderObjectStore(folder, new DyingDisk(step));

        assertThatThrownBy(() -> dying.put("log/tile/0/000", CONTENT, Protection.LOCKED))
                .isInstanceOf(Killed.class);

        ObjectStore restarted = restarted();
        assertThat(aside()).isEmpty();
        assertWholeOrAbsent(restarted);
        restarted.put("log/tile/0/000", CONTENT, Protection.LOCKED);
        assertThat(restarted.length("log/tile/0/000")).contains((long) CONTENT.length);
    }

    @Test
    void aProcessKilledWhilePuttingLeavesOnlyWholeObjects() throws Exception {
        Path told = Files.createTempFile("told", ".txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PutForEver.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(told.toFile())
                .start();
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.readAllLines(told).size() >= 20);
        } finally {
            // SIGKILL, most likely in the middle of a put.
            process.destroyForcibly();
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        // One line for each object that the child was told is durable.
        int acknowledged = Files.readAllLines(told).size();
        Files.delete(told);

        ObjectStore restarted = restarted();
        assertThat(acknowledged).isGreaterThanOrEqualTo(20);
        for (int i = 0; i < acknowledged; i++) {
            assertThat(restarted.length("spool/" + i)).contains((long) PutForEver.LENGTH);
        }
        try (Stream<Path> files = Files.list(folder.resolve("spool"))) {
            assertThat(files).allSatisfy(file -> assertThat(Files.size(file)).isEqualTo(PutForEver.LENGTH));
        }
    }

    /** Puts objects until it is killed, telling of each. */
    static final class PutForEver {
        static final int LENGTH = 3_000_000;

        private PutForEver() {}

        public static void main(String[] arguments) throws IOException {
            ObjectStore store = new FolderObjectStore(Path.of(arguments[0]));
            for (int i = 0; ; i++) {
                store.put("spool/" + i, new byte[LENGTH], Protection.NONE);
                System.out.println(i);
            }
        }
    }

    private void assertWholeOrAbsent(ObjectStore store) throws IOException {
        var stored = store.get("log/tile/0/000", 0);
        if (stored.isPresent()) {
            try (InputStream in = stored.get()) {
                assertThat(in.readAllBytes()).isEqualTo(CONTENT);
            }
        }
    }

    private List<Path> aside() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(".aside"))) {
            return files.toList();
        }
    }

    private String mode(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }

    /** A disk that is full, once, at one step. */
    private static class FailingDisk extends Disk {
        private final Step step;
        private boolean failed;

        FailingDisk(Step step) {
            this.step = step;
        }

        void at(Step now) throws IOException {
            if (now == step && !failed) {
                failed = true;
                fail();
            }
        }

        void fail() throws IOException {
            throw new IOException("No space left on device");
        }

        @Override
        FileChannel create(Path file) throws IOException {
            at(Step.CREATE);
            return super.create(file);
        }

        @Override
        void write(FileChannel channel, ByteBuffer bytes) throws IOException {
            ByteBuffer half = bytes.duplicate().limit(bytes.limit() / 2);
            bytes.position(half.limit());
            super.write(channel, half);
            at(Step.WRITE);
            super.write(channel, bytes);
        }

        @Override
        void force(FileChannel channel) throws IOException {
            at(Step.FORCE);
            super.force(channel);
        }

        @Override
        void permit(Path file, Set<PosixFilePermission> permissions) throws IOException {
            at(Step.PERMIT);
            super.permit(file, permissions);
        }

        @Override
        void link(Path name, Path file) throws IOException {
            at(Step.LINK);
            super.link(name, file);
        }

        @Override
        void makeFolder(Path made) throws IOException {
            at(Step.MAKE_FOLDER);
            super.makeFolder(made);
        }

        @Override
        void forceFolder(Path forced) throws IOException {
            at(Step.FORCE_FOLDER);
            super.forceFolder(forced);
        }
    }

    /** The process ends here: no handler runs, nothing is cleaned up. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static final class DyingDisk extends FailingDisk {
        DyingDisk(Step step) {
            super(step);
        }

        @Override
        void fail() {
            throw new Killed();
        }
    }
}
