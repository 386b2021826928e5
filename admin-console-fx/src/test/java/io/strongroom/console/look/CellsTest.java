package io.strongroom.console.look;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import javafx.scene.Scene;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableView;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
class CellsTest {
    @Start
    private void start(Stage stage) {
        TableView<String> table = new TableView<>();
        Columns.of(table).text("Text", 300, each -> each);
        table.getItems()
                .setAll(IntStream.range(0, 300)
                        .mapToObj(row -> "more than fits into a column, in row " + row)
                        .toList());
        stage.setScene(new Scene(table, 400, 300));
        stage.show();
    }

    private static List<TableCell<?, ?>> filled(FxRobot robot) {
        return robot.lookup(".table-cell").<TableCell<?, ?>>queryAll().stream()
                .filter(cell -> cell.getText() != null)
                .toList();
    }

    @Test
    void aColumnOfNumbersIsSortedByThem(FxRobot robot) {
        TableView<Integer> table = new TableView<>();
        Columns.of(table).number("Number", 300, each -> each == 0 ? null : each, each -> each + " s");
        robot.interact(() -> {
            table.getItems().setAll(100, 20, 0, 3);
            table.getSortOrder().add(table.getColumns().getFirst());
        });
        assertThat(table.getItems()).containsExactly(0, 3, 20, 100);
    }

    @Test
    void aTipIsMadeForTheCellThatThePointerIsOnAlone(FxRobot robot) {
        assertThat(filled(robot)).isNotEmpty().allMatch(cell -> cell.getTooltip() == null);
        TableCell<?, ?> cell = filled(robot).get(2);
        robot.moveTo(cell);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(cell.getTooltip().getText()).isEqualTo(cell.getText());
        assertThat(filled(robot)).filteredOn(each -> each.getTooltip() != null).containsExactly(cell);
    }
}
