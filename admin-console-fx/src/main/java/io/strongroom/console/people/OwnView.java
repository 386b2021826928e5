package io.strongroom.console.people;

import atlantafx.base.controls.PasswordTextField;
import io.strongroom.api.Account;
import io.strongroom.api.NewAuthenticator;
import io.strongroom.api.SessionInfo;
import io.strongroom.console.desk.Action;
import io.strongroom.console.desk.Deeds;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.look.Columns;
import io.strongroom.console.look.Fxml;
import io.strongroom.console.look.QrCode;
import io.strongroom.console.look.Sign;
import io.strongroom.console.look.StatePane;
import io.strongroom.console.look.WhyNot;
import io.strongroom.console.people.OwnViewModel.OwnKey;
import io.strongroom.console.text.Texts;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.image.ImageView;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/** One's own account. */
final class OwnView {
    private static final int QR_PIXELS = 200;

    private final OwnViewModel model;
    private final Deeds deeds;
    private final Desk desk;
    private final Texts texts;
    private final Action newPassword;
    private final Action newAuthenticator;
    private final Action newKey;
    private final Action leaving;

    @FXML
    private Label name;

    @FXML
    private Label roles;

    @FXML
    private Button password;

    @FXML
    private Button authenticator;

    @FXML
    private StatePane sessionsState;

    @FXML
    private TableView<SessionInfo> sessions;

    @FXML
    private Button end;

    @FXML
    private Button everywhere;

    @FXML
    private StatePane keysState;

    @FXML
    private TableView<OwnKey> keys;

    @FXML
    private Button make;

    @FXML
    private Button revoke;

    OwnView(OwnViewModel model, Deeds deeds, Desk desk) {
        this.model = model;
        this.deeds = deeds;
        this.desk = desk;
        this.texts = desk.texts();
        this.newPassword = action("people.password", this::password);
        this.newAuthenticator = action("people.authenticator", () -> model.newAuthenticator(this::confirm));
        this.newKey = action("people.key.make", this::makeKey);
        this.leaving = action("people.everywhere", this::leave);
    }

    private Action action(String key, Runnable run) {
        return new Action(texts.bundle().getString(key), null, run, deeds.whyNot("")).beginning();
    }

    List<Action> actions() {
        return List.of(newPassword, newAuthenticator, newKey, leaving);
    }

    Parent load() {
        return Fxml.load(this, texts);
    }

    @FXML
    private void initialize() {
        desk.connection().who().subscribe(who -> {
            if (who != null) {
                Account account = who.session().account();
                name.setText(account.name());
                roles.setText(account.officer() + "   " + PeopleView.roles(account.roles()));
            }
        });
        Columns.of(sessions)
                .node(texts.get("people.column.state"), 120, each -> (current(each) ? Sign.HOLDS : Sign.NEUTRAL)
                        .said(texts.get(current(each) ? "people.session.this" : "people.session.other")))
                .text(texts.get("people.column.address"), 160, SessionInfo::address)
                .text(texts.get("people.column.began"), 160, each -> desk.times()
                        .full(each.madeAt()))
                .text(texts.get("people.column.until"), 160, each -> desk.times()
                        .full(each.endsAt()));
        Columns.of(keys)
                .node(texts.get("people.column.state"), 120, each -> PeopleView.key(each.key(), texts))
                .text(
                        texts.get("people.column.here"),
                        160,
                        each -> texts.get(each.here() ? "people.key.here" : "people.key.elsewhere"))
                .mono(texts.get("people.column.key"), 320, each -> each.key().id())
                .text(texts.get("people.column.enrolled"), 160, each -> desk.times()
                        .full(each.key().enrolledAt()));
        model.sessions().state().subscribe(now -> {
            if (now.value() != null) {
                sessions.getItems().setAll(now.value().all());
            }
        });
        List.of(sessions, keys).forEach(table -> desk.times().whenTold(table, table::refresh));
        sessionsState.bind(
                model.sessions().state(),
                texts,
                all -> all.all().isEmpty(),
                new StatePane.Nothing(Material2OutlinedMZ.PERSON, texts.get("people.sessions.none"), ""),
                model::refresh);
        keysState.bind(
                model.keys().state(),
                keys,
                texts,
                new StatePane.Nothing(
                        Material2OutlinedMZ.VPN_KEY,
                        texts.get("people.own.keys.none"),
                        texts.get("people.own.keys.why"),
                        texts.get("people.key.make"),
                        this::makeKey),
                model::refresh);
        newPassword.on(password);
        newAuthenticator.on(authenticator);
        newKey.on(make);
        leaving.on(everywhere);
        var session = sessions.getSelectionModel().selectedItemProperty();
        WhyNot.bind(end, deeds.whyNot("", () -> notEnded(session.get()), session));
        end.setOnAction(pressed -> model.end(sessions.getSelectionModel().getSelectedItem()));
        var chosenKey = keys.getSelectionModel().selectedItemProperty();
        WhyNot.bind(revoke, deeds.whyNot("", () -> notRevoked(chosenKey.get()), chosenKey));
        revoke.setOnAction(pressed -> {
            OwnKey key = keys.getSelectionModel().getSelectedItem();
            desk.dialogs()
                    .confirm(
                            texts.get("people.key.revoke"),
                            texts.get("people.key.revoke.own"),
                            texts.get("people.key.revoke"),
                            () -> model.revoke(key.key()));
        });
    }

