package io.strongroom.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.console.desk.Kept;
import io.strongroom.console.look.Columns;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.Scene;
import javafx.scene.control.ComboBox;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // what the stage starts with
class ArrangementTest {
    @TempDir
    Path home;

    private Stage stage;

    @Start
    private void start(Stage made) {
        stage = made;
    }

    /** A screen as screens are: two panes, a table in one of them, and a filter. */
    private final class Room {
        private final TableView<String> table = new TableView<>();
        private final ComboBox<String> filter = new ComboBox<>();
        private final ComboBox<String> other = new ComboBox<>();
        private final SplitPane split = new SplitPane(new VBox(filter, other, table), new VBox());

        private Room(FxRobot robot, Arrangement arrangement) {
            robot.interact(() -> {
                table.setId("table");
                Columns.of(table)
                        .text("One", 100, each -> each)
                        .text("Two", 200, each -> each)
                        .text("Three", 100, each -> each);
                table.getItems().setAll("a", "b");
                filter.getItems().setAll("all", "silent");
                filter.setValue("all");
                filter.setUserData(Arrangement.KEPT);
                other.getItems().setAll("x", "y");
                other.setValue("x");
                split.setDividerPositions(0.5);
                arrangement.restore("room", split);
                stage.setScene(new Scene(split, 900, 600));
                stage.show();
            });
            WaitForAsyncUtils.waitForFxEvents();
        }
    }

    private static Arrangement arrangement(Kept kept) {
        return new Arrangement(kept);
    }

    @Test
    void whatWasArrangedIsSoTheNextDay(FxRobot robot) {
        Path file = home.resolve("console.properties");
        Kept kept = new Kept(file);
        Arrangement before = arrangement(kept);
        Room room = new Room(robot, before);
        robot.interact(() -> {
            TableColumn<String, ?> first = room.table.getColumns().getFirst();
            room.split.setDividerPositions(0.7);
            room.table.getColumns().remove(first);
            room.table.getColumns().add(first);
            first.setSortType(TableColumn.SortType.DESCENDING);
            room.table.getSortOrder().add(first);
            room.filter.setValue("silent");
            room.other.setValue("y");
        });
        WaitForAsyncUtils.waitForFxEvents();
        robot.interact(before::remember);
        kept.save();

        Room next = new Room(robot, arrangement(new Kept(file)));

        assertThat(next.split.getDividerPositions()[0]).isBetween(0.69, 0.71);
        assertThat(next.table.getColumns().stream().map(TableColumn::getText).toList())
                .containsExactly("Two", "Three", "One");
        assertThat(next.table.getItems()).containsExactly("b", "a");
        assertThat(next.filter.getValue()).isEqualTo("silent");
        assertThat(next.other.getValue())
                .as("what does not ask for it is not remembered")
                .isEqualTo("x");
    }

    @Test
    void whatIsNotUnderstoodIsLeftAsItComes(FxRobot robot) {
        for (String wrong : List.of("", "nonsense", "0 1|5 5|", "0 0 0|9 9 9|7", "0 1 9|1 1 1|", "a b c|d e f|g")) {
            Kept kept = new Kept(home.resolve("other.properties"));
            kept.put("arranged.room.table", wrong);
            kept.put("arranged.room.SplitPane", "0.1 0.2");
            kept.put("arranged.room.ComboBox", "gone");

            Room room = new Room(robot, arrangement(kept));

            assertThat(room.table.getColumns().stream()
                            .map(TableColumn::getText)
                            .toList())
                    .as(wrong)
                    .containsExactly("One", "Two", "Three");
            assertThat(room.split.getDividerPositions()[0]).isBetween(0.49, 0.51);
            assertThat(room.filter.getValue()).isEqualTo("all");
        }
    }

    @Test
    void columnsAreAsWideAgainWhenTheirTableIs(FxRobot robot) {
        Room room = new Room(robot, arrangement(new Kept(home.resolve("fresh.properties"))));
        List<Double> before =
                room.table.getColumns().stream().map(TableColumn::getWidth).toList();
        assertThat(before.get(1)).isBetween(before.get(0) * 1.9, before.get(0) * 2.1);
        for (double position : new double[] {0.95, 0.3, 0.9, 0.5}) {
            robot.interact(() -> room.split.setDividerPositions(position));
            WaitForAsyncUtils.waitForFxEvents();
        }
        assertThat(room.table.getColumns().stream().map(TableColumn::getWidth).toList())
                .isEqualTo(before);
    }
}
