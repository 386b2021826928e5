package io.strongroom.console.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;

@ExtendWith(ApplicationExtension.class)
class PausesTest {
    private static final long STUCK_NANOS = TimeUnit.MILLISECONDS.toNanos(800);

    private static void stuck() {
        long began = System.nanoTime();
        while (System.nanoTime() - began < STUCK_NANOS) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aPauseIsFoundWithWhatTheUiThreadDid(FxRobot robot) throws InterruptedException {
        try (Pauses pauses = Pauses.ofJavaFx("first")) {
            await().until(() -> pauses.waits().size() == 1);
            pauses.at("second");
            await().until(() -> pauses.waits().size() == 2);
            Hand.ui(PausesTest::stuck);
            await().until(() -> pauses.tooLong().stream().anyMatch(each -> each.millis() >= 700));
            Pauses.Pause found = pauses.tooLong().stream()
                    .filter(each -> each.millis() >= 700)
                    .findFirst()
                    .orElseThrow();
            assertThat(found.where()).isEqualTo("second");
            assertThat(found.worked()).isBetween(1L, found.millis() + 1);
            assertThat(found.collected()).isLessThanOrEqualTo(found.millis());
            assertThat(found.stack()).anyMatch(frame -> frame.contains("PausesTest.stuck"));
            List<Pauses.Wait> waits = pauses.waits();
            assertThat(waits).extracting(Pauses.Wait::where).containsExactly("first", "second");
            assertThat(waits.getLast().worst()).isGreaterThanOrEqualTo(700);
            assertThat(waits.getLast().worked()).isEqualTo(found.worked());
            assertThat(waits.getLast().p99())
                    .isLessThanOrEqualTo(waits.getLast().worst());
        }
    }
}