    private @Nullable String notEnded(@Nullable SessionInfo session) {
        return session == null
                ? texts.get("people.session.choose")
                : current(session) ? texts.get("people.session.own") : null;
    }

    private @Nullable String notRevoked(@Nullable OwnKey key) {
        return key == null
                ? texts.get("people.key.choose")
                : key.key().revokedAt() == null ? null : texts.get("people.key.revoked.already");
    }

    private boolean current(SessionInfo session) {
        OwnViewModel.Sessions known = model.sessions().state().get().value();
        return known != null && known.current().equals(session.id());
    }

    private void leave() {
        desk.dialogs()
                .confirm(
                        texts.get("people.everywhere"),
                        texts.get("people.everywhere.why"),
                        texts.get("people.everywhere"),
                        model::signOutEverywhere);
    }

    private void password() {
        PasswordTextField current = new PasswordTextField();
        PasswordTextField changed = new PasswordTextField();
        PasswordTextField again = new PasswordTextField();
        desk.dialogs()
                .form(
                        texts.get("people.password"),
                        Forms.fields(
                                Forms.why(texts.get("people.password.why")),
                                Forms.name(texts, "people.password.current", current),
                                current,
                                Forms.name(texts, "people.password.new", changed),
                                changed,
                                Forms.name(texts, "people.password.again", again),
                                again),
                        current,
                        texts.get("people.password"),
                        same(changed, again)
                                .and(Bindings.createBooleanBinding(
                                        () -> !current.getPassword().isEmpty(), current.textProperty())),
                        () -> model.changePassword(current.getPassword(), changed.getPassword()));
    }

    private static BooleanBinding same(PasswordTextField one, PasswordTextField other) {
        return Bindings.createBooleanBinding(
                () -> !one.getPassword().isEmpty() && one.getPassword().equals(other.getPassword()),
                one.textProperty(),
                other.textProperty());
    }

    private void confirm(NewAuthenticator made) {
        ImageView qr = new ImageView(QrCode.of(made.uri(), QR_PIXELS));
        TextField secret = new TextField(made.secret());
        secret.setEditable(false);
        secret.getStyleClass().add("mono");
        TextField code = new TextField();
        code.setPromptText("123456");
        desk.dialogs()
                .form(
                        texts.get("people.authenticator"),
                        Forms.fields(
                                Forms.why(texts.get("people.authenticator.why")),
                                qr,
                                secret,
                                Forms.name(texts, "people.authenticator.code", code),
                                code),
                        code,
                        texts.get("people.authenticator.use"),
                        code.textProperty().map(typed -> !typed.isBlank()),
                        () -> model.confirmAuthenticator(code.getText(), this::recovery));
    }

    private void recovery(List<String> codes) {
        Forms.once(
                desk,
                texts.get("people.recovery"),
                texts.get("people.recovery.why"),
                String.join("\n", codes),
                codes.size());
    }

    private void makeKey() {
        PasswordTextField passphrase = new PasswordTextField();
        PasswordTextField again = new PasswordTextField();
        Node focus = passphrase;
        desk.dialogs()
                .form(
                        texts.get("people.key.make"),
                        Forms.fields(
                                Forms.why(texts.get("people.own.keys.why")),
                                Forms.name(texts, "people.passphrase", passphrase),
                                passphrase,
                                Forms.name(texts, "people.passphrase.again", again),
                                again),
                        focus,
                        texts.get("people.key.make"),
                        same(passphrase, again),
                        () -> model.makeKey(passphrase.getPassword()));
    }
}
