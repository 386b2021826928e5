package io.strongroom.console.look;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javafx.animation.AnimationTimer;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // what the stage starts with
class OneByOneTest {
    /** How many were made when each frame began. */
    private final List<Integer> frames = new CopyOnWriteArrayList<>();

    private final VBox place = new VBox();
    private final OneByOne filled = new OneByOne(place.getChildren());
    private int made;
    private AnimationTimer watch;

    @Start
    private void start(Stage stage) {
        stage.setScene(new Scene(place, 200, 400));
        stage.show();
        watch = new AnimationTimer() {
            @Override
            public void handle(long now) {
                frames.add(made);
            }
        };
        watch.start();
    }

    private List<Supplier<Node>> labels(String of, int count) {
        return IntStream.range(0, count)
                .<Supplier<Node>>mapToObj(i -> () -> {
                    made++;
                    return new Label(of + i);
                })
                .toList();
    }

    private List<String> shown() {
        return place.getChildren().stream()
                .map(node -> ((Label) node).getText())
                .toList();
    }

    private void waitFor(FxRobot robot, String... texts) {
        await().until(() -> {
            boolean[] there = new boolean[1];
            robot.interact(() -> there[0] = shown().equals(List.of(texts)));
            return there[0];
        });
    }

    @Test
    void noFrameMakesTwo(FxRobot robot) {
        robot.interact(() -> filled.fill(labels("a", 6)));
        waitFor(robot, "a0", "a1", "a2", "a3", "a4", "a5");
        robot.interact(watch::stop);
        assertThat(frames).contains(1, 2, 3, 4, 5);
        for (int frame = 1; frame < frames.size(); frame++) {
            assertThat(frames.get(frame) - frames.get(frame - 1)).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void whatComesLaterTakesThePlaceOfWhatWasThereAndOfWhatWasStillToCome(FxRobot robot) {
        robot.interact(() -> filled.fill(labels("a", 4)));
        waitFor(robot, "a0", "a1", "a2", "a3");
        robot.interact(() -> {
            filled.fill(labels("b", 5));
            filled.fill(labels("c", 2));
            assertThat(shown()).as("nothing goes before something comes").containsExactly("a0", "a1", "a2", "a3");
        });
        waitFor(robot, "c0", "c1");
        assertThat(made).isEqualTo(6);
        robot.interact(() -> filled.fill(List.of()));
        waitFor(robot);
    }

    @Test
    void whatIsClearedStaysClear(FxRobot robot) {
        robot.interact(() -> filled.fill(labels("a", 3)));
        waitFor(robot, "a0", "a1", "a2");
        robot.interact(() -> {
            filled.fill(labels("b", 3));
            filled.clear();
        });
        int before = frames.size();
        await().until(() -> frames.size() > before + 5);
        robot.interact(() -> assertThat(shown()).isEmpty());
    }
}
