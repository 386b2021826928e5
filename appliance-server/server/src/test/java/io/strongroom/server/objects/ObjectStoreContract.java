package io.strongroom.server.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.server.objects.ObjectStore.Protection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every object store promises. */
interface ObjectStoreContract {

    /** The store under test, the same for the whole of one test. */
    ObjectStore store() throws IOException;

    /** A name that no other test uses. */
    String fresh(String name);

    @Test
    default void givesBackWhatWasPut() throws IOException {
        String name = fresh("log/tile/0/x001/234");
        byte[] content = random(8192, 1);

        store().put(name, content, Protection.NONE);

        assertThat(read(name, 0)).isEqualTo(content);
        assertThat(store().length(name)).contains(8192L);
    }

    @Test
    default void keepsAnEmptyObject() throws IOException {
        String name = fresh("empty");

        store().put(name, new byte[0], Protection.NONE);

        assertThat(read(name, 0)).isEmpty();
        assertThat(store().length(name)).contains(0L);
    }

    @Test
    default void readsFromAnOffset() throws IOException {
        String name = fresh("spool/a");
        store().put(name, "0123456789".getBytes(UTF_8), Protection.NONE);

        assertThat(read(name, 4)).asString(UTF_8).isEqualTo("456789");
        assertThat(read(name, 9)).asString(UTF_8).isEqualTo("9");
        assertThat(read(name, 10)).isEmpty();
        assertThat(read(name, 11)).isEmpty();
    }

    @Test
    default void knowsNothingOfAnObjectThatWasNeverPut() throws IOException {
        assertThat(store().get(fresh("none"), 0)).isEmpty();
        assertThat(store().length(fresh("none"))).isEmpty();
    }

    @Test
    default void takesTheSameBytesAgainWithoutAWord() throws IOException {
        String name = fresh("twice");
        byte[] content = random(100_000, 2);

        store().put(name, content, Protection.NONE);
        store().put(name, content, Protection.NONE);
        store().put(name, new ByteArrayInputStream(content), content.length, Protection.NONE);

        assertThat(read(name, 0)).isEqualTo(content);
    }

    @Test
    default void neverOverwrites() throws IOException {
        String name = fresh("once");
        byte[] content = random(1000, 3);
        byte[] sameLength = random(1000, 4);
        store().put(name, content, Protection.NONE);

        assertThatThrownBy(() -> store().put(name, sameLength, Protection.NONE))
                .isInstanceOf(ObjectExistsException.class)
                .hasMessageContaining(name);
        assertThatThrownBy(() -> store().put(name, random(999, 3), Protection.NONE))
                .isInstanceOf(ObjectExistsException.class);
        assertThatThrownBy(() ->
                        store().put(name, new ByteArrayInputStream(sameLength), sameLength.length, Protection.NONE))
                .isInstanceOf(ObjectExistsException.class);

        assertThat(read(name, 0)).isEqualTo(content);
    }

    @Test
    default void takesAnObjectLargerThanOnePart() throws IOException {
        String name = fresh("spool/large");
        int length = 13 * 1024 * 1024 + 17;
        byte[] content = random(length, 5);

        store().put(name, new ByteArrayInputStream(content), length, Protection.NONE);

        assertThat(store().length(name)).contains((long) length);
        assertThat(read(name, 0)).isEqualTo(content);
        assertThat(read(name, length - 5)).hasSize(5);
    }

    @Test
    default void storesNothingOfAStreamThatEndsTooEarly() throws IOException {
        String name = fresh("short");

        assertThatThrownBy(() -> store().put(name, new ByteArrayInputStream(new byte[10]), 11, Protection.NONE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(name);

        assertThat(store().get(name, 0)).isEmpty();
    }

    @Test
    default void storesNothingOfAStreamThatFails() throws IOException {
        String name = fresh("broken");
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the source broke");
            }
        };

        assertThatThrownBy(() -> store().put(name, broken, 100, Protection.NONE))
                .isInstanceOf(IOException.class);

        assertThat(store().get(name, 0)).isEmpty();
    }

    @Test
    default void deletesAndForgivesDeletingTwice() throws IOException {
        String name = fresh("spool/gone");
        store().put(name, new byte[] {1}, Protection.NONE);

        store().delete(name);
        store().delete(name);

        assertThat(store().length(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "a//b",
                "/a",
                "a/",
                "..",
                "a/../b",
                "a/..",
                ".",
                "a/./b",
                ".aside/x",
                "A",
                "a b",
                "a\\b",
                "~",
                "a\u0000b",
                "a\nb",
                "é",
                "a/.hidden"
            })
    default void refusesNamesThatCouldClimbOrCollide(String name) {
        assertThatThrownBy(() -> store().put(name, new byte[1], Protection.NONE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not an object's name");
        assertThatThrownBy(() -> store().get(name, 0)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> store().length(name)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> store().delete(name)).isInstanceOf(IOException.class);
    }

    @Test
    default void letsExactlyOneOfManyRacingContentsWin() throws Exception {
        String name = fresh("race");
        List<byte[]> contents =
                IntStream.range(0, 8).mapToObj(i -> random(2000, 100 + i)).toList();
        List<Callable<Boolean>> puts = contents.stream()
                .map(content -> (Callable<Boolean>) () -> {
                    try {
                        store().put(name, content, Protection.NONE);
                        return true;
                    } catch (ObjectExistsException e) {
                        return false;
                    }
                })
                .toList();

        int winners = 0;
        int winner = -1;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> outcomes = threads.invokeAll(puts);
            for (int i = 0; i < outcomes.size(); i++) {
                if (outcomes.get(i).get()) {
                    winners++;
                    winner = i;
                }
            }
        }

        assertThat(winners).isEqualTo(1);
        assertThat(read(name, 0)).isEqualTo(contents.get(winner));
    }

    private byte[] read(String name, long offset) throws IOException {
        try (InputStream in = store().get(name, offset).orElseThrow()) {
            return in.readAllBytes();
        }
    }

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
