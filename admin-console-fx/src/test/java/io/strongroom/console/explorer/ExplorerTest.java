package io.strongroom.console.explorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.Selection;
import io.strongroom.console.Mouse;
import io.strongroom.console.Window;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Group;
import io.strongroom.console.desk.Screen;
import io.strongroom.console.rehearsal.Pauses;
import io.strongroom.console.work.GrowingList;
import io.strongroom.console.work.Loaded;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javafx.scene.Parent;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // what the stage starts with
class ExplorerTest {
    @TempDir
    Path home;

    private final List<String> packs = new ArrayList<>();
    private Window window;
    private ExplorerScreen explorer;
    private FakeArchive archive = new FakeArchive(5_000_000, 200);
    private Stage stage;

    /** Where packs would be. */
    private final class Packs implements Screen {
        @Override
        public String id() {
            return "packs";
        }

        @Override
        public Group group() {
            return Group.FLEET;
        }

        @Override
        public Ikon icon() {
            return Material2OutlinedAL.ARCHIVE;
        }

        @Override
        public Parent view() {
            return new StackPane();
        }

        @Override
        public void shown(String what) {
            packs.add(what);
        }
    }

    @Start
    private void start(Stage given) {
        stage = given;
    }

    @AfterEach
    void close() {
        window.close();
    }

    private void open(FxRobot robot, Locale locale) {
        robot.interact(() -> {
            window = new Window(stage, this::screens, null, locale, home);
            window.connection.enter(Window.ann());
        });
        found(robot);
    }

    private List<Screen> screens(Desk desk) {
        explorer = new ExplorerScreen(desk, archive);
        return List.of(explorer, new Packs());
    }

