package io.strongroom.console.devices;

import io.strongroom.api.DeviceGroup;
import io.strongroom.api.EnrolmentToken;
import io.strongroom.console.desk.Action;
import io.strongroom.console.desk.Deeds;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.devices.EnrolmentViewModel.CodeState;
import io.strongroom.console.look.Columns;
import io.strongroom.console.look.Fxml;
import io.strongroom.console.look.Sign;
import io.strongroom.console.look.StatePane;
import io.strongroom.console.look.WhyNot;
import io.strongroom.console.text.Texts;
import java.util.List;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.material2.Material2OutlinedAL;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/** Codes by which devices are enrolled, and groups. */
final class EnrolmentView {
    private static final int HALF = 30;

    private final EnrolmentViewModel model;
    private final Deeds deeds;
    private final Desk desk;
    private final Texts texts;
    private final Action newCode;
    private final Action newGroup;

    @FXML
    private Button make;

    @FXML
    private Button revoke;

    @FXML
    private Button add;

    @FXML
    private Button change;

    @FXML
    private Button collectGroup;

    @FXML
    private StatePane tokensState;

    @FXML
    private TableView<EnrolmentToken> tokens;

    @FXML
    private StatePane groupsState;

    @FXML
    private TableView<DeviceGroup> groups;

    EnrolmentView(EnrolmentViewModel model, Deeds deeds, Desk desk) {
        this.model = model;
        this.deeds = deeds;
        this.desk = desk;
        this.texts = desk.texts();
        this.newCode = action("devices.token.make", this::make);
        this.newGroup = action("devices.group.add", () -> group(null));
    }

    private Action action(String key, Runnable run) {
        return new Action(texts.bundle().getString(key), null, run, deeds.whyNot(DevicesScreen.MANAGE)).beginning();
    }

    List<Action> actions() {
        return List.of(newCode, newGroup);
    }

    List<String> onceChosen() {
        return List.of(texts.get("devices.token.revoke"), texts.get("devices.group.change"));
    }

    Parent load() {
        return Fxml.load(this, texts);
    }

    @FXML
    private void initialize() {
        Columns.of(tokens)
                .node(texts.get("devices.column.standing"), 110, this::state)
                .text(texts.get("devices.column.label"), 130, EnrolmentToken::label)
                .text(texts.get("devices.column.group"), 80, EnrolmentToken::group)
                .text(texts.get("devices.column.until"), 165, each -> desk.times()
                        .minute(each.expiresAt()))
                .text(texts.get("devices.column.by"), 120, EnrolmentToken::madeBy)
                .mono(texts.get("devices.column.device"), 130, EnrolmentToken::device);
        Columns.of(groups)
                .text(texts.get("devices.column.group"), 110, DeviceGroup::name)
                .text(texts.get("devices.column.approval"), 150, each -> approval(each.approval()))
                .text(texts.get("devices.column.by"), 110, DeviceGroup::madeBy);
        desk.times().whenTold(tokens, () -> tokens.refresh());
        tokensState.bind(
                model.tokens().state(),
                tokens,
                texts,
                new StatePane.Nothing(
                        Material2OutlinedMZ.VPN_KEY, texts.get("devices.tokens.none"), texts.get("devices.tokens.why")),
                model::refresh);
        groupsState.bind(
                model.groups().state(),
                groups,
                texts,
                new StatePane.Nothing(
                        Material2OutlinedAL.GROUP_WORK,
                        texts.get("devices.groups.none"),
                        texts.get("devices.groups.why")),
                model::refresh);
        newCode.on(make);
        newGroup.on(add);
        var group = groups.getSelectionModel().selectedItemProperty();
        var noGroup = deeds.whyNot(
                DevicesScreen.MANAGE, () -> group.get() == null ? texts.get("devices.group.choose") : null, group);
        WhyNot.bind(change, noGroup);
        WhyNot.bind(collectGroup, noGroup);
        var token = tokens.getSelectionModel().selectedItemProperty();
        WhyNot.bind(revoke, deeds.whyNot(DevicesScreen.MANAGE, () -> notRevoked(token.get()), token));
        revoke.setOnAction(pressed -> revoke(tokens.getSelectionModel().getSelectedItem()));
        change.setOnAction(pressed -> group(group.get()));
        collectGroup.setOnAction(pressed -> collect(group.get()));
    }

    private @Nullable String notRevoked(@Nullable EnrolmentToken token) {
        return token == null
                ? texts.get("devices.token.choose")
                : model.state(token) == CodeState.OPEN ? null : texts.get("devices.token.spent");
    }

