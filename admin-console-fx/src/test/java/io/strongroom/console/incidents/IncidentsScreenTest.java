package io.strongroom.console.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.json.Json;
import io.strongroom.api.telemetry.Incident;
import io.strongroom.console.Keyboard;
import io.strongroom.console.Window;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.input.Clipboard;
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
class IncidentsScreenTest {
    @TempDir
    Path home;

    private Window window;
    private IncidentsScreen screen;

    @Start
    private void start(Stage stage) {
        window = new Window(
                stage,
                desk -> {
                    screen = new IncidentsScreen(desk);
                    return List.of(screen);
                },
                null,
                Locale.ENGLISH,
                home);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private static Incident incident(String id, String rule, String severity, String state, String more) {
        return Incident.fromJson(
                Json.parseObject(("""
                {"id":"%s","device":"dev-abcdef0","rule":"%s","severity":"%s","state":"%s","subject":"/var",
                 "detail":{"utilization":0.94,"fullInHours":7},"openedAt":"2026-11-21T08:00:00Z",
                 "lastAt":"2026-11-21T09:30:00Z","count":31,"records":[120,412],"recorded":121%s}""".formatted(id, rule, severity, state, more)).getBytes(StandardCharsets.UTF_8)));
    }

    private static final Incident CLOSED = incident(
            "inc-1",
            "disk-filling",
            "S1",
            "closed",
            ",\"clearedAt\":\"2026-11-21T10:00:00Z\",\"acknowledged\":{\"by\":\"ann@example.com\",\"at\":\"2026-11-21T08:10:00Z\"},"
                    + "\"closed\":{\"by\":\"ann@example.com\",\"at\":\"2026-11-21T10:05:00Z\",\"because\":\"fixed\"}");

    @Test
    void theCourseOfAnIncidentIsToldInTheOrderOfTime() {
        assertThat(Event.of(CLOSED))
                .extracting(Event::kind)
                .containsExactly(
                        Event.Kind.OPENED,
                        Event.Kind.ACKNOWLEDGED,
                        Event.Kind.KEPT_UP,
                        Event.Kind.CLEARED,
                        Event.Kind.CLOSED);
        assertThat(Event.of(CLOSED).getFirst().seq()).isEqualTo(120);
        assertThat(Event.of(CLOSED).getLast().because()).isEqualTo("fixed");
    }

    @Test
    void anOpenIncidentCanBeAcknowledgedAndAClosedOneOnlyRead(FxRobot robot) {
        Incident open = incident("inc-2", "disk-filling", "S1", "open", "");
        robot.interact(() -> window.connection.enter(Window.ann()));
        fill(robot, open);
        assertThat(Window.shows(robot, "Acknowledge")).isTrue();
        window.pictures(robot, "incidents");
        fill(robot, CLOSED);
        assertThat(Window.shows(robot, "Acknowledge")).isFalse();
        assertThat(Window.shows(robot, "Closed by ann@example.com: fixed")).isTrue();
        window.pictures(robot, "incidents-closed");
    }

    @Test
    void aFactIsCopiedByKeysAndKeepsTheKeyboardWhenItIsToldAnew(FxRobot robot) {
        Incident open = incident("inc-2", "disk-filling", "S1", "open", "");
        robot.interact(() -> window.connection.enter(Window.ann()));
        fill(robot, open);
        Keyboard keyboard = new Keyboard(window, robot);
        keyboard.tab("Till 1");
        keyboard.press(KeyCode.DOWN);
        keyboard.is("dev-abcdef0");
        keyboard.press(KeyCode.CONTROL, KeyCode.C);
        assertThat(copied(robot)).isEqualTo("dev-abcdef0");
        window.pictures(robot, "incidents-copying");
        Node before = keyboard.at();
        fill(robot, CLOSED);
        keyboard.is("dev-abcdef0");
        assertThat(keyboard.at()).isNotSameAs(before);
    }

    private static String copied(FxRobot robot) {
        String[] found = new String[1];
        robot.interact(() -> found[0] = Clipboard.getSystemClipboard().getString());
        return found[0];
    }

    @Test
    void whatItsButtonsDoIsInThePaletteToo(FxRobot robot) {
        Incident open = incident("inc-2", "disk-filling", "S1", "open", "");
        robot.interact(() -> window.connection.enter(Window.ann()));
        fill(robot, open);
        new Keyboard(window, robot).palette("close");
        assertThat(Window.shows(robot, "#act")).isTrue();
    }

    private void fill(FxRobot robot, Incident shown) {
        robot.interact(() -> {
            IncidentsViewModel model = screen.model();
            model.chosen().set(shown.id());
            model.found()
                    .put(new IncidentsViewModel.Found(
                            List.of(
                                    shown,
                                    incident("inc-3", "heartbeat-missed", "S2", "acknowledged", ""),
                                    incident("inc-4", "crash-rate", "S3", "closed", "")),
                            false,
                            Map.of("dev-abcdef0", "Till 1")));
            model.incident().put(shown);
        });
        WaitForAsyncUtils.waitForFxEvents();
    }
}
