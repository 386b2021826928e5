package io.strongroom.console.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.console.Window;
import io.strongroom.console.look.Look;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Background;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.note.TlogProof;
import io.strongroom.evidence.pack.verify.PackWithheld;
import io.strongroom.evidence.tree.Rfc9162;
import io.strongroom.evidence.trust.TrustFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.image.WritableImage;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // what the stage starts with
class PackViewTest {
    private static final Instant VERIFIED_AT = Instant.parse("2026-11-22T09:30:00Z");

    @TempDir
    Path folder;

    private Look look;
    private PackViewModel model;
    private Scene scene;

    @Start
    private void start(Stage stage) {
        look = new Look();
        look.theme().set(Look.Theme.LIGHT);
        model = new PackViewModel(Background.ofJavaFx(), InstantSource.fixed(VERIFIED_AT), "Strongroom verifier 0.1.0");
        Parent view = new PackView(model, Texts.in(Locale.ENGLISH)).load();
        scene = new Scene(view, 1280, 800);
        look.dress(scene);
        stage.setScene(scene);
        stage.show();
    }

    private static Path golden(String name) {
        return Path.of(Objects.requireNonNull(PackViewTest.class.getResource("/golden/" + name))
                .getPath());
    }

    private void verified(FxRobot robot, Path pack) throws TimeoutException {
        robot.interact(() -> model.open(pack));
        settled(PackViewModel.State.VERDICT);
    }