    private String approval(boolean needed) {
        return texts.get(needed ? "devices.approval.yes" : "devices.approval.no");
    }

    private Node state(EnrolmentToken token) {
        CodeState state = model.state(token);
        Sign sign = state == CodeState.USED ? Sign.HOLDS : state == CodeState.OPEN ? Sign.DOUBTFUL : Sign.NEUTRAL;
        return sign.said(texts.get("devices.code." + state));
    }

    /** Asks for what a code is made of, and makes it. */
    void make() {
        TextField label = new TextField();
        label.setPromptText(texts.get("devices.token.label.prompt"));
        ComboBox<String> group = new ComboBox<>();
        List<DeviceGroup> known = model.groups().state().get().value();
        group.getItems()
                .setAll(
                        known == null || known.isEmpty()
                                ? List.of("default")
                                : known.stream().map(DeviceGroup::name).toList());
        group.getSelectionModel()
                .select(
                        group.getItems().contains("default")
                                ? "default"
                                : group.getItems().getFirst());
        group.setMaxWidth(Double.MAX_VALUE);
        Spinner<Integer> minutes = new Spinner<>(1, EnrolmentViewModel.MOST_MINUTES, HALF);
        minutes.setEditable(true);
        VBox form = new VBox(
                name("devices.column.label", label),
                label,
                name("devices.column.group", group),
                group,
                name("devices.token.minutes", minutes),
                minutes);
        form.getStyleClass().add("fields");
        desk.dialogs()
                .form(
                        texts.get("devices.token.make"),
                        form,
                        label,
                        texts.get("devices.token.make"),
                        label.textProperty().map(typed -> !typed.isBlank()),
                        () -> model.make(label.getText(), group.getValue(), minutes.getValue(), this::made));
    }

    private Label name(String key, Node of) {
        Label label = new Label(texts.get(key));
        label.setLabelFor(of);
        return label;
    }

    /** Shows a code, this once, in the line that is typed on the device. */
    private void made(EnrolmentToken token) {
        String code = String.valueOf(token.code());
        Label why = new Label(
                texts.get("devices.token.made", token.label(), desk.times().full(token.expiresAt())));
        why.setWrapText(true);
        TextField address = new TextField(model.address());
        TextArea command = new TextArea();
        command.setEditable(false);
        command.setWrapText(true);
        command.setPrefRowCount(6);
        command.getStyleClass().addAll("mono", "small");
        command.setId("enrolment-command");
        address.textProperty().subscribe(at -> command.setText(EnrolmentViewModel.command(at, code)));
        Button copy = new Button(texts.get("devices.token.copy"));
        copy.getStyleClass().add("accent");
        copy.setOnAction(pressed -> {
            model.address(address.getText());
            desk.dialogs().copy(command.getText());
        });
        Button codeOnly = new Button(texts.get("devices.token.copy.code"));
        codeOnly.setOnAction(pressed -> desk.dialogs().copy(code));
        javafx.scene.layout.HBox buttons = new javafx.scene.layout.HBox(8, copy, codeOnly);
        VBox form = new VBox(
                why,
                name("devices.token.address", address),
                address,
                name("devices.token.command", command),
                command,
                buttons);
        form.getStyleClass().add("fields");
        desk.dialogs()
                .form(texts.get("devices.token.once"), form, copy, null, new SimpleBooleanProperty(true), () -> {});
    }

    private void revoke(EnrolmentToken token) {
        desk.dialogs()
                .confirm(
                        texts.get("devices.token.revoke"),
                        texts.get("devices.token.revoke.why", token.label()),
                        texts.get("devices.token.revoke"),
                        () -> model.revoke(token));
    }

    private void collect(DeviceGroup group) {
        desk.dialogs()
                .confirm(
                        texts.get("devices.collect"),
                        texts.get("devices.group.collect.why", group.name()),
                        texts.get("devices.collect"),
                        () -> model.collect(group));
    }

    private void group(@Nullable DeviceGroup before) {
        TextField name = new TextField(before == null ? "" : before.name());
        name.setDisable(before != null);
        CheckBox approval = new CheckBox(texts.get("devices.group.approval"));
        approval.setSelected(before != null && before.approval());
        VBox form = new VBox(name("devices.column.group", name), name, approval);
        form.getStyleClass().add("fields");
        String act = texts.get(before == null ? "devices.group.add" : "devices.group.change");
        desk.dialogs()
                .form(
                        act,
                        form,
                        before == null ? name : approval,
                        act,
                        name.textProperty().map(typed -> !typed.isBlank()),
                        () -> model.putGroup(name.getText(), approval.isSelected()));
    }
}
