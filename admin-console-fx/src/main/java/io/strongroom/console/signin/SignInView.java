package io.strongroom.console.signin;

import atlantafx.base.controls.PasswordTextField;
import io.strongroom.api.About;
import io.strongroom.console.connection.Appliance;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.look.Fxml;
import io.strongroom.console.look.QrCode;
import io.strongroom.console.look.Sign;
import io.strongroom.console.signin.SignInViewModel.Page;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Trouble;
import java.util.List;
import java.util.Map;
import javafx.application.Platform;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.image.ImageView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The way in, as a card in the middle of the window, a page for each thing that is asked for. */
public final class SignInView {
    private static final int QR_PIXELS = 168;

    private final SignInViewModel model;
    private final Desk desk;
    private final Texts texts;

    @FXML
    private Label applianceName;

    @FXML
    private Label applianceDetail;

    @FXML
    private Label applianceFingerprint;

    @FXML
    private HBox problem;

    @FXML
    private Label problemTitle;

    @FXML
    private Label problemDetail;

    @FXML
    private ProgressBar working;

    @FXML
    private VBox appliancePage;

    @FXML
    private TextField address;

    @FXML
    private TextField fingerprint;

    @FXML
    private VBox known;

    @FXML
    private VBox signInPage;

    @FXML
    private TextField officer;

    @FXML
    private PasswordTextField password;

    @FXML
    private TextField code;

    @FXML
    private VBox firstPage;

    @FXML
    private TextField setupCode;

    @FXML
    private TextField firstId;

    @FXML
    private TextField firstName;

    @FXML
    private VBox invitationPage;

    @FXML
    private TextField invitation;

    @FXML
    private VBox authenticatorPage;

    @FXML
    private ImageView qr;

    @FXML
    private TextField secret;

    @FXML
    private PasswordTextField newPassword;

    @FXML
    private PasswordTextField newPasswordAgain;

    @FXML
    private TextField newCode;

    @FXML
    private VBox recoveryPage;

    @FXML
    private TextArea recovery;

    @FXML
    private VBox tokenBox;

    @FXML
    private TextField token;

    @FXML
    private VBox keyPage;

    @FXML
    private PasswordTextField passphrase;

    @FXML
    private PasswordTextField passphraseAgain;

    @FXML
    private Button chooseStep;

    @FXML
    private Button signInStep;

    @FXML
    private Button firstStep;

    @FXML
    private Button invitationStep;

    @FXML
    private Button acceptStep;

    @FXML
    private Button notedStep;

    @FXML
    private Button keyStep;

    private List<Button> steps = List.of();

    private SignInView(SignInViewModel model, Desk desk) {
        this.model = model;
        this.desk = desk;
        this.texts = desk.texts();
    }

    /** What is shown while nobody is signed in. */
    public static Parent of(SignInViewModel model, Desk desk) {
        return Fxml.load(new SignInView(model, desk), desk.texts());
    }

    @FXML
    private void initialize() {
        steps = List.of(chooseStep, signInStep, firstStep, invitationStep, acceptStep, notedStep, keyStep);
        Map<Page, VBox> pages = Map.of(
                Page.APPLIANCE,
                appliancePage,
                Page.SIGN_IN,
                signInPage,
                Page.FIRST_START,
                firstPage,
                Page.INVITATION,
                invitationPage,
                Page.AUTHENTICATOR,
                authenticatorPage,
                Page.RECOVERY,
                recoveryPage,
                Page.KEY,
                keyPage);
        pages.values().forEach(page -> page.managedProperty().bind(page.visibleProperty()));
        problem.managedProperty().bind(problem.visibleProperty());
        tokenBox.managedProperty().bind(tokenBox.visibleProperty());
        model.page()
                .subscribe(now -> pages.forEach((page, box) -> {
                    box.setVisible(page == now);
                    if (page == now) {
                        shown(page, box);
                    }
                }));
        model.trouble().subscribe(this::trouble);
        model.busy().subscribe(busy -> {
            working.setOpacity(busy ? 1 : 0);
            steps.forEach(step -> step.setDisable(busy));
        });
        model.about().subscribe(this::about);
        model.newcomer().subscribe(met -> {
            if (met != null) {
                qr.setImage(QrCode.of(met.authenticator().uri(), QR_PIXELS));
                secret.setText(met.authenticator().secret());
            }
        });
        model.once().subscribe(told -> {
            recovery.setText(told == null ? "" : String.join("\n", told.recoveryCodes()));
            String administrator = told == null ? null : told.administratorToken();
            tokenBox.setVisible(administrator != null);
            token.setText(administrator == null ? "" : administrator);
        });
        known();
    }

