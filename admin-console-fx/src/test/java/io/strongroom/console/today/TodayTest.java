package io.strongroom.console.today;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.ApplianceStatus;
import io.strongroom.api.SignInRequest;
import io.strongroom.api.json.Json;
import io.strongroom.api.telemetry.Incident;
import io.strongroom.console.Window;
import io.strongroom.console.connection.Appliance;
import io.strongroom.console.connection.Connection;
import io.strongroom.console.desk.Spot;
import io.strongroom.console.real.RealAppliance;
import io.strongroom.console.real.RealOfficer;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Loaded;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
class TodayTest {
    @TempDir
    Path home;

    private Window window;
    private TodayScreen today;

    @Start
    private void start(Stage stage) {
        window = new Window(
                stage,
                desk -> {
                    today = new TodayScreen(desk);
                    return List.of(today);
                },
                null,
                Locale.ENGLISH,
                home);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private static ApplianceStatus well() {
        return new ApplianceStatus(
                true,
                Map.of(),
                "postgresql",
                true,
                new ApplianceStatus.LedgerState(5_204_118, 5_204_102, "2026-11-21T09:14:07Z", true, null, 0, 0),
                new ApplianceStatus.ReadModel(5_204_118, 0, 0, false, false),
                new ApplianceStatus.ReadModel(5_203_000, 1_118, 1_400, false, false),
                new ApplianceStatus.ProcessState(1, "2026-11-02T06:00:00Z", 1_647_247, 300_000_000));
    }

    private void found(FxRobot robot, Needs.Found given) {
        robot.interact(() -> {
            window.connection.enter(Window.ann());
            today.model().put(given);
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    @Test
    void whatIsMostUrgentStandsFirstAndTheRestIsCounted(FxRobot robot) {
        found(
                robot,
                new Needs.Found(
                        List.of(
                                new Need(
                                        Need.Urgency.NOW,
                                        Need.Kind.INCIDENT,
                                        "S1: its key was copied, till-17",
                                        "Since 2026-11-21 08:31:10",
                                        new Spot("incidents", "i1")),
                                new Need(
                                        Need.Urgency.SOON,
                                        Need.Kind.APPROVAL,
                                        "Approve or reject: Hide actors’ e-mail addresses from readers",
                                        "By ben@example.com, proposals/mask-email",
                                        new Spot("review", "proposals/mask-email")),
                                new Need(
                                        Need.Urgency.TO_KNOW,
                                        Need.Kind.APPLIANCE,
                                        "The records are in a database for trying out",
                                        "It is not for what nobody wants to lose.",
                                        Spot.of("system"))),
                        List.of("devices"),
                        well()));
        assertThat(today.count().getValue().intValue()).isEqualTo(2);
        assertThat(Window.shows(robot, "Your roles do not let you see: devices"))
                .isTrue();
        window.pictures(robot, "today");
    }

    @Test
    void theGapsOfADeviceAreToldApart() {
        Incident gap = Incident.fromJson(Json.parseObject("""
                {"id":"i1","device":"dev-abcdef0","rule":"gap","severity":"S2","state":"open","subject":"audit.login",
                 "detail":{},"openedAt":"2026-11-21T08:00:00Z","lastAt":"2026-11-21T09:30:00Z","count":1,"records":[120]}
                """.getBytes(StandardCharsets.UTF_8)));
        assertThat(Needs.wrong(gap, Texts.in(Locale.ENGLISH))).isEqualTo("Gap in what it sent (audit.login)");
    }

    @Test
    void aCalmDaySaysSo(FxRobot robot) {
        found(robot, new Needs.Found(List.of(), List.of(), well()));
        assertThat(Window.shows(robot, "Nothing needs you now")).isTrue();
        window.pictures(robot, "today-calm");
    }

    @Test
    void aRealApplianceIsAskedAndWhatARoleMayNotSeeIsNamed(FxRobot robot) throws Exception {
        RealAppliance appliance = RealAppliance.shared();
        RealOfficer ann = RealAppliance.ann();
        Connection.Who who = window.connection.signIn(
                new Appliance(appliance.address(), appliance.fingerprint()),
                new SignInRequest(ann.id(), RealOfficer.PASSWORD, ann.code()));
        robot.interact(() -> window.connection.enter(who));
        WaitForAsyncUtils.waitFor(
                30, TimeUnit.SECONDS, () -> today.model().found().getValue() instanceof Loaded.Here);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(Window.shows(robot, "The records are in a database for trying out"))
                .isTrue();
        window.pictures(robot, "today-real");
    }
}
