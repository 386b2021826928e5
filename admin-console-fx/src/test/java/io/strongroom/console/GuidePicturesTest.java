package io.strongroom.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.InvitationRequest;
import io.strongroom.api.Role;
import io.strongroom.api.SignInRequest;
import io.strongroom.api.officer.OfficerFolder;
import io.strongroom.api.officer.OfficerKeyFiles;
import io.strongroom.console.connection.Appliance;
import io.strongroom.console.connection.Connection;
import io.strongroom.console.desk.Spot;
import io.strongroom.console.pack.PackViewModel;
import io.strongroom.console.real.RealOfficer;
import io.strongroom.console.real.SampleClinic;
import io.strongroom.console.rules.RulesClone;
import io.strongroom.console.rules.RulesFolder;
import io.strongroom.console.verifier.VerifierScreen;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.ListView;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.eclipse.jgit.lib.PersonIdent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/**
 * Takes the pictures of the officers' guide: the real window, with every screen that it has, on a real appliance with a
 * clinic's records, devices, packs and rules in it.
 */
@Tag("guide")
@ExtendWith(ApplicationExtension.class)
@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("NullAway.Init") // what the stage starts with
class GuidePicturesTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Path PICTURES =
            Path.of(System.getProperty("strongroom.guide.pictures", "target/guide/pictures"));
    private static final String PASSPHRASE = "a key of one's own";

    @TempDir
    Path home;

    /** Its name is to be seen. */
    private final Path evidence = Path.of(System.getProperty("java.io.tmpdir"), "evidence");

    private Stage stage;
    private SampleClinic clinic;
    private Window window;
    private Album album;

    @Start
    private void start(Stage made) {
        stage = made;
    }

    @Test
    void everyScreenHasItsPicture(FxRobot robot) throws IOException {
        try (SampleClinic filled = SampleClinic.open()) {
            clinic = filled;
            open(robot, Locale.ENGLISH);
            enrolKey();
            rules(robot);
            clinic.fill();
            window.close();
            for (Locale language : new Locale[] {Locale.ENGLISH, Locale.GERMAN}) {
                open(robot, language);
                wayIn(robot, language);
                enter(robot, clinic.ann());
                work(robot);
                evidence(robot);
                policy(robot);
                fleet(robot);
                administration(robot);
                window(robot);
                window.close();
            }
            open(robot, Locale.ENGLISH);
            readOnly(robot);
            window.close();
        }
        for (String named : Album.named()) {
            assertThat(PICTURES.resolve(named)).exists();
        }
    }

    @AfterEach
    void clear() throws IOException {
        for (String each : List.of("audit-2026.zip", "two-trees.zip", "trust.txt")) {
            Files.deleteIfExists(evidence.resolve(each));
        }
        Files.deleteIfExists(evidence);
    }

    private void open(FxRobot robot, Locale language) {
        robot.interact(() -> {
            window = new Window(
                    stage,
                    desk -> ConsoleScreens.of(desk, home),
                    new Appliance(
                            clinic.appliance().address(), clinic.appliance().fingerprint()),
                    language,
                    home);
            album = new Album(robot, window, language, PICTURES);
        });
    }

    private void enter(FxRobot robot, RealOfficer officer) {
        Connection.Who who = window.connection.signIn(
                new Appliance(clinic.appliance().address(), clinic.appliance().fingerprint()),
                new SignInRequest(officer.id(), RealOfficer.PASSWORD, officer.recoveryCode()));
        robot.interact(() -> window.connection.enter(who));
        settled(robot);
    }

    /** Ann's key is on this machine. */
    private void enrolKey() {
        OfficerKeyFiles keys = OfficerFolder.keys(home);
        clinic.ann().client().auth().enrol(keys.open(keys.make(PASSPHRASE, new SecureRandom()), PASSPHRASE));
    }

    // --- What rules there are

    /** A text in a file of the rules, and what takes its place. */
    private record Edit(String file, String from, String to) {}

    private static Edit version(int now) {
        return new Edit("bundle.yaml", "version: \"" + (now - 1) + "\"", "version: \"" + now + "\"");
    }

    private static Edit hide(String attribute) {
        String years = "      - {fields: [/attributes/**/birthDate";
        return new Edit(
                "masking.yaml", years, "      - {fields: [/attributes/" + attribute + "], mask: omit}\n" + years);
    }

    /** Two releases, a proposal that waits for Ann, and a draft of hers. */
    private void rules(FxRobot robot) {
        enter(robot, clinic.cas());
        RulesClone clone = new RulesFolder(home.resolve("of-cas")).clone(window.connection);
        clone.fetch(window.connection.passage());
        release(
                clone,
                "first-rules",
                "Begin with the default rules",
                new Edit("bundle.yaml", "name: default", "name: clinic"));
        release(clone, "hide-reasons", "Hide from readers why charts were read", version(2), hide("reason"));
        propose(clone, "hide-wards", "Hide wards from readers", version(3), hide("ward"));
        clinic.ben().approves("hide-wards", Role.COMPLIANCE_REVIEWER);
        clone.close();
        enter(robot, clinic.ann());
        RulesClone own = new RulesFolder(home.resolve("rules")).clone(window.connection);
        own.fetch(window.connection.passage());
        own.begin("longer-names");
        change(own, new Edit("masking.yaml", "mask: year", "mask: redact"));
        own.close();
    }

    private void release(RulesClone clone, String name, String title, Edit... edits) {
        propose(clone, name, title, edits);
        clinic.ann().approves(name, Role.SECURITY_ADMIN);
        clinic.ben().approves(name, Role.COMPLIANCE_REVIEWER);
        var unused = clinic.cas().client().policies().activate(name);
        clone.check("main");
        clone.fetch(window.connection.passage());
    }

    private void propose(RulesClone clone, String name, String title, Edit... edits) {
        clone.begin(name);
        for (Edit edit : edits) {
            change(clone, edit);
        }
        clone.commit(title, new PersonIdent("Cas Lindt", clinic.cas().id()));
        clone.push(window.connection.passage());
        var unused = clinic.cas().client().policies().propose(name, title);
    }

    private static void change(RulesClone clone, Edit edit) {
        String before = text(clone, edit.file());
        assertThat(before).contains(edit.from());
        clone.files().write(edit.file(), before.replace(edit.from(), edit.to()));
    }

    private static String text(RulesClone clone, String file) {
        Map<String, byte[]> files = clone.files().read();
        return new String(files.get(file), StandardCharsets.UTF_8);
    }

    // --- The way in

    private void wayIn(FxRobot robot, Locale language) {
        waitFor(robot, "#officer");
        type(robot, "#officer", clinic.ann().id());
        album.take("sign-in");
        robot.interact(() -> link(robot, "#toFirst", 1).fire());
        album.take("first-start");
        robot.interact(() -> link(robot, "#toSignIn", 0).fire());
        String code = String.valueOf(clinic.ann()
                .client()
                .users()
                .invite(new InvitationRequest(
                        "dan." + language.getLanguage() + "@clinic.example",
                        "Dan Haddad",
                        Set.of(Role.AUDIT_READER),
                        Map.of()))
                .code());
        robot.interact(() -> link(robot, "#toInvitation", 0).fire());
        type(robot, "#invitation", code);
        press(robot, "#invitationStep");
        waitFor(robot, "#qr");
        album.take("invitation");
    }

    private static Hyperlink link(FxRobot robot, String action, int which) {
        return robot.lookup(".hyperlink").queryAllAs(Hyperlink.class).stream()
                .filter(Window::seen)
                .skip(which)
                .findFirst()
                .orElseThrow();
    }

    // --- The screens, group by group

    private void work(FxRobot robot) {
        go(robot, "today", "");
        await().atMost(LONG).until(() -> Window.shows(robot, "#needs"));
        album.take("today");
        go(robot, "explorer", "stream:audit.desk");
        choose(robot, "#explorer-records", 4);
        tab(robot, "#explorer-tabs", 0);
        album.take("explorer");
        tab(robot, "#explorer-tabs", 2);
        await().atMost(LONG).until(() -> Window.shows(robot, ".headline .holds"));
        album.take("explorer-proof");
    }

    private void evidence(FxRobot robot) {
        go(robot, "chain", "");
        press(robot, "#chain-verify");
        await().atMost(LONG).until(() -> Window.shows(robot, "#chain-headline .holds"));
        album.take("chain");
        go(robot, "packs", "");
        choose(robot, "#packs", 2);
        album.take("packs");
        go(robot, "packs", "new");
        type(robot, "#from", "2026-11-01");
        type(robot, "#stream", "audit.lab");
        album.take("packs-scope");
        press(robot, "#next");
        type(robot, "#purposeText", "Audit 2026, request 4712");
        press(robot, "#next");
        settled(robot);
        press(robot, "#next");
        settled(robot);
        album.take("packs-review");
        verdict(robot);
    }

    private void verdict(FxRobot robot) {
        Path pack = evidence.resolve("audit-2026.zip");
        Path trust = evidence.resolve("trust.txt");
        try {
            Files.createDirectories(evidence);
            Files.write(trust, clinic.ann().client().ledger().trustFile());
            if (!Files.exists(pack)) {
                clinic.download(pack);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        PackViewModel viewer = window.screens().stream()
                .filter(VerifierScreen.class::isInstance)
                .map(VerifierScreen.class::cast)
                .findFirst()
                .orElseThrow()
                .model();
        go(robot, "verifier", "");
        robot.interact(() -> viewer.trust(trust));
        settled(robot);
        robot.interact(() -> viewer.open(pack));
        await().atMost(LONG).until(() -> viewer.state().get() == PackViewModel.State.VERDICT);
        settled(robot);
        album.take("verifier");
        Path fork = golden("pack-v1-fork.zip", "two-trees.zip");
        Path trustsIt = golden("trust-v1.txt", "trust.txt");
        robot.interact(() -> viewer.trust(trustsIt));
        settled(robot);
        robot.interact(() -> viewer.open(fork));
        await().atMost(LONG)
                .until(() -> viewer.state().get() == PackViewModel.State.VERDICT
                        && fork.equals(viewer.pack().get()));
        settled(robot);
        album.take("verifier-fork");
    }

    /** A file that must be told for ever as it is today, by a name that is to be seen. */
    private Path golden(String name, String seen) {
        try (InputStream in = Objects.requireNonNull(GuidePicturesTest.class.getResourceAsStream("/golden/" + name))) {
            return Files.write(evidence.resolve(seen), in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void policy(FxRobot robot) {
        go(robot, "workspace", "masking.yaml");
        tab(robot, "#findings", 1);
        album.take("workspace");
        go(robot, "review", "hide-wards");
        album.take("review");
        tab(robot, "#tabs", 1);
        album.take("review-files");
        go(robot, "releases", "");
        robot.interact(() ->
                ((ListView<?>) seen(robot, "#timeline")).getSelectionModel().select(0));
        album.take("releases");
        robot.interact(() ->
                ((ListView<?>) seen(robot, "#timeline")).getSelectionModel().select(1));
        settled(robot);
        press(robot, "#back");
        album.take("releases-back");
        escape(robot);
        go(robot, "masking", "");
        robot.interact(() -> robot.lookup(".button").queryAllAs(Button.class).stream()
                .filter(button -> button.getText().equals(window.desk.texts().get("masking.example")))
                .filter(Window::seen)
                .forEach(Button::fire));
        settled(robot);
        choose(robot, "#table", 2);
        album.take("masking");
    }

    private void fleet(FxRobot robot) {
        go(robot, "devices", clinic.device());
        album.take("devices");
        part(robot, "devices.part.HEALTH");
        album.take("devices-health");
        part(robot, "devices.part.SOFTWARE");
        album.take("devices-software");
        part(robot, "devices.part.USE");
        album.take("devices-use");
        part(robot, "devices.part.ABOUT");
        go(robot, "incidents", "");
        choose(robot, "#table", 0);
        album.take("incidents");
    }

    private void administration(FxRobot robot) {
        go(robot, "people", "");
        choose(robot, "#accounts", 0);
        album.take("people");
        part(robot, "people.tab.tokens");
        album.take("people-tokens");
        part(robot, "people.tab.own");
        album.take("people-own");
        go(robot, "system", "");
        album.take("system");
        part(robot, "system.tab.keys");
        album.take("system-keys");
    }

    /** What is the window's own. */
    private void window(FxRobot robot) {
        go(robot, "today", "");
        robot.press(KeyCode.CONTROL).type(KeyCode.K).release(KeyCode.CONTROL);
        waitFor(robot, "#palette-typed");
        album.take("palette");
        robot.write(window.desk.texts().locale().equals(Locale.GERMAN) ? "paket" : "pack");
        WaitForAsyncUtils.waitForFxEvents();
        album.take("palette-pack");
        escape(robot);
        go(robot, "explorer", "");
        robot.type(KeyCode.F1);
        WaitForAsyncUtils.waitForFxEvents();
        album.take("keys");
        escape(robot);
    }

    private void readOnly(FxRobot robot) {
        enter(robot, clinic.ann());
        go(robot, "explorer", "stream:audit.desk");
        choose(robot, "#explorer-records", 4);
        clinic.appliance().close();
        await().atMost(LONG).until(() -> window.connection.state().get() == Connection.State.LOST);
        settled(robot);
        album.take("read-only");
    }

    // --- What a hand does

    private void go(FxRobot robot, String screen, String what) {
        robot.interact(() -> window.desk.navigator().go(new Spot(screen, what)));
        settled(robot);
    }

    private void part(FxRobot robot, String text) {
        String name = window.desk.texts().get(text);
        robot.interact(() -> {
            for (TabPane tabs : robot.lookup(".tab-pane").queryAllAs(TabPane.class)) {
                if (Window.seen(tabs)) {
                    tabs.getTabs().stream()
                            .filter(tab -> name.equals(tab.getText()))
                            .forEach(tabs.getSelectionModel()::select);
                }
            }
        });
        settled(robot);
    }

    private static void tab(FxRobot robot, String tabs, int which) {
        robot.interact(() -> ((TabPane) seen(robot, tabs)).getSelectionModel().select(which));
        settled(robot);
    }

    private static void choose(FxRobot robot, String table, int row) {
        await().atMost(LONG).until(() -> Window.shows(robot, table));
        await().atMost(LONG)
                .until(() -> ((TableView<?>) seen(robot, table)).getItems().size() > row);
        robot.interact(
                () -> ((TableView<?>) seen(robot, table)).getSelectionModel().clearAndSelect(row));
        settled(robot);
    }

    private static void press(FxRobot robot, String button) {
        robot.interact(() -> ((Button) seen(robot, button)).fire());
        settled(robot);
    }

    private static void escape(FxRobot robot) {
        robot.type(KeyCode.ESCAPE);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static void type(FxRobot robot, String field, String text) {
        robot.interact(() -> ((TextField) seen(robot, field)).setText(text));
    }

    private static Node seen(FxRobot robot, String query) {
        return robot.lookup(query).queryAll().stream()
                .filter(Window::seen)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("not seen: " + query));
    }

    private static void waitFor(FxRobot robot, String query) {
        await().atMost(LONG).until(() -> Window.shows(robot, query));
        settled(robot);
    }

    /** Until nothing is on its way any more. */
    private static void settled(FxRobot robot) {
        WaitForAsyncUtils.waitForFxEvents();
        await().atMost(LONG)
                .during(Duration.ofMillis(400))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> !Window.shows(robot, ".progress-indicator"));
        WaitForAsyncUtils.waitForFxEvents();
    }
}