    /** Passwords and codes do not outlive their page; the keyboard goes to the first field that is empty. */
    private void shown(Page page, VBox box) {
        for (TextField field :
                List.of(password, code, newPassword, newPasswordAgain, newCode, passphrase, passphraseAgain)) {
            field.clear();
        }
        for (Button step : steps) {
            step.setDefaultButton(step.getParent() != null && within(step, box));
        }
        if (page == Page.SIGN_IN) {
            officer.setText(model.officer());
        }
        if (page == Page.APPLIANCE && model.appliance() != null) {
            Appliance last = model.appliance();
            address.setText(last.address().toString());
            fingerprint.setText(last.fingerprint().toString());
        }
        Platform.runLater(() -> lead(box));
    }

    /** The keyboard goes to the first field that is empty; where none is, to what goes on. */
    private void lead(VBox box) {
        box.lookupAll(".text-field").stream()
                .filter(node ->
                        node instanceof TextField field && field.getText().isEmpty())
                .findFirst()
                .or(() -> steps.stream()
                        .filter(step -> within(step, box))
                        .map(Node.class::cast)
                        .findFirst())
                .ifPresent(Node::requestFocus);
    }

    private static boolean within(Node node, Node container) {
        for (@Nullable Node at = node; at != null; at = at.getParent()) {
            if (at == container) {
                return true;
            }
        }
        return false;
    }

    private void about(@Nullable About found) {
        applianceName.setText(found == null ? texts.get("signin.title") : found.origin());
        Appliance at = model.appliance();
        applianceDetail.setText(
                found == null || at == null
                        ? texts.get("signin.title.why")
                        : at.address().toString());
        applianceFingerprint.setText(at == null ? "" : at.fingerprint().hex());
        applianceFingerprint.setVisible(found != null);
        applianceFingerprint.setManaged(found != null);
    }

    private void trouble(@Nullable Trouble why) {
        problem.setVisible(why != null);
        if (why == null) {
            return;
        }
        // A button that was pressed could not keep the keyboard while it was answered.
        steps.stream().filter(Button::isDefaultButton).findFirst().ifPresent(step -> lead((VBox) step.getParent()));
        problem.getChildren().set(0, (model.another().get() ? Sign.FAILS : Sign.DOUBTFUL).icon());
        problemTitle.setText(why.title());
        problemDetail.setText((why.detail() + " " + why.action()).strip());
    }

    private void known() {
        for (Appliance each : model.known()) {
            Hyperlink link = new Hyperlink(each.address().toString());
            link.setOnAction(pressed -> model.choose(each));
            known.getChildren().add(link);
        }
        known.setVisible(!model.known().isEmpty());
        known.managedProperty().bind(known.visibleProperty());
    }

    @FXML
    private void choose() {
        model.choose(address.getText(), fingerprint.getText());
    }

    @FXML
    private void signIn() {
        model.signIn(officer.getText(), password.getPassword(), code.getText());
        // A code counts once, whatever becomes of it.
        code.clear();
    }

    @FXML
    private void toAppliance() {
        model.go(Page.APPLIANCE);
    }

    @FXML
    private void toSignIn() {
        model.go(Page.SIGN_IN);
    }

    @FXML
    private void toFirst() {
        model.go(Page.FIRST_START);
    }

    @FXML
    private void toInvitation() {
        model.go(Page.INVITATION);
    }

    @FXML
    private void first() {
        model.firstStart(setupCode.getText(), firstId.getText(), firstName.getText());
    }

    @FXML
    private void open() {
        model.invitation(invitation.getText());
    }

    @FXML
    private void accept() {
        model.accept(newPassword.getPassword(), newPasswordAgain.getPassword(), newCode.getText());
    }

    @FXML
    private void copyCodes() {
        desk.dialogs().copy(recovery.getText());
    }

    @FXML
    private void copyToken() {
        desk.dialogs().copy(token.getText());
    }

    @FXML
    private void noted() {
        model.noted();
    }

    @FXML
    private void makeKey() {
        model.makeKey(passphrase.getPassword(), passphraseAgain.getPassword());
    }

    @FXML
    private void later() {
        model.enter();
    }
}