    private void found(FxRobot robot) {
        await().until(() -> {
            WaitForAsyncUtils.waitForFxEvents();
            return !(explorer.model().found().get() instanceof Loaded.Loading<Found>);
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    private void ask(FxRobot robot, String text) {
        robot.press(KeyCode.CONTROL).type(KeyCode.F).release(KeyCode.CONTROL);
        robot.interact(() -> explorer.model().text().set(text));
        robot.type(KeyCode.ENTER);
        found(robot);
    }

    @SuppressWarnings("unchecked")
    private TableView<RecordRow> table(FxRobot robot) {
        return robot.lookup("#explorer-records").queryAs(TableView.class);
    }

    private RecordRow chosen() {
        return Objects.requireNonNull(explorer.model().chosen().get());
    }

    @Test
    void aMaskIsMarkedAsSuchWhereThereIsLittleRoomToo(FxRobot robot) {
        archive = new FakeArchive(100, 200);
        open(robot, Locale.ENGLISH);
        robot.interact(() -> table(robot).getColumns().stream()
                .filter(column -> "actor".equals(column.getId()))
                .forEach(column -> {
                    column.setMinWidth(70);
                    column.setMaxWidth(70);
                }));
        WaitForAsyncUtils.waitForFxEvents();
        List<String> drawn = robot.lookup(".table-cell").queryAllAs(TableCell.class).stream()
                .map(cell -> (TableCell<?, ?>) cell)
                .filter(cell -> "…ckup (masked)".equals(cell.getText()))
                .flatMap(cell -> cell.getChildrenUnmodifiable().stream())
                .filter(Text.class::isInstance)
                .map(text -> ((Text) text).getText())
                .toList();
        assertThat(drawn).isNotEmpty().allMatch(text -> text.endsWith("d)") && !text.equals("…ckup (masked)"));
    }

    @Test
    void aQuestionItsChipsAndARecordWithItsProof(FxRobot robot) {
        archive = new FakeArchive(100, 200);
        open(robot, Locale.ENGLISH);
        assertThat(table(robot).getItems()).hasSize(100);
        ask(robot, "outcome:failure label.env:prod -actor:svc-backup \"ward north\"");
        assertThat(archive.asked.getLast())
                .isEqualTo(Question.parse("outcome:failure label.env:prod -actor:svc-backup \"ward north\""));
        robot.interact(() -> table(robot).getSelectionModel().clearAndSelect(0));
        window.pictures(robot, "explorer-record");
        robot.interact(() -> explorer.model().remove(Filter.of("outcome", "failure")));
        assertThat(explorer.model().text().get()).isEqualTo("label.env:prod -actor:svc-backup \"ward north\"");
        found(robot);
        robot.interact(() -> table(robot).getSelectionModel().clearAndSelect(1));
        robot.press(KeyCode.CONTROL).type(KeyCode.P).release(KeyCode.CONTROL);
        await().until(() -> Window.shows(robot, "Proven on this machine"));
        window.pictures(robot, "explorer-proof");
        archive.log.change((int) chosen().seq());
        robot.interact(() -> explorer.model().proof().again());
        await().until(() -> Window.shows(robot, "The proof does not hold"));
    }

    @Test
    void whatTheApplianceDoesNotTakeIsSaidAtItsChip(FxRobot robot) {
        open(robot, Locale.GERMAN);
        ask(robot, "actor:ann colour:red");
        assertThat(Window.shows(robot, ".chip.refused")).isTrue();
        window.pictures(robot, "explorer-refused");
        ask(robot, "actor:\"ann");
        assertThat(Window.shows(robot, "Ein Anführungszeichen wird nicht geschlossen."))
                .isTrue();
        ask(robot, "stream:audit.desk -source:clinic-lab");
        robot.interact(() -> table(robot).requestFocus());
        robot.press(KeyCode.SHIFT).type(KeyCode.F10).release(KeyCode.SHIFT);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(Window.shows(robot, "Beweis zeigen")).isTrue();
        robot.type(KeyCode.ESCAPE);
    }

    @Test
    void aRightClickOnAValueAsksForItOrLeavesItOut(FxRobot robot) {
        archive = new FakeArchive(100, 200);
        open(robot, Locale.ENGLISH);
        Mouse mouse = new Mouse(robot);
        RecordRow pointed = table(robot).getItems().get(3);
        String only = "action:" + pointed.values().get("action");
        String without = " -actor:" + pointed.values().get("actor");

        mouse.rightClick(table(robot), 3, "action");
        assertThat(mouse.items())
                .startsWith("Only action " + pointed.values().get("action"))
                .as("of what is pointed at alone")
                .noneMatch(item -> item.contains("actor"));
        mouse.choose("Only action ");
        asked(robot, only);
        mouse.rightClick(table(robot), 3, "actor");
        mouse.choose("Without actor ");
        asked(robot, only + without);
        assertThat(chosen())
                .as("the newest of what is found")
                .isEqualTo(table(robot).getItems().getFirst());
    }

    /** Waits until this is asked for, and its answer shown. */
    private void asked(FxRobot robot, String text) {
        assertThat(explorer.model().text().get()).isEqualTo(text);
        await().untilAsserted(() -> assertThat(archive.asked.getLast()).isEqualTo(Question.parse(text)));
        found(robot);
    }

    @Test
    void aPackHoldsWhatIsShownAndNothingLater(FxRobot robot) {
        open(robot, Locale.ENGLISH);
        robot.press(KeyCode.CONTROL).type(KeyCode.B).release(KeyCode.CONTROL);
        assertThat(window.desk.kept().get("basket")).contains(chosen().id());
        robot.press(KeyCode.CONTROL).type(KeyCode.E).release(KeyCode.CONTROL);
        WaitForAsyncUtils.waitForFxEvents();
        robot.write("audit 7").type(KeyCode.ENTER);
        await().until(() -> packs.equals(List.of("x1")));
        assertThat(archive.exports).singleElement().satisfies(request -> {
            assertThat(request.purpose()).isEqualTo("audit 7");
            assertThat(request.selection()).isEqualTo(Selected.of(Question.ALL, 4_999_999));
            assertThat(request.selection()).isNotEqualTo(Selection.ALL);
        });
    }

    /** Half a million records, scrolled to the end and back up a way. */
    @Test
    void aLongListScrollsToItsEndWithoutAPause(FxRobot robot) throws InterruptedException {
        int all = 500_000;
        archive = new FakeArchive(all, 5_000);
        open(robot, Locale.ENGLISH);
        TableView<RecordRow> table = table(robot);
        GrowingList<RecordRow> rows =
                Objects.requireNonNull(explorer.model().found().get().value()).rows();
        try (Pauses pauses = Pauses.ofJavaFx("500,000 records")) {
            while (rows.end().get() != GrowingList.End.CLOSED) {
                long skipped = rows.skipped();
                int size = rows.size();
                robot.interact(() -> table.scrollTo(rows.size() - 1));
                await().pollInterval(Duration.ofMillis(2))
                        .until(() -> rows.skipped() != skipped || rows.size() != size);
                // Between two turns of the UI thread: within one there may be a page too many.
                robot.interact(() -> assertThat(rows.size()).isLessThanOrEqualTo(Found.MOST));
            }
            assertThat(table.getItems().getLast().seq()).isZero();
            assertThat(robot.lookup("#explorer-loaded").queryLabeled().getText())
                    .isEqualTo("Number 480,001 to 500,000, the last of all");
            robot.interact(() -> table.scrollTo(rows.size() - 1));
            long last = rows.skipped();
            RecordRow first = rows.getFirst();
            robot.interact(() -> table.scrollTo(0));
            await().until(() -> rows.skipped() < last);
            WaitForAsyncUtils.waitForFxEvents();
            assertThat(shownFirst(table))
                    .as("what one looks at stays where it is")
                    .isEqualTo(first);
            assertThat(pauses.tooLong())
                    .filteredOn(pause -> pause.worked() > Pauses.TOO_LONG_MILLIS)
                    .isEmpty();
        }
        assertThat(Objects.requireNonNull(explorer.model().found().get().value())
                        .lastSeq())
                .isEqualTo(all - 1);
    }

    private static RecordRow shownFirst(TableView<RecordRow> table) {
        VirtualFlow<?> flow = (VirtualFlow<?>) table.lookup(".virtual-flow");
        return (RecordRow) flow.getFirstVisibleCell().getItem();
    }
}
