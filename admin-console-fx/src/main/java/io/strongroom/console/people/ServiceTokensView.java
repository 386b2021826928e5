package io.strongroom.console.people;

import io.strongroom.api.Scope;
import io.strongroom.api.ServiceToken;
import io.strongroom.api.TokenRequest;
import io.strongroom.console.desk.Action;
import io.strongroom.console.desk.Deeds;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.look.Columns;
import io.strongroom.console.look.Fxml;
import io.strongroom.console.look.Sign;
import io.strongroom.console.look.StatePane;
import io.strongroom.console.look.WhyNot;
import io.strongroom.console.text.Texts;
import java.util.List;
import java.util.Set;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Spinner;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/** The tokens of services. */
final class ServiceTokensView {
    private static final int MOST_DAYS = 365;

    private final ServiceTokensViewModel model;
    private final Deeds deeds;
    private final Desk desk;
    private final Texts texts;
    private final Action making;

    @FXML
    private StatePane state;

    @FXML
    private TableView<ServiceToken> table;

    @FXML
    private Button make;

    @FXML
    private Button revoke;

    ServiceTokensView(ServiceTokensViewModel model, Deeds deeds, Desk desk) {
        this.model = model;
        this.deeds = deeds;
        this.desk = desk;
        this.texts = desk.texts();
        this.making =
                new Action(texts.get("people.token.make"), null, this::make, deeds.whyNot("tokens.manage")).beginning();
    }

    List<Action> actions() {
        return List.of(making);
    }

    Parent load() {
        return Fxml.load(this, texts);
    }

    @FXML
    private void initialize() {
        Columns.of(table)
                .node(texts.get("people.column.state"), 110, this::counts)
                .text(texts.get("people.column.name"), 180, ServiceToken::name)
                .text(
                        texts.get("people.column.scopes"),
                        150,
                        each -> String.join(
                                ", ",
                                each.scopes().stream().sorted().map(Scope::wire).toList()))
                .text(texts.get("people.column.sources"), 200, each -> String.join(", ", each.sources()))
                .text(texts.get("people.column.until"), 150, each -> desk.times()
                        .full(each.expiresAt()))
                .text(texts.get("people.column.by"), 150, ServiceToken::madeBy);
        desk.times().whenTold(table, () -> table.refresh());
        state.bind(
                model.tokens().state(),
                table,
                texts,
                new StatePane.Nothing(
                        Material2OutlinedMZ.VPN_KEY, texts.get("people.tokens.none"), texts.get("people.tokens.why")),
                model::refresh);
        making.on(make);
        WhyNot.bind(revoke, Forms.whyNot(deeds, "tokens.manage", table, texts.get("people.token.choose")));
        revoke.setOnAction(pressed -> {
            ServiceToken token = table.getSelectionModel().getSelectedItem();
            desk.dialogs()
                    .confirm(
                            texts.get("people.token.revoke"),
                            texts.get("people.token.revoke.why", token.name()),
                            texts.get("people.token.revoke"),
                            () -> model.revoke(token));
        });
    }

    private Node counts(ServiceToken token) {
        boolean gone = model.expired(token);
        return (gone ? Sign.NEUTRAL : Sign.HOLDS).said(texts.get(gone ? "people.token.gone" : "people.token.counts"));
    }

    private void make() {
        TextField name = new TextField();
        Forms.Choice<Scope> scopes = new Forms.Choice<>(
                List.of(Scope.values()),
                Set.of(Scope.INGEST),
                each -> each.wire() + ": " + texts.get("people.scope." + each));
        TextField sources = new TextField();
        sources.setPromptText("clinic-desk, clinic-lab");
        Spinner<Integer> days = new Spinner<>(1, MOST_DAYS, TokenRequest.DEFAULT_DAYS);
        days.setEditable(true);
        desk.dialogs()
                .form(
                        texts.get("people.token.make"),
                        Forms.fields(
                                Forms.name(texts, "people.column.name", name),
                                name,
                                Forms.name(texts, "people.column.scopes", scopes),
                                scopes,
                                Forms.name(texts, "people.token.sources", sources),
                                sources,
                                Forms.name(texts, "people.token.days", days),
                                days),
                        name,
                        texts.get("people.token.make"),
                        scopes.ready(
                                () -> ServiceTokensViewModel.makeable(
                                        name.getText(), scopes.chosen(), sources.getText()),
                                name.textProperty(),
                                sources.textProperty()),
                        () -> model.make(
                                name.getText(), scopes.chosen(), sources.getText(), days.getValue(), this::made));
    }

    private void made(ServiceToken token) {
        Forms.once(
                desk,
                texts.get("people.token.made"),
                texts.get("people.token.made.why", token.name(), desk.times().full(token.expiresAt())),
                String.valueOf(token.token()),
                2);
    }
}
