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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.ListView;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
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

    private static final String CHANGES =
            change("visibility", "Audit.Reader loses attributes.ward in stream audit.desk") + ","
                    + change("retention", "Records are kept 5 years, not 7 in stream audit.*");

    private static String change(String area, String sentence) {
        return "{\"area\":\"%s\",\"streams\":[\"audit.*\"],\"text\":\"\",\"sentence\":\"%s\"}"
                .formatted(area, sentence);
    }

    static Json.Obj proposal(String name, String state, String author, String approvals, boolean passed) {
        return proposal(name, state, author, approvals, "", passed);
    }

    static Json.Obj proposal(
            String name, String state, String author, String approvals, String comments, boolean passed) {
        return proposal(name, state, author, approvals, comments, passed, CHANGES);
    }

    private static Json.Obj proposal(
            String name,
            String state,
            String author,
            String approvals,
            String comments,
            boolean passed,
            String changes) {
        return Json.parseObject("""
            {"name":"proposals/%s","author":"%s","title":"Hide wards from readers","state":"%s",
             "commit":"c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00","bundle":"%s",
             "createdAt":"2026-11-20T08:00:00.000Z","changedAt":"2026-11-21T09:30:00.000Z",
             "change":{"origin":"strongroom.example/acme","proposal":"proposals/%s","bundle":"%s",
               "commit":"c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00","baseBundle":"%s","requester":"%s"},
             "continuesMain":true,"approvals":[%s],"comments":[%s],
             "tests":{"passed":1,"failed":0,"cases":[
               {"name":"a login","file":"login.test.yaml","line":15,"passed":%s,"failures":[%s]},
               {"name":"a ward round","file":"ward.test.yaml","line":4,"passed":true,"failures":[]}]},
             "diff":{"changes":[%s]}}
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
                        comments,
                        passed,
                        passed ? "" : "\"read: alice must not see /attributes/mfa, which is not listed\"",
                        changes)
                .getBytes(UTF_8));
    }

    static String approval(String officer, String role, String decision, boolean counts) {
        return """
            {"digest":"%s","officer":"%s","role":"%s","decision":"%s",
             "commit":"c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00","at":"2026-11-21T10:00:00.000Z",
             "expires":"2026-11-28T10:00:00.000Z","counts":%s,"withdrawn":false,"envelope":"","key":""}\
            """.formatted(DIGEST, officer, role, decision, counts);
    }

    static String comment(String author, String commit, String place, String text, @Nullable String rejection) {
        return """
            {"digest":"%s","author":"%s","at":"2026-11-21T10:30:00.000Z","commit":"%s",%s"text":"%s",
             "requestsChanges":%s%s}\
            """.formatted(
                        DIGEST,
                        author,
                        commit,
                        place,
                        text,
                        rejection != null,
                        rejection == null ? "" : ",\"rejection\":\"" + rejection + "\"");
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

    /** To style a node for each of them kept the window from answering for more than a second. */
    @Test
    void ofHundredsOfSentencesOnlyThoseAreMadeThatOneSees(FxRobot robot) {
        keys.make("", new SecureRandom());
        String changes = IntStream.range(0, 400)
                .mapToObj(at ->
                        change("visibility", "Audit.Reader loses attributes.field" + at + " in stream audit.desk"))
                .collect(Collectors.joining(","));
        show(robot, proposal("no-rules", "open", "cas@example.com", "", "", true, changes), true, null);
        ListView<SummaryRow> summary = robot.lookup("#summary").queryListView();

        assertThat(summary.getItems()).hasSizeGreaterThan(400);
        assertThat(Window.shows(robot, "•  Audit.Reader loses attributes.field0 in stream audit.desk"))
                .isTrue();
        assertThat(robot.from(summary).lookup(".list-cell").queryAll()).hasSizeLessThan(60);
        robot.interact(() -> summary.scrollTo(399));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(Window.shows(robot, "•  Audit.Reader loses attributes.field399 in stream audit.desk"))
                .isTrue();
        assertThat(robot.from(summary).lookup(".list-cell").queryAll()).hasSizeLessThan(60);
        window.pictures(robot, "review-hundreds");
    }

    @Test
    void aSentenceIsInTheLanguageOfTheWindowWhereTheApplianceTellsItSo() {
        String told = """
                ,"told":["in-streams",["may-now-so","Audit.Reader","records.read",%s],["all-of","hr","audit.*",["other-streams"]]]}\
                """;
        Json.Obj change = Json.parseObject(change("access", "Audit.Reader may now …")
                .replaceFirst("}$", told.formatted("[\"when\",\"time > now\"]"))
                .getBytes(UTF_8));
        Json.Obj later = Json.parseObject(change("access", "Audit.Reader may now …")
                .replaceFirst("}$", told.formatted("[\"at-full-moon\"]"))
                .getBytes(UTF_8));
        assertThat(sentence(change))
                .isEqualTo(
                        "Audit.Reader darf jetzt: records.read, wenn time > now – in den Strömen hr, audit.*, (alle anderen)");
        assertThat(sentence(later)).as("of a later version").isEqualTo("Audit.Reader may now …");
        assertThat(sentence(change.without("told"))).as("of an earlier one").isEqualTo("Audit.Reader may now …");
    }

    private static String sentence(Json.Obj change) {
        Json.Obj proposal =
                Json.parseObject(proposal("hide-wards", "open", "cas@example.com", "", "", true, change.toString())
                        .bytes());
        return Sentence.of(PolicyProposal.fromJson(proposal).changes().getFirst(), Locale.GERMAN);
    }

    @Test
    void whoMayOnlyReadIsOfferedNothingAndToldWhy(FxRobot robot) {
        keys.make("", new SecureRandom());
        robot.interact(() -> window.connection.enter(Window.ann(Set.of("policy.read"))));
        show(robot, proposal("hide-wards", "open", "cas@example.com", "", true), true, null);
        for (String button : List.of("#approve", "#reject")) {
            assertThat(robot.lookup(button).queryButton().isDisabled()).isTrue();
            assertThat(robot.lookup(button).queryButton().getAccessibleHelp())
                    .isEqualTo("The rules in force do not allow your roles this (policy.approve).");
        }
        assertThat(robot.lookup("#comment").queryButton().getAccessibleHelp()).contains("policy.review");
        assertThat(Window.shows(robot, "The rules in force do not allow your roles this (policy.approve)."))
                .isTrue();
        window.pictures(robot, "review-reader");
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

    private static final String COMMIT = "c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00";

    private static final String COMMENTS = String.join(
            ",",
            comment("dan@example.com", "0".repeat(40), "\"file\":\"masking.yaml\",\"line\":2,", "Too wide.", null),
            comment(
                    "ben@example.com",
                    COMMIT,
                    "\"file\":\"classification.yaml\",\"line\":15,",
                    "Whoever looks after the machines knows the ward from the device anyway. Is it that of the patient"
                            + " or that of the nurse?\\nIf both: say so in the rule’s name.",
                    DIGEST),
            comment("cas@example.com", COMMIT, "\"file\":\"classification.yaml\",\"line\":15,", "Both.", null),
            comment("ann@example.com", COMMIT, "", "The works council has seen it.", null));

    private void showCommented(FxRobot robot) {
        keys.make("secret", new SecureRandom());
        String asked = approval("ben@example.com", "Compliance.Reviewer", "reject", false);
        show(robot, proposal("hide-wards", "open", "cas@example.com", asked, COMMENTS, true), true, null);
    }

    @Test
    void whatWasSaidStandsInTheSummaryAndBelowItsLine(FxRobot robot) {
        showCommented(robot);
        robot.interact(() -> {
            ListView<SummaryRow> summary = robot.lookup("#summary").queryListView();
            summary.scrollTo(summary.getItems().size() - 1);
        });
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(Window.shows(robot, "ben@example.com asks for changes")).isTrue();
        assertThat(Window.shows(robot, "Of an older commit: 0000000000")).isTrue();
        assertThat(Window.shows(robot, "The works council has seen it.")).isTrue();
        window.pictures(robot, "review-comments");

        robot.interact(() -> robot.lookup(".hyperlink").queryAllAs(Hyperlink.class).stream()
                .filter(link -> link.getText().equals("classification.yaml, line 15"))
                .findFirst()
                .orElseThrow()
                .fire());
        WaitForAsyncUtils.waitForFxEvents();

        FileRow row = diff(robot).getSelectionModel().getSelectedItem();
        assertThat(row.place()).isEqualTo(new Place("classification.yaml", 15));
        assertThat(diff(robot).getItems().stream().filter(FileRow.Said.class::isInstance))
                .as("of this commit")
                .hasSize(2);
        window.pictures(robot, "review-files-comments");
    }

    private static ListView<FileRow> diff(FxRobot robot) {
        return robot.lookup("#diff").queryListView();
    }

    private static void chooseLine(FxRobot robot, int line, DiffRow.Kind kind) {
        robot.interact(() -> {
            robot.lookup("#tabs").queryAs(TabPane.class).getSelectionModel().select(1);
            ListView<FileRow> diff = diff(robot);
            FileRow wanted = diff.getItems().stream()
                    .filter(each -> each instanceof FileRow.Compared compared
                            && compared.row().kind() == kind
                            && Math.max(
                                            compared.row().afterLine(),
                                            compared.row().beforeLine())
                                    == line)
                    .findFirst()
                    .orElseThrow();
            diff.getSelectionModel().select(wanted);
            diff.requestFocus();
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    @Test
    void aKeyOnALineWritesACommentOnIt(FxRobot robot) {
        showCommented(robot);
        chooseLine(robot, 16, DiffRow.Kind.ADDED);
        robot.push(KeyCode.ENTER);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(Window.shows(robot, "What you say of classification.yaml, line 16"))
                .isTrue();
        Button act = robot.lookup("#act").query();
        assertThat(act.isDisabled()).isTrue();

        robot.interact(() -> words(robot).setText("x".repeat(4001)));
        assertThat(act.isDisabled()).isTrue();
        robot.interact(() -> words(robot).setText("Is that so for every ward?"));
        assertThat(act.isDisabled()).isFalse();
        window.pictures(robot, "review-writing");
    }

    private static TextArea words(FxRobot robot) {
        return robot.lookup("#words").query();
    }

    @Test
    void changesAreAskedForWithAReasonAndThePassphrase(FxRobot robot) {
        showCommented(robot);
        robot.interact(() -> robot.lookup("#reject").queryButton().fire());
        WaitForAsyncUtils.waitForFxEvents();
        Button act = robot.lookup("#act").query();
        robot.interact(() ->
                robot.lookup("#keyPassphrase").queryAs(TextInputControl.class).setText("secret"));
        assertThat(act.isDisabled()).as("no reason").isTrue();
        robot.interact(() -> words(robot).setText("Name the wards."));
        assertThat(act.isDisabled()).isFalse();
        window.pictures(robot, "review-asking");
    }

    @Test
    void nothingIsSaidOfALineThatIsTakenOut(FxRobot robot) {
        showCommented(robot);
        chooseLine(robot, 5, DiffRow.Kind.REMOVED);
        Button commentLine = robot.lookup("#commentLine").query();
        assertThat(commentLine.isDisabled()).isTrue();
        assertThat(commentLine.getAccessibleHelp()).startsWith("This is not in the proposed commit any more");
        robot.push(KeyCode.ENTER);
        assertThat(robot.lookup("#words").tryQuery()).isEmpty();
    }
}
