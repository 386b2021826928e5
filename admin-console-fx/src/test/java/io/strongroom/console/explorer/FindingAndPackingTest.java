package io.strongroom.console.explorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.ExportState;
import io.strongroom.api.ExportSummary;
import io.strongroom.api.SignInRequest;
import io.strongroom.console.Window;
import io.strongroom.console.connection.Appliance;
import io.strongroom.console.connection.Connection;
import io.strongroom.console.packs.PacksScreen;
import io.strongroom.console.real.RealAppliance;
import io.strongroom.console.real.RealOfficer;
import io.strongroom.console.verifier.VerifierScreen;
import io.strongroom.console.work.Loaded;
import io.strongroom.evidence.pack.verify.Ladder;
import io.strongroom.evidence.pack.verify.PackStatement;
import io.strongroom.evidence.pack.verify.PackVerifier;
import io.strongroom.evidence.trust.TrustFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** From a question to a pack of two of the records that it found, verified: an officer's way, on a real appliance. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // what the stage starts with
class FindingAndPackingTest {
    private static final String QUESTION = "stream:audit.desk outcome:success label.env:prod";

    @TempDir
    Path home;

    private Window window;
    private ExplorerScreen explorer;
    private PacksScreen packs;

    @Start
    private void start(Stage stage) {
        window = new Window(
                stage,
                desk -> {
                    explorer = new ExplorerScreen(desk);
                    packs = new PacksScreen(desk);
                    return List.of(explorer, packs, new VerifierScreen(desk));
                },
                null,
                Locale.ENGLISH,
                home);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(60));
    }

    private static void waitFor(String query, FxRobot robot) {
        patiently().until(() -> Window.shows(robot, query));
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static void control(FxRobot robot, KeyCode key) {
        robot.press(KeyCode.CONTROL).type(key).release(KeyCode.CONTROL);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static void type(FxRobot robot, KeyCode key) {
        robot.type(key);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private void signIn(FxRobot robot) throws Exception {
        RealAppliance appliance = RealAppliance.shared();
        RealOfficer ben = RealAppliance.ben();
        Connection.Who who = window.connection.signIn(
                new Appliance(appliance.address(), appliance.fingerprint()),
                new SignInRequest(ben.id(), RealOfficer.PASSWORD, ben.code()));
        robot.interact(() -> window.connection.enter(who));
    }

    @SuppressWarnings("unchecked")
    private TableView<RecordRow> table(FxRobot robot) {
        return robot.lookup("#explorer-records").queryAs(TableView.class);
    }

    private void found(int records) {
        patiently()
                .until(() -> explorer.model().found().get() instanceof Loaded.Here<Found> here
                        && here.value().rows().size() == records);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private void ask(FxRobot robot, String question) {
        control(robot, KeyCode.F);
        robot.write(question);
        type(robot, KeyCode.ENTER);
    }

    /** Asks by the keyboard until the read models have all: 80 records of the desk, of which 7 failed. */
    private void askUntilAllIsThere(FxRobot robot) {
        ask(robot, QUESTION);
        patiently().until(() -> {
            robot.interact(() -> explorer.model().again());
            WaitForAsyncUtils.waitForFxEvents();
            return explorer.model().found().get().value() instanceof Found here
                    && here.rows().size() == 73;
        });
        found(73);
    }

    private void leaveOutBackups(FxRobot robot) {
        TableView<RecordRow> table = table(robot);
        int backup = IntStream.range(0, 10)
                .filter(row -> "svc-backup".equals(table.getItems().get(row).values().get("actor")))
                .findFirst()
                .orElseThrow();
        robot.interact(() -> {
            table.requestFocus();
            table.getSelectionModel().clearAndSelect(backup);
        });
        robot.press(KeyCode.SHIFT).type(KeyCode.F10).release(KeyCode.SHIFT);
        waitFor("Without actor svc-backup", robot);
        robot.clickOn("Without actor svc-backup");
        WaitForAsyncUtils.waitForFxEvents();
    }

    @Test
    void aQuestionAProofAndAPackOfTwoRecords(FxRobot robot) throws Exception {
        signIn(robot);
        waitFor("#explorer-records", robot);
        askUntilAllIsThere(robot);
        leaveOutBackups(robot);
        assertThat(explorer.model().text().get()).isEqualTo(QUESTION + " -actor:svc-backup");
        found(55);
        assertThat(table(robot).getItems())
                .extracting(row -> row.values().get("actor"))
                .doesNotContain("svc-backup")
                .contains("u-weber", "u-lindt");
        assertThat(explorer.model().pack().whyNot().get())
                .as("a pack of it can be made")
                .isNull();
        robot.interact(() -> table(robot).requestFocus());
        robot.interact(() -> table(robot).getSelectionModel().clearAndSelect(0));
        control(robot, KeyCode.P);
        waitFor("Proven on this machine", robot);
        window.pictures(robot, "explorer-without");

        robot.interact(() -> table(robot).requestFocus());
        robot.press(KeyCode.SHIFT).type(KeyCode.DOWN).release(KeyCode.SHIFT);
        List<String> two = List.copyOf(table(robot).getSelectionModel().getSelectedItems()).stream()
                .map(RecordRow::id)
                .sorted()
                .toList();
        assertThat(two).hasSize(2);
        control(robot, KeyCode.B);
        robot.press(KeyCode.CONTROL, KeyCode.SHIFT).type(KeyCode.B).release(KeyCode.SHIFT, KeyCode.CONTROL);
        waitFor("The 2 records put aside", robot);
        window.pictures(robot, "packs-scope-aside");
        type(robot, KeyCode.ENTER);
        robot.write("two of them");
        type(robot, KeyCode.ENTER);
        waitFor("All 2 records looked at, as you read them; a pack may show less.", robot);
        type(robot, KeyCode.ENTER);
        waitFor("2 chosen records", robot);
        window.pictures(robot, "packs-review-aside");
        type(robot, KeyCode.ENTER);

        ExportSummary pack = ready();
        assertThat(Objects.requireNonNull(pack.selection()).records()).isEqualTo(two);
        patiently().until(() -> window.desk.kept().get("basket").orElse("").isEmpty());
        Path file = home.resolve("two.zip");
        robot.interact(() -> packs.model().fetch(file));
        waitFor("Verify", robot);
        type(robot, KeyCode.TAB);
        type(robot, KeyCode.ENTER);
        waitFor("Consistent with itself, signer not trusted", robot);
        verified(file, two);
    }

    private ExportSummary ready() {
        patiently()
                .until(() -> packs.model().chosen().get() instanceof ExportSummary asked
                        && asked.status().status() == ExportState.READY);
        return Objects.requireNonNull(packs.model().chosen().get());
    }

    private static void verified(Path file, List<String> ids) throws Exception {
        TrustFile trust = TrustFile.parse(RealAppliance.ben().client().ledger().trustFile());
        Ladder ladder = new PackVerifier(trust, Set.of()).verify(file);
        assertThat(ladder.exitCode()).as(ladder.toString()).isZero();
        assertThat(ladder.facts().records()).isEqualTo(2);
        assertThat(PackStatement.of(file, trust).selection())
                .containsEntry("records", "[\"" + String.join("\",\"", ids) + "\"]");
    }
}
