package io.strongroom.console.people;

import io.strongroom.api.Account;
import io.strongroom.api.Invitation;
import io.strongroom.api.KeyInfo;
import io.strongroom.api.Role;
import io.strongroom.console.desk.Action;
import io.strongroom.console.desk.Deeds;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.look.Columns;
import io.strongroom.console.look.Fxml;
import io.strongroom.console.look.Sign;
import io.strongroom.console.look.StatePane;
import io.strongroom.console.look.WhyNot;
import io.strongroom.console.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.material2.Material2OutlinedAL;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/** Accounts with the keys of the chosen one, invitations; beside them service tokens, and one's own account. */
final class PeopleView {
    private static final String MANAGE = "users.manage";

    private final PeopleViewModel model;
    private final Deeds deeds;
    private final Desk desk;
    private final Texts texts;
    private final ServiceTokensView tokensPage;
    private final OwnView ownPage;
    private final Action inviting;

    @FXML
    private StatePane accountsState;

    @FXML
    private TableView<Account> accounts;

    @FXML
    private StatePane invitationsState;

    @FXML
    private TableView<Invitation> invitations;

    @FXML
    private StatePane keysState;

    @FXML
    private TableView<KeyInfo> keys;

    @FXML
    private Label keysOf;

    @FXML
    private Label noneChosen;

    @FXML
    private Button roles;

    @FXML
    private Button disable;

    @FXML
    private Button invite;

    @FXML
    private Button withdraw;

    @FXML
    private Button revokeKey;

    @FXML
    private TabPane tabs;

    @FXML
    private Tab tokens;

    @FXML
    private Tab own;

    PeopleView(PeopleViewModel model, Deeds deeds, Desk desk, ServiceTokensView tokensPage, OwnView ownPage) {
        this.model = model;
        this.deeds = deeds;
        this.desk = desk;
        this.texts = desk.texts();
        this.tokensPage = tokensPage;
        this.ownPage = ownPage;
        this.inviting = new Action(texts.get("people.invite"), null, this::invite, deeds.whyNot(MANAGE)).beginning();
    }

    List<Action> actions() {
        List<Action> all = new ArrayList<>();
        all.add(on(() -> tabs.getTabs().getFirst(), inviting));
        tokensPage.actions().forEach(action -> all.add(on(() -> tokens, action)));
        ownPage.actions().forEach(action -> all.add(on(() -> own, action)));
        return all;
    }

    /** The same, done on its page. */
    private Action on(Supplier<Tab> page, Action action) {
        return action.doing(() -> {
            tabs.getSelectionModel().select(page.get());
            action.run().run();
        });
    }

    List<String> onceChosen() {
        return Stream.of(
                        "people.roles",
                        "people.disable",
                        "people.withdraw",
                        "people.key.revoke",
                        "people.token.revoke",
                        "people.end")
                .map(key -> texts.bundle().getString(key))
                .toList();
    }

    Parent load() {
        return Fxml.load(this, texts);
    }

    @FXML
    private void initialize() {
        tokens.setContent(tokensPage.load());
        own.setContent(ownPage.load());
        Columns.of(accounts)
                .node(texts.get("people.column.state"), 110, each -> (each.active() ? Sign.HOLDS : Sign.NEUTRAL)
                        .said(texts.get(each.active() ? "people.active" : "people.inactive")))
                .text(texts.get("people.column.name"), 180, Account::name)
                .text(texts.get("people.column.officer"), 200, Account::officer)
                .text(texts.get("people.column.roles"), 420, each -> roles(each.roles()));
        Columns.of(invitations)
                .text(texts.get("people.column.name"), 130, Invitation::name)
                .text(texts.get("people.column.officer"), 150, Invitation::officer)
                .text(texts.get("people.column.roles"), 150, each -> roles(each.roles()))
                .text(texts.get("people.column.until"), 150, each -> desk.times()
                        .full(each.expiresAt()));
        Columns.of(keys)
                .node(texts.get("people.column.state"), 110, each -> key(each, texts))
                .mono(texts.get("people.column.key"), 220, KeyInfo::id)
                .text(texts.get("people.column.enrolled"), 150, each -> desk.times()
                        .full(each.enrolledAt()));
        states();
        model.accounts().state().subscribe(now -> {
            Account chosen = model.chosen().get();
            accounts.getItems().stream()
                    .filter(each -> chosen != null && each.officer().equals(chosen.officer()))
                    .findFirst()
                    .ifPresent(accounts.getSelectionModel()::select);
        });
        accounts.getSelectionModel().selectedItemProperty().addListener((at, was, is) -> {
            if (is != null) {
                model.chosen().set(is);
            }
        });
        model.chosen()
                .subscribe(whose -> keysOf.setText(
                        whose == null ? texts.get("people.keys") : texts.get("people.keys.of", whose.name())));
        noneChosen.visibleProperty().bind(model.chosen().isNull());
        List.of(invitations, keys).forEach(table -> desk.times().whenTold(table, table::refresh));
        buttons();
    }

