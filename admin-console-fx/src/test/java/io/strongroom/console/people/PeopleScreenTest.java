package io.strongroom.console.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.Account;
import io.strongroom.api.Invitation;
import io.strongroom.api.KeyInfo;
import io.strongroom.api.Role;
import io.strongroom.api.Scope;
import io.strongroom.api.ServiceToken;
import io.strongroom.api.SessionInfo;
import io.strongroom.api.officer.OfficerFolder;
import io.strongroom.console.Window;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javafx.scene.control.TabPane;
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
class PeopleScreenTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"));
    private static final String KEY = "sha256:baa5a0964d3320fbc0c6a922140453c8513ea24ab8fd0577034804a967248096";

    @TempDir
    Path home;

    private Window window;
    private PeopleScreen screen;

    @Start
    private void start(Stage stage) {
        window = new Window(
                stage,
                desk -> {
                    screen = new PeopleScreen(desk, OfficerFolder.keys(home), CLOCK);
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

    @Test
    void whatCannotBeInvitedOrMadeIsNotSent() {
        assertThat(PeopleViewModel.invitable("ben@example.com", "Ben", Set.of(Role.AUDIT_READER)))
                .isTrue();
        assertThat(PeopleViewModel.invitable("ben example", "Ben", Set.of(Role.AUDIT_READER)))
                .isFalse();
        assertThat(PeopleViewModel.invitable("ben@example.com", "Ben", Set.of()))
                .isFalse();
        assertThat(ServiceTokensViewModel.makeable("clinic", Set.of(Scope.INGEST), " , "))
                .isFalse();
        assertThat(ServiceTokensViewModel.makeable("clinic", Set.of(Scope.INGEST), "desk, lab"))
                .isTrue();
        assertThat(ServiceTokensViewModel.makeable("reports", Set.of(Scope.READ), ""))
                .isTrue();
    }

    @Test
    void peopleAreShownWithTheirKeysAndOnesOwnAccountBesideThem(FxRobot robot) {
        robot.interact(() -> window.connection.enter(Window.ann()));
        assertThat(Window.shows(robot, "Choose a person to see their keys.")).isTrue();
        fill(robot);
        assertThat(Window.shows(robot, "Keys of Ben Example")).isTrue();
        assertThat(Window.shows(robot, "Choose a person to see their keys.")).isFalse();
        window.pictures(robot, "people");
        tab(robot, 1);
        assertThat(Window.shows(robot, "clinic-desk, clinic-lab")).isTrue();
        window.pictures(robot, "people-tokens");
        tab(robot, 2);
        assertThat(Window.shows(robot, "this one")).isTrue();
        window.pictures(robot, "people-own");
        robot.interact(() -> robot.lookup("Make a key").queryButton().fire());
        WaitForAsyncUtils.waitForFxEvents();
        window.pictures(robot, "people-key");
    }

    private void tab(FxRobot robot, int index) {
        robot.interact(() -> ((TabPane) screen.view()).getSelectionModel().select(index));
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** What the appliance would have answered: there is none behind this window. */
    private void fill(FxRobot robot) {
        Account ann = Window.ann().session().account();
        Account ben = new Account(
                "ben@example.com",
                "Ben Example",
                Set.of(Role.COMPLIANCE_REVIEWER, Role.AUDIT_INVESTIGATOR),
                Map.of(),
                true);
        Account left = new Account("old@example.com", "Olga Former", Set.of(Role.AUDIT_READER), Map.of(), false);
        KeyInfo key = new KeyInfo(KEY, ben.officer(), "", "2026-11-02T09:00:00Z", null);
        robot.interact(() -> {
            PeopleViewModel people = screen.people();
            people.accounts().put(List.of(ann, ben, left));
            people.chosen().set(ben);
            people.keys().put(List.of(key));
            people.invitations()
                    .put(List.of(new Invitation(
                            "i1",
                            null,
                            "cem@example.com",
                            "Cem New",
                            Set.of(Role.EXPORT_OPERATOR),
                            "2026-11-22T08:00:00Z")));
            screen.tokens()
                    .tokens()
                    .put(List.of(new ServiceToken(
                            "t1",
                            null,
                            "clinic",
                            Set.of(Scope.INGEST),
                            List.of("clinic-desk", "clinic-lab"),
                            "2026-12-20T00:00:00Z",
                            "ann@example.com")));
            SessionInfo session = Window.ann().session();
            screen.own().sessions().put(new OwnViewModel.Sessions(List.of(session), session.id()));
            screen.own().keys().put(List.of(new OwnViewModel.OwnKey(key, true)));
        });
        WaitForAsyncUtils.waitForFxEvents();
    }
}
