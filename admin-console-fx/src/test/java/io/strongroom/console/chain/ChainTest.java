package io.strongroom.console.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.QueryItem;
import io.strongroom.api.json.Json;
import io.strongroom.console.FakeLog;
import io.strongroom.console.Keyboard;
import io.strongroom.console.Window;
import io.strongroom.evidence.tile.TilePath;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // what the stage starts with
class ChainTest {
    private static final LocalDate FIRST = LocalDate.parse("2026-11-10");
    private static final int A_DAY = 100;

    @TempDir
    Path home;

    private final FakeLog fake = new FakeLog();
    private final List<QueryItem> seals = new ArrayList<>();
    private CountDownLatch gate = new CountDownLatch(0);
    private Window window;
    private ChainScreen chain;
    private Stage stage;

    private final PublishedLog log = new PublishedLog() {
        @Override
        public byte[] checkpoint() {
            return fake.checkpoint();
        }

        @Override
        public byte[] tile(TilePath path) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return fake.tile(path);
        }

        @Override
        public byte[] trustFile() {
            return fake.trustFile();
        }

        @Override
        public List<QueryItem> seals() {
            return seals;
        }
    };

    @Start
    private void start(Stage given) {
        stage = given;
        for (int day = 0; day < 12; day++) {
            if (day == 4) {
                continue;
            }
            long first = fake.size();
            long at = FIRST.plusDays(day)
                    .atStartOfDay()
                    .toInstant(java.time.ZoneOffset.UTC)
                    .toEpochMilli();
            if (day > 0) {
                seals.addFirst(seal(FIRST.plusDays(day == 5 ? 3 : day - 1), first));
            }
            fake.fill(A_DAY, at, 60_000);
        }
    }

    private QueryItem seal(LocalDate day, long seq) {
        Json.Obj attributes = Json.object()
                .put("chain", "acme:" + day)
                .put("firstSeq", seq - A_DAY)
                .put("lastSeq", seq - 1)
                .put("count", A_DAY)
                .put("firstAt", day + "T00:00:00.000Z")
                .put("lastAt", day + "T01:39:00.000Z")
                .put("root", fake.newest().root().toString())
                .putTexts("keys", List.of("1a2b3c4d"))
                .build();
        return new QueryItem(
                seq,
                "01JD00000000000000000000" + seq % 100,
                day.plusDays(1) + "T00:00:00.000Z",
                Json.object().put("attributes", attributes).build(),
                List.of(),
                Json.Obj.EMPTY);
    }

    @AfterEach
    void close() {
        gate.countDown();
        window.close();
    }

    private void open(FxRobot robot, Locale locale) {
        robot.interact(() -> {
            window = new Window(
                    stage,
                    desk -> {
                        chain = new ChainScreen(desk, log, InstantSource.fixed(Instant.parse("2026-11-21T10:00:00Z")));
                        return List.of(chain);
                    },
                    null,
                    locale,
                    home);
            window.connection.enter(Window.ann());
        });
        await().until(() -> Window.shows(robot, "#chain-verify"));
        WaitForAsyncUtils.waitForFxEvents();
    }

    private void verified(FxRobot robot) {
        robot.press(KeyCode.CONTROL).type(KeyCode.E).release(KeyCode.CONTROL);
        await().until(() -> chain.model().verifying().get() instanceof ChainViewModel.Verifying.Done);
        WaitForAsyncUtils.waitForFxEvents();
    }

    @Test
    void allOfItIsVerifiedHereAndRemembered(FxRobot robot) {
        open(robot, Locale.ENGLISH);
        assertThat(Window.shows(robot, "Not verified on this machine yet")).isTrue();
        assertThat(Objects.requireNonNull(chain.model().shown().get().value()).days())
                .extracting(Day::state)
                .contains(Day.State.EMPTY, Day.State.OPEN)
                .hasSize(12);
        window.pictures(robot, "chain-never");
        verified(robot);
        assertThat(Window.shows(robot, "The ledger holds: 1,100 entries")).isTrue();
        new Keyboard(window, robot).is("#chain-verify");
        window.pictures(robot, "chain-held");
        window.close();
        open(robot, Locale.GERMAN);
        assertThat(Window.shows(robot, "Auf diesem Rechner bis 1.100 Buchungen geprüft"))
                .isTrue();
    }

    @Test
    void theFirstBadEntryIsNamed(FxRobot robot) {
        fake.change(321);
        open(robot, Locale.ENGLISH);
        verified(robot);
        assertThat(Window.shows(robot, "The ledger does not hold at place 321")).isTrue();
        assertThat(chain.model().verifiedSize()).isZero();
        window.pictures(robot, "chain-broken");
    }

    @Test
    void oneCanStopIt(FxRobot robot) {
        gate = new CountDownLatch(1);
        open(robot, Locale.ENGLISH);
        robot.press(KeyCode.CONTROL).type(KeyCode.E).release(KeyCode.CONTROL);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(window.desk.tasks().running()).hasSize(1);
        robot.interact(() -> window.desk.tasks().running().getFirst().cancel());
        assertThat(chain.model().verifying().get()).isInstanceOf(ChainViewModel.Verifying.Idle.class);
        assertThat(Window.shows(robot, "Not verified on this machine yet")).isTrue();
    }
}
