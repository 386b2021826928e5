package io.strongroom.console.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DraftTextTest {
    private final DraftText text = new DraftText();
    private final Map<String, String> disk = new ConcurrentHashMap<>();

    @Test
    void whatWasTypedIsHereAndThenOnDisk() {
        text.take(Map.of("a.yaml", "read", "b.yaml", "read"));
        text.typed("a.yaml", "typed");

        assertThat(text.of("a.yaml")).isEqualTo("typed");
        assertThat(text.isUnwritten()).isTrue();
        text.write(disk::put);

        assertThat(disk).containsExactly(Map.entry("a.yaml", "typed"));
        assertThat(text.isUnwritten()).isFalse();
        assertThat(text.of("b.yaml")).isEqualTo("read");
        assertThat(text.of("c.yaml")).isNull();
    }

    @Test
    void whatIsReadDoesNotTakeThePlaceOfWhatWasTypedSince() {
        text.typed("a.yaml", "typed");

        text.take(Map.of("a.yaml", "read before"));

        assertThat(text.of("a.yaml")).isEqualTo("typed");
    }

    @Test
    void whatWasNotWrittenWaitsForTheNextWriter() {
        text.typed("a.yaml", "typed");
        try {
            text.write((path, content) -> {
                throw new IllegalStateException("no disk");
            });
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("no disk");
        }

        text.write(disk::put);

        assertThat(disk).containsEntry("a.yaml", "typed");
    }

    /** A slow writer, such as a check that was overtaken, has the older text in hand while the newer one is typed. */
    @Test
    void anOlderTextIsNeverWrittenOverANewerOne() throws InterruptedException {
        CountDownLatch inHand = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        text.typed("a.yaml", "old");
        Thread slow = Thread.ofPlatform()
                .start(() -> text.write((path, content) -> {
                    inHand.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    disk.put(path, content);
                }));
        inHand.await();
        text.typed("a.yaml", "new");
        Thread fast = Thread.ofPlatform().start(() -> text.write(disk::put));
        await().until(() -> fast.getState() == Thread.State.BLOCKED || fast.getState() == Thread.State.TERMINATED);

        goOn.countDown();
        slow.join();
        fast.join();

        assertThat(disk).containsEntry("a.yaml", "new");
        assertThat(text.isUnwritten()).isFalse();
    }
}
