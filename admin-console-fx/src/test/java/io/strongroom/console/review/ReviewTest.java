package io.strongroom.console.review;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.PolicyProposal;
import io.strongroom.api.ShadowEvaluation;
import io.strongroom.api.json.Json;
import io.strongroom.api.officer.OfficerKeyFiles;
import io.strongroom.console.Window;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javafx.scene.control.Button;
import javafx.scene.control.TabPane;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
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
class ReviewTest {
    private static final String DIGEST = "sha256:" + "0".repeat(64);
    private static final String DIFF = """
        --- a/classification.yaml
        +++ b/classification.yaml
        @@ -12,6 +12,9 @@
           - fields: [/attributes/eventID]
             class: PUBLIC
             search: false         # detectors do not look into these fields
        +  - name: where somebody works is nobody’s business but that of those who look after the machines there
        +    fields: [/attributes/ward]
        +    class: CONFIDENTIAL
         detectors:
        -  - {find: card-number, class: RESTRICTED, kind: identifier}
        +  - {find: card-number, class: RESTRICTED, kind: business}
           - {find: email, fields: [/attributes], class: CONFIDENTIAL, kind: contact}
        --- a/masking.yaml
        +++ b/masking.yaml
        @@ -4,3 +4,2 @@
             rules:
        -      - {kinds: [contact], mask: last4}
               - {classes: [RESTRICTED], mask: omit}
        """;

    @TempDir
    Path home;

    private Window window;
    private OfficerKeyFiles keys;
    private ReviewScreen screen;

