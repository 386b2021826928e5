package io.strongroom.console.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.console.Window;
import io.strongroom.console.rules.RulesFolder;
import io.strongroom.policies.bundle.Bundle;
import io.strongroom.policies.bundle.BundleLoader;
import io.strongroom.policies.bundle.OwnBundles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
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
class MaskingTest {
    private static final Bundle DEFAULT = BundleLoader.load(OwnBundles.files("default"));
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    Path home;

    private Window window;
    private MaskingScreen screen;

    @Start
    void start(Stage stage) {
        window = new Window(
                stage,
                desk -> {
                    screen = new MaskingScreen(desk, new RulesFolder(home));
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

    private static Sights sights(Sights.Use use, String purpose) {
        return Sights.of(DEFAULT, MaskingViewModel.example().bytes(), use, purpose, NOW);
    }

    private static Sights.Cell cell(Sights sights, String pointer, String role) {
        return Objects.requireNonNull(sights.rows().stream()
                .filter(row -> row.pointer().equals(pointer))
                .findFirst()
                .orElseThrow()
                .cells()
                .get(role));
    }

    @Test
    void eachRoleSeesWhatTheRulesSay() {
        Sights read = sights(Sights.Use.READ, "");

        assertThat(cell(read, "/action", "Audit.Reader").how()).isEqualTo(Sights.How.SHOWN);
        assertThat(cell(read, "/attributes/birthDate", "Audit.Reader"))
                .extracting(Sights.Cell::how, Sights.Cell::text)
                .containsExactly(Sights.How.MASKED, "1984");
        assertThat(cell(read, "/action", "SRE.Admin").how()).isEqualTo(Sights.How.BARRED);
        assertThat(read.barred()).containsKey("Audit.Investigator");

        Sights stated = sights(Sights.Use.READ, "case 17");
        assertThat(cell(stated, "/attributes/birthDate", "Audit.Investigator"))
                .extracting(Sights.Cell::how, Sights.Cell::text)
                .containsExactly(Sights.How.SHOWN, "1984-02-29");
    }

    @Test
    void aSampleIsShownRoleByRole(FxRobot robot) {
        robot.interact(() -> {
            window.connection.enter(Window.ann());
            screen.model().sample().set("{\"stream\":");
        });
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !screen.model().sights().busy().get());
        robot.interact(() -> {
            screen.model().sample().set(Pretty.of(MaskingViewModel.example()));
            screen.model().sights().put(sights(Sights.Use.READ, "case 17"));
        });
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(Window.shows(robot, "/attributes/birthDate")).isTrue();
        window.pictures(robot, "masking");
    }
}
