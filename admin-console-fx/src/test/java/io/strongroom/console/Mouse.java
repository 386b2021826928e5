package io.strongroom.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javafx.application.Platform;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableView;
import javafx.scene.input.MouseButton;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** An officer who has a mouse: it goes where something is seen, and presses there. */
public final class Mouse {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final double INSIDE = 6;

    private final FxRobot robot;

    public Mouse(FxRobot robot) {
        this.robot = robot;
    }

    /** Presses the other button in the cell of a row, and waits until the menu of that row is open. */
    public void rightClick(TableView<?> table, int row, String column) {
        await().atMost(SOON).until(() -> cell(table, row, column).isPresent());
        robot.moveTo(cell(table, row, column).orElseThrow()).clickOn(MouseButton.SECONDARY);
        await().atMost(SOON).until(() -> !items().isEmpty());
        assertThat(table.getSelectionModel().getSelectedIndex()).isEqualTo(row);
    }

    /** Where a cell is seen on the screen. A table that is filled anew takes other cells, so nobody keeps one. */
    private static Optional<Point2D> cell(TableView<?> table, int row, String column) {
        CompletableFuture<Optional<Point2D>> found = new CompletableFuture<>();
        Platform.runLater(() -> found.complete(table.lookupAll(".table-cell").stream()
                .map(node -> (TableCell<?, ?>) node)
                .filter(cell -> cell.getIndex() == row
                        && !cell.isEmpty()
                        && column.equals(cell.getTableColumn().getId())
                        && Window.seen(cell))
                .map(cell -> cell.localToScreen(INSIDE, cell.getHeight() / 2))
                .findFirst()));
        return found.join();
    }

    /** What the menu that is open offers. */
    public List<String> items() {
        WaitForAsyncUtils.waitForFxEvents();
        return labels().stream().map(Labeled::getText).toList();
    }

    /** Presses on the item of the menu that begins so, and waits until the menu is gone. */
    public void choose(String words) {
        Node item = labels().stream()
                .filter(label -> label.getText().startsWith(words))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no item " + words + ", only " + items()));
        robot.clickOn(item);
        await().atMost(SOON).until(() -> items().isEmpty());
    }

    private List<Labeled> labels() {
        return robot.lookup(".context-menu .menu-item .label").<Labeled>queryAllAs(Labeled.class).stream()
                .filter(label -> Window.finds(() -> Window.seen(label)))
                .toList();
    }
}