    @Start
    void start(Stage stage) {
        keys = new OfficerKeyFiles(home.resolve("keys"));
        window = new Window(
                stage,
                desk -> {
                    screen = new ReviewScreen(desk, keys);
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

    static Json.Obj proposal(String name, String state, String author, String approvals, boolean passed) {
        return Json.parseObject("""
            {"name":"proposals/%s","author":"%s","title":"Hide wards from readers","state":"%s",
             "commit":"c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00","bundle":"%s",
             "createdAt":"2026-11-20T08:00:00.000Z","changedAt":"2026-11-21T09:30:00.000Z",
             "change":{"origin":"strongroom.example/acme","proposal":"proposals/%s","bundle":"%s",
               "commit":"c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00","baseBundle":"%s","requester":"%s"},
             "continuesMain":true,"approvals":[%s],
             "tests":{"passed":1,"failed":0,"cases":[
               {"name":"a login","file":"login.test.yaml","line":15,"passed":%s,"failures":[%s]},
               {"name":"a ward round","file":"ward.test.yaml","line":4,"passed":true,"failures":[]}]},
             "diff":{"changes":[
               {"area":"visibility","streams":["audit.desk"],"text":"Audit.Reader loses attributes.ward",
                "sentence":"Audit.Reader loses attributes.ward in stream audit.desk"},
               {"area":"retention","streams":["audit.*"],"text":"Records are kept 5 years, not 7",
                "sentence":"Records are kept 5 years, not 7 in stream audit.*"}]}}
            """.formatted(
                        name,
                        author,
                        state,
                        DIGEST,
                        name,
                        DIGEST,
                        DIGEST,
                        author,
                        approvals,
                        passed,
                        passed ? "" : "\"read: alice must not see /attributes/mfa, which is not listed\"")
                .getBytes(UTF_8));
    }

    static String approval(String officer, String role, String decision, boolean counts) {
        return """
            {"digest":"%s","officer":"%s","role":"%s","decision":"%s",
             "commit":"c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00","at":"2026-11-21T10:00:00.000Z",
             "expires":"2026-11-28T10:00:00.000Z","counts":%s,"withdrawn":false,"envelope":"","key":""}\
            """.formatted(DIGEST, officer, role, decision, counts);
    }

    private static Impact impact() {
        String count = "{\"decided\":12345,\"changed\":81,\"partly\":0,\"notRepeated\":2}";
        ShadowEvaluation ran =
                ShadowEvaluation.fromJson(Json.parseObject(("""
                    {"state":"completed","stale":false,"days":7,"base":{"commit":null},"head":{"commit":"c0ffee00c0ffee00"},
                     "startedAt":"2026-11-21T10:00:00.000Z","done":9,"total":9,"report":"sha256:00",
                     "summary":{"intake":%s,"visibility":%s,"reads":%s}}\
                    """.formatted(count, count, count)).getBytes(UTF_8)));
        return Impact.of(ran, """
            {"changes":[{"decision":"visibility","kind":"reading","stream":"audit.desk","who":"Audit.Reader",
              "field":"/attributes/ward","before":"shown","after":"hidden","seen":1203,
              "samples":[{"recordId":"01KB000000000000000000000A"},{"recordId":"01KB000000000000000000000B"}]},
             {"decision":"intake","kind":"retention","stream":"audit.desk","who":null,"field":"",
              "before":"audit-7y","after":"audit-5y","seen":81,"samples":[]}],"changesNotTold":0}
            """.getBytes(UTF_8));
    }

    private void show(FxRobot robot, Json.Obj one, boolean enrolled, @Nullable Impact impact) {
        PolicyProposal proposal = PolicyProposal.fromJson(one);
        Set<String> known = enrolled ? Set.of(keys.all().getFirst().id().toString()) : Set.of();
        robot.interact(() -> {
            if (window.connection.who().get() == null) {
                window.connection.enter(Window.ann());
            }
            screen.model().one().put(new Reviewed(proposal, SideBySide.of(DIFF), keys.all(), known, impact));
            screen.model()
                    .proposals()
                    .put(List.of(
                            proposal,
                            PolicyProposal.fromJson(
                                    proposal("keep-longer", "activated", "ben@example.com", "", true))));
            screen.model().one().put(new Reviewed(proposal, SideBySide.of(DIFF), keys.all(), known, impact));
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    private @Nullable String whyNot() {
        return screen.model().may().get().approve();
    }

    @Test
    void aReviewerSeesWhatChangesAndWhatItWouldHaveDone(FxRobot robot) {
        keys.make("", new SecureRandom());
        show(
                robot,
                proposal(
                        "hide-wards",
                        "open",
                        "cas@example.com",
                        approval("ben@example.com", "Compliance.Reviewer", "approve", true),
                        true),
                true,
                impact());

        assertThat(Window.shows(robot, "•  Audit.Reader loses attributes.ward in stream audit.desk"))
                .isTrue();
        assertThat(whyNot()).isNull();
        assertThat(screen.model().may().get().open()).doesNotContain("Compliance.Reviewer");
        window.pictures(robot, "review-summary");
        TabPane tabs = robot.lookup("#tabs").query();
        robot.interact(() -> tabs.getSelectionModel().select(1));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(Window.shows(robot, "masking.yaml")).isTrue();
        window.pictures(robot, "review-files");
        robot.interact(() -> tabs.getSelectionModel().select(3));
        window.pictures(robot, "review-impact");
        window.picture(robot, "review-impact-150", 1280, 800, 1.5);
    }

    @Test
    void aButtonThatCannotBePressedSaysWhy(FxRobot robot) {
        show(robot, proposal("hide-wards", "open", "cas@example.com", "", true), false, null);
        assertThat(whyNot()).startsWith("There is no key of yours on this machine");
        assertThat(robot.lookup("#approve").queryAs(Button.class).isDisabled()).isTrue();

        keys.make("secret", new SecureRandom());
        show(robot, proposal("hide-wards", "open", "cas@example.com", "", true), false, null);
        assertThat(whyNot()).contains("is not enrolled");

        show(robot, proposal("hide-wards", "open", "ann@example.com", "", true), true, null);
        assertThat(whyNot()).startsWith("It is your own proposal");
        assertThat(Window.shows(robot, "#withdraw")).isTrue();

        show(robot, proposal("hide-wards", "open", "cas@example.com", "", false), true, null);
        assertThat(whyNot()).startsWith("Tests failed");
        assertThat(screen.model().may().get().reject()).isNull();

        show(
                robot,
                proposal(
                        "hide-wards",
                        "open",
                        "cas@example.com",
                        approval("ann@example.com", "Security.Admin", "reject", false),
                        true),
                true,
                null);
        assertThat(whyNot()).startsWith("You have requested changes");
        assertThat(Window.shows(robot, "#takeBack")).isTrue();
        window.pictures(robot, "review-rejected");
    }
}