    private void settled(PackViewModel.State state) throws TimeoutException {
        WaitForAsyncUtils.waitFor(30, TimeUnit.SECONDS, () -> model.state().get() == state);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private void trusted(FxRobot robot) throws TimeoutException {
        trusted(robot, "trust-v1.txt");
    }

    private void trusted(FxRobot robot, String file) throws TimeoutException {
        robot.interact(() -> model.trust(golden(file)));
        WaitForAsyncUtils.waitFor(30, TimeUnit.SECONDS, () -> model.trust().get() != null);
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** In both themes, if pictures are asked for. */
    private void picture(FxRobot robot, String name) throws IOException {
        picture(robot, name, 1280, 800);
    }

    /** As above, on a large screen, too. */
    private void pictures(FxRobot robot, String name) throws IOException {
        picture(robot, name, 1280, 800);
        picture(robot, name + "-wide", 1920, 1080);
    }

    private void picture(FxRobot robot, String name, double width, double height) throws IOException {
        if (!Window.TAKES_PICTURES) {
            return;
        }
        Files.createDirectories(Window.PICTURES);
        for (Look.Theme theme : new Look.Theme[] {Look.Theme.DARK, Look.Theme.LIGHT}) {
            robot.interact(() -> look.theme().set(theme));
            WaitForAsyncUtils.waitForFxEvents();
            WritableImage[] taken = new WritableImage[1];
            robot.interact(() -> {
                // No window is larger than the headless screen, but a picture may be.
                Parent view = scene.getRoot();
                for (int pass = 0; pass < 2; pass++) {
                    view.resize(width, height);
                    view.applyCss();
                    view.layout();
                }
                taken[0] = view.snapshot(null, null);
                view.resize(scene.getWidth(), scene.getHeight());
            });
            ImageIO.write(
                    SwingFXUtils.fromFXImage(taken[0], null),
                    "png",
                    Window.PICTURES
                            .resolve(name + "-" + theme.name().toLowerCase(Locale.ROOT) + ".png")
                            .toFile());
        }
    }

    private void tab(FxRobot robot, String text) {
        robot.interact(() -> {
            for (TabPane tabs : robot.lookup(".tab-pane").queryAllAs(TabPane.class)) {
                tabs.getTabs().stream()
                        .filter(tab -> tab.getText().equals(text))
                        .forEach(tabs.getSelectionModel()::select);
            }
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    private void approved(FxRobot robot) throws TimeoutException {
        trusted(robot, "trust-v1-approved.txt");
        verified(robot, golden("pack-v1-approved.zip"));
        WaitForAsyncUtils.waitFor(
                30, TimeUnit.SECONDS, () -> model.papers().value().get() != null);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static boolean shows(FxRobot robot, String text) {
        return !robot.lookup(text).queryAll().isEmpty()
                && robot.lookup(text).queryAll().stream().anyMatch(node -> {
                    for (var at = node; at != null; at = at.getParent()) {
                        if (!at.isVisible()) {
                            return false;
                        }
                    }
                    return true;
                });
    }

    @Test
    void thatALogContradictsItselfIsToldBeforeAllElse(FxRobot robot) throws Exception {
        trusted(robot);
        verified(robot, golden("pack-v1-fork.zip"));
        assertThat(shows(robot, "The log contradicts itself")).isTrue();
        assertThat(shows(robot, "Do not rely on this pack, but keep it: it proves that."))
                .isTrue();
        pictures(robot, "pack-fork");
    }

    @Test
    void anEmptyViewerSaysWhatToDo(FxRobot robot) throws IOException {
        assertThat(shows(robot, "Drop an evidence pack here")).isTrue();
        picture(robot, "pack-empty");
    }

    @Test
    void aPackThatHoldsIsVerifiedAndShowsItsRecords(FxRobot robot) throws Exception {
        trusted(robot);
        verified(robot, golden("pack-v1.zip"));
        assertThat(shows(robot, "Verified")).isTrue();
        TableView<RecordRow> records = robot.lookup("#records").queryAs(TableView.class);
        WaitForAsyncUtils.waitFor(30, TimeUnit.SECONDS, () -> records.getItems().getFirst() != null);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(records.getItems()).hasSize(3);
        assertThat(records.getItems().get(1).action()).isEqualTo("Door.Opened");
        robot.interact(() -> records.getSelectionModel().select(1));
        TableView<RecordField> fields = robot.lookup("#fields").queryAs(TableView.class);
        assertThat(fields.getItems())
                .contains(new RecordField("/actor/id", "u-52", RecordField.Kind.DISCLOSED))
                .contains(new RecordField("/stream", "audit.default", RecordField.Kind.CLEAR))
                .noneMatch(field -> field.kind() == RecordField.Kind.HIDDEN);
        picture(robot, "pack-verified");
    }

    @Test
    void withoutATrustFileItIsOnlyConsistentWithItself(FxRobot robot) throws Exception {
        verified(robot, golden("pack-v1.zip"));
        assertThat(shows(robot, "Consistent with itself, signer not trusted")).isTrue();
        assertThat(shows(robot, "Verified")).isFalse();
        picture(robot, "pack-untrusted");
        trusted(robot);
        WaitForAsyncUtils.waitFor(30, TimeUnit.SECONDS, () -> shows(robot, "Verified"));
    }

    @Test
    void aChangedByteFailsAndNoRecordIsShown(FxRobot robot) throws Exception {
        byte[] bytes = Files.readAllBytes(golden("pack-v1.zip"));
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        bytes[text.indexOf("user5@example.com")] ^= 1;
        Path changed = folder.resolve("changed.zip");
        Files.write(changed, bytes);
        trusted(robot);
        verified(robot, changed);
        assertThat(shows(robot, "Failed")).isTrue();
        assertThat(shows(robot, "The first place where it does not hold")).isTrue();
        assertThat(shows(robot, "Records are shown only of a pack that holds on every step."))
                .isTrue();
        assertThat(model.records().get()).isNull();
        picture(robot, "pack-failed");
        Label first = firstValue(robot);
        robot.press(KeyCode.CONTROL).type(KeyCode.C).release(KeyCode.CONTROL);
        assertThat(copied(robot)).as("where it does not hold").isEqualTo(first.getText());
    }

    /** Goes by Tab to the first value that can be copied. */
    private Label firstValue(FxRobot robot) {
        for (int i = 0; i < 40 && !(scene.getFocusOwner() instanceof Label); i++) {
            robot.type(KeyCode.TAB);
        }
        return (Label) scene.getFocusOwner();
    }

    @Test
    void whatIsNotThereIsToldAndCanBeTriedAgain(FxRobot robot) throws Exception {
        Path file = folder.resolve("none.zip");
        robot.interact(() -> model.open(file));
        settled(PackViewModel.State.UNREADABLE);
        assertThat(shows(robot, "The pack cannot be read")).isTrue();
        picture(robot, "pack-unreadable");
        Files.copy(golden("pack-v1.zip"), file);
        robot.interact(model::again);
        settled(PackViewModel.State.VERDICT);
    }

    @Test
    void aFileThatIsNoTrustFileChangesNothing(FxRobot robot) throws Exception {
        trusted(robot);
        Path wrong = folder.resolve("wrong.txt");
        Files.writeString(wrong, "hello");
        robot.interact(() -> model.trust(wrong));
        WaitForAsyncUtils.waitFor(
                30, TimeUnit.SECONDS, () -> model.trustProblem().get() != null);
        assertThat(model.trust().get()).isNotNull();
        assertThat(model.trustProblem().get()).startsWith("wrong.txt");
    }

    @Test
    void thePoliciesOfAPackTheirApprovalsAndWhatTheyHidAreShown(FxRobot robot) throws Exception {
        approved(robot);
        tab(robot, "Policy");
        assertThat(shows(robot, "15 entries here, from place 4 on")).isTrue();
        assertThat(
                        shows(
                                robot,
                                "In force since 2026-11-21T01:02:03.007Z, recorded at place 3, approved by two officers in two roles."))
                .isTrue();
        TableView<PackWithheld.Hidden> hidden =
                robot.lookup(".sheets .table-view").queryAs(TableView.class);
        assertThat(hidden.getItems())
                .extracting(PackWithheld.Hidden::pointer)
                .containsExactly("/actor/id", "/attributes/email");
        pictures(robot, "pack-policy");
        robot.interact(() -> robot.lookup("masking.yaml")
                .queryAllAs(Hyperlink.class)
                .iterator()
                .next()
                .fire());
        WaitForAsyncUtils.waitFor(
                30, TimeUnit.SECONDS, () -> model.policyText().value().get() != null);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(robot.lookup("#fileText").queryAs(TextArea.class).getText()).contains("profiles:");
        picture(robot, "pack-policy-file");
    }

    @Test
    void whoseHandsAPackWentThroughIsShownAndWhatItCannotSay(FxRobot robot) throws Exception {
        approved(robot);
        tab(robot, "Custody");
        assertThat(shows(robot, "yearly audit of the doors, as agreed on 3 November"))
                .isTrue();
        assertThat(shows(
                        robot,
                        Digest.of(Files.readAllBytes(golden("pack-v1-approved.zip")))
                                .toString()))
                .isTrue();
        assertThat(shows(robot, "What a pack cannot say")).isTrue();
        pictures(robot, "pack-custody");
    }

    @Test
    void aValueIsCopiedByKeysAlone(FxRobot robot) throws Exception {
        approved(robot);
        tab(robot, "Custody");
        List<Label> values = List.copyOf(robot.lookup(".copied").queryAllAs(Label.class)).stream()
                .filter(value -> shows(robot, value.getText()))
                .toList();
        Label first = firstValue(robot);
        robot.type(KeyCode.DOWN);
        Label second = (Label) scene.getFocusOwner();
        assertThat(values).contains(first, second);
        assertThat(second).isNotSameAs(first);
        robot.press(KeyCode.CONTROL).type(KeyCode.C).release(KeyCode.CONTROL);
        assertThat(copied(robot)).isEqualTo(second.getText());
        picture(robot, "pack-copying");

        robot.type(KeyCode.UP).press(KeyCode.SHIFT).type(KeyCode.F10).release(KeyCode.SHIFT);
        WaitForAsyncUtils.waitForFxEvents();
        robot.type(KeyCode.DOWN, KeyCode.ENTER);
        assertThat(copied(robot)).isEqualTo(first.getText());

        TableView<RecordField> fields = robot.lookup("#fields").queryAs(TableView.class);
        robot.interact(() -> {
            tab(robot, "Records");
            fields.getSelectionModel().select(0);
            fields.requestFocus();
        });
        robot.press(KeyCode.CONTROL).type(KeyCode.C).release(KeyCode.CONTROL);
        assertThat(copied(robot)).isEqualTo(fields.getItems().getFirst().value());
    }

    private static String copied(FxRobot robot) {
        String[] found = new String[1];
        robot.interact(() -> found[0] = Clipboard.getSystemClipboard().getString());
        return found[0];
    }

    @Test
    void aRecordIsProvenAndTheProofCanBeKept(FxRobot robot) throws Exception {
        approved(robot);
        TableView<RecordRow> records = robot.lookup("#records").queryAs(TableView.class);
        WaitForAsyncUtils.waitFor(30, TimeUnit.SECONDS, () -> records.getItems().getFirst() != null);
        robot.interact(() -> records.getSelectionModel().select(7));
        WaitForAsyncUtils.waitForFxEvents();
        TableView<RecordField> fields = robot.lookup("#fields").queryAs(TableView.class);
        assertThat(fields.getItems())
                .contains(
                        new RecordField("/actor/id", "…-09", RecordField.Kind.TOLD, "last4, masking.yaml:standard:4"));
        picture(robot, "pack-hidden");
        tab(robot, "Proof");
        WaitForAsyncUtils.waitFor(
                30, TimeUnit.SECONDS, () -> model.proof().value().get() != null);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(shows(robot, "9 of 24, counted from 0")).isTrue();
        Path kept = folder.resolve("kept.tlog-proof");
        robot.interact(() -> model.saveProof(kept));
        WaitForAsyncUtils.waitFor(
                30, TimeUnit.SECONDS, () -> model.saving().value().get() != null);
        WaitForAsyncUtils.waitForFxEvents();
        TlogProof proof = TlogProof.parse(Files.readAllBytes(kept));
        var trust = TrustFile.parse(Files.readAllBytes(golden("trust-v1-approved.txt")));
        byte[] entry = proof.leafData().orElseThrow();
        assertThat(proof.verify(Rfc9162.leaf(entry), trust.checkpoints()).cosignatures())
                .hasSize(2);
        pictures(robot, "pack-proof");
    }
}