    static String roles(Set<Role> roles) {
        return String.join(", ", Role.wires(roles));
    }

    static Node key(KeyInfo key, Texts texts) {
        return (key.revokedAt() == null ? Sign.HOLDS : Sign.NEUTRAL)
                .said(texts.get(key.revokedAt() == null ? "people.key.counts" : "people.key.gone"));
    }

    private void states() {
        accountsState.bind(
                model.accounts().state(),
                accounts,
                texts,
                new StatePane.Nothing(
                        Material2OutlinedMZ.PEOPLE,
                        texts.get("people.accounts.none"),
                        texts.get("people.accounts.none.why")),
                model::refresh);
        invitationsState.bind(
                model.invitations().state(),
                invitations,
                texts,
                new StatePane.Nothing(
                        Material2OutlinedAL.GROUP_ADD,
                        texts.get("people.invitations.none"),
                        texts.get("people.invitations.none.why")),
                model::refresh);
        keysState.bind(
                model.keys().state(),
                keys,
                texts,
                new StatePane.Nothing(
                        Material2OutlinedMZ.VPN_KEY, texts.get("people.keys.none"), texts.get("people.keys.none.why")),
                model::refresh);
    }

    private void buttons() {
        inviting.on(invite);
        WhyNot.bind(roles, Forms.whyNot(deeds, MANAGE, accounts, texts.get("people.choose")));
        roles.setOnAction(pressed -> roles(accounts.getSelectionModel().getSelectedItem()));
        var account = accounts.getSelectionModel().selectedItemProperty();
        WhyNot.bind(disable, deeds.whyNot(MANAGE, () -> notDisabled(account.get()), account));
        disable.setOnAction(pressed -> {
            Account whose = accounts.getSelectionModel().getSelectedItem();
            confirm("people.disable", texts.get("people.disable.why", whose.name()), () -> model.disable(whose));
        });
        WhyNot.bind(withdraw, Forms.whyNot(deeds, MANAGE, invitations, texts.get("people.invitation.choose")));
        withdraw.setOnAction(pressed -> {
            Invitation which = invitations.getSelectionModel().getSelectedItem();
            confirm("people.withdraw", texts.get("people.withdraw.why", which.name()), () -> model.withdraw(which));
        });
        var chosenKey = keys.getSelectionModel().selectedItemProperty();
        WhyNot.bind(revokeKey, deeds.whyNot(MANAGE, () -> notRevoked(chosenKey.get()), chosenKey));
        revokeKey.setOnAction(pressed -> {
            KeyInfo key = keys.getSelectionModel().getSelectedItem();
            confirm("people.key.revoke", texts.get("people.key.revoke.why", key.officer()), () -> model.revoke(key));
        });
    }

    private @Nullable String notDisabled(@Nullable Account account) {
        return account == null
                ? texts.get("people.choose")
                : account.active() ? null : texts.get("people.disabled.already");
    }

    private @Nullable String notRevoked(@Nullable KeyInfo key) {
        return key == null
                ? texts.get("people.key.choose")
                : key.revokedAt() == null ? null : texts.get("people.key.revoked.already");
    }

    private void confirm(String title, String text, Runnable done) {
        String act = texts.bundle().getString(title);
        desk.dialogs().confirm(act, text, act, done);
    }

    private String role(Role role) {
        return role.wire() + ": " + texts.get("people.role." + role);
    }

    void invite() {
        TextField officer = new TextField();
        officer.setPromptText("ben@example.com");
        TextField name = new TextField();
        name.setPromptText("Ben Example");
        Forms.Choice<Role> chosen = new Forms.Choice<>(List.of(Role.values()), Set.of(), this::role);
        desk.dialogs()
                .form(
                        texts.get("people.invite"),
                        Forms.fields(
                                Forms.name(texts, "people.invite.officer", officer),
                                officer,
                                Forms.name(texts, "people.column.name", name),
                                name,
                                Forms.name(texts, "people.column.roles", chosen),
                                chosen),
                        officer,
                        texts.get("people.invite"),
                        chosen.ready(
                                () -> PeopleViewModel.invitable(officer.getText(), name.getText(), chosen.chosen()),
                                officer.textProperty(),
                                name.textProperty()),
                        () -> model.invite(officer.getText(), name.getText(), chosen.chosen(), this::invited));
    }

    private void invited(Invitation made) {
        Forms.once(
                desk,
                texts.get("people.invited"),
                texts.get("people.invited.why", made.name(), desk.times().full(made.expiresAt())),
                String.valueOf(made.code()),
                2);
    }

    private void roles(Account whose) {
        Forms.Choice<Role> chosen = new Forms.Choice<>(List.of(Role.values()), whose.roles(), this::role);
        desk.dialogs()
                .form(
                        texts.get("people.roles.of", whose.name()),
                        chosen,
                        chosen.getChildren().getFirst(),
                        texts.get("people.roles"),
                        chosen.ready(() -> !chosen.chosen().isEmpty()),
                        () -> model.setRoles(whose, chosen.chosen()));
    }
}
