package io.strongroom.console.shell;

import io.strongroom.api.Role;
import io.strongroom.console.connection.Connection;
import io.strongroom.console.connection.Watch;
import io.strongroom.console.desk.Action;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Screen;
import io.strongroom.console.desk.Spot;
import io.strongroom.console.look.Fxml;
import io.strongroom.console.look.Look;
import io.strongroom.console.look.Sign;
import io.strongroom.console.look.Tip;
import io.strongroom.console.text.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.event.EventHandler;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/** The window around the screens, once somebody is signed in; before that, the way in. */
public final class ShellView {
    private static final int SHORT_FINGERPRINT = 16;

    private final ShellViewModel model;
    private final Desk desk;
    private final Texts texts;
    private final Watch watch;
    private final Look look;
    private final ShellDialogs dialogs;
    private final Parent wayIn;
    private final @Nullable Runnable guide;
    private final Arrangement arrangement;
    private final EventHandler<WindowEvent> hiding;

    @FXML
    private StackPane root;

    @FXML
    private BorderPane frame;

    @FXML
    private Region environmentStripe;

    @FXML
    private Label appliance;

    @FXML
    private MenuButton environment;

    @FXML
    private Label fingerprint;

    @FXML
    private Button palette;

    @FXML
    private ToggleButton times;

    @FXML
    private MenuButton tasks;

    @FXML
    private Button alerts;

    @FXML
    private MenuButton user;

    @FXML
    private ScrollPane navigationScroll;

    @FXML
    private VBox navigation;

    @FXML
    private HBox lost;

    @FXML
    private Label lostText;

    @FXML
    private StackPane screen;

    @FXML
    private Label connection;

    @FXML
    private Label checkpoint;

    @FXML
    private Label policy;

    private ShellView(
            ShellViewModel model,
            Desk desk,
            Watch watch,
            Look look,
            ShellDialogs dialogs,
            Parent wayIn,
            @Nullable Runnable guide) {
        this.model = model;
        this.desk = desk;
        this.texts = desk.texts();
        this.watch = watch;
        this.look = look;
        this.dialogs = dialogs;
        this.wayIn = wayIn;
        this.guide = guide;
        this.arrangement = new Arrangement(desk.kept());
        this.hiding = event -> arrangement.remember();
    }

    /** The whole window; {@code wayIn} is shown while nobody is signed in. */
    static Parent of(
            ShellViewModel model,
            Desk desk,
            ShellDialogs dialogs,
            Watch watch,
            Look look,
            Parent wayIn,
            @Nullable Runnable guide) {
        ShellView view = new ShellView(model, desk, watch, look, dialogs, wayIn, guide);
        Parent loaded = Fxml.load(view, desk.texts());
        view.begin();
        return loaded;
    }

    /** Taken out of its window it asks for nothing any more, and the window keeps nothing of it. */
    private void moved(@Nullable Window was, @Nullable Window is) {
        if (was != null) {
            was.removeEventHandler(WindowEvent.WINDOW_HIDING, hiding);
            model.leave();
        }
        if (is != null) {
            is.addEventHandler(WindowEvent.WINDOW_HIDING, hiding);
        }
    }

    private void begin() {
        root.getChildren().addFirst(wayIn);
        root.getChildren().addAll(dialogs.passing(), dialogs.overlay().node());
        new Navigation(navigation, model, texts);
        Commands commands = new Commands(model, new Beginning(model, desk.dialogs(), root), texts);
        Runnable ask = () -> new Palette(dialogs.overlay(), texts, commands.offers(root.getScene())).show();
        topBar(ask);
        new StatusBar(connection, checkpoint, policy, desk, watch);
        Landing landing = new Landing(screen, dialogs.overlay());
        model.current().subscribe(shown -> {
            show(shown);
            landing.at(shown == null ? null : shown.view());
        });
        model.whenHere(landing::land);
        root.sceneProperty().flatMap(Scene::windowProperty).subscribe(this::moved);
        look.beforeChange(this::leaveOutOfSight);
        desk.connection().who().subscribe(this::who);
        desk.connection().state().subscribe(this::lost);
        root.addEventFilter(
                KeyEvent.KEY_PRESSED,
                new Keys(
                        model,
                        desk.dialogs(),
                        dialogs.overlay(),
                        ask,
                        texts,
                        () -> swapTheme(look),
                        desk.times(),
                        guide)::pressed);
    }

    /** What can be done on every screen. */
    static List<Action> ownActions(Desk desk, Look look, @Nullable Runnable guide) {
        Texts texts = desk.texts();
        List<Action> own = new ArrayList<>();
        if (guide != null) {
            own.add(new Action(texts.get("palette.guide"), null, guide));
        }
        own.add(new Action(texts.get("palette.theme"), Keys.THEME, () -> swapTheme(look)));
        own.add(new Action(texts.get("palette.times"), Keys.TIMES, () -> desk.times()
                .local()
                .set(!desk.times().local().get())));
        own.add(new Action(texts.get("palette.fingerprint"), null, () -> copyFingerprint(desk)));
        own.add(new Action(texts.get("palette.sign-out"), null, () -> signOut(desk)));
        return own;
    }

    private static void swapTheme(Look look) {
        look.theme().set(look.dark() ? Look.Theme.LIGHT : Look.Theme.DARK);
    }

    private static void copyFingerprint(Desk desk) {
        Connection.Who who = desk.connection().who().get();
        if (who != null) {
            desk.dialogs().copy(who.appliance().fingerprint().toString());
        }
    }

    private static void signOut(Desk desk) {
        Thread.ofVirtual().name("sign-out").start(desk.connection()::signOut);
    }

    private void topBar(Runnable ask) {
        palette.setOnAction(pressed -> ask.run());
        palette.setGraphic(FontIcon.of(Material2OutlinedMZ.SEARCH));
        times.selectedProperty().bindBidirectional(desk.times().local());
        times.setGraphic(FontIcon.of(Material2OutlinedAL.ACCESS_TIME));
        times.textProperty().bind(desk.times().local().map(local -> texts.get(local ? "times.local" : "times.utc")));
        Tip.on(times, texts.get("times.tip"));
        alerts.setGraphic(FontIcon.of(Material2OutlinedMZ.NOTIFICATIONS));
        alerts.setVisible(false);
        for (Screen each : model.screens()) {
            ObservableValue<Number> count = each.count();
            if (count != null && !alerts.isVisible()) {
                alerts.textProperty().bind(count.map(now -> texts.get("shell.alerts", now)));
                alerts.setOnAction(pressed -> model.go(Spot.of(each.id())));
                alerts.setVisible(true);
            }
        }
        tasks.setGraphic(FontIcon.of(Material2OutlinedMZ.SYNC));
        desk.tasks().running().addListener((ListChangeListener<Object>) change -> tasks());
        tasks();
        for (Environment each : Environment.values()) {
            MenuItem item = new MenuItem(each.word(texts));
            item.setOnAction(chosen -> environment(each));
            environment.getItems().add(item);
        }
    }

    private void tasks() {
        int count = desk.tasks().running().size();
        tasks.setText(texts.get("shell.tasks", count));
        tasks.getItems()
                .setAll(desk.tasks().running().stream()
                        .map(task -> {
                            MenuItem item = new MenuItem();
                            item.textProperty()
                                    .bind(task.progress()
                                            .map(part -> part.doubleValue() < 0
                                                    ? texts.get("shell.task", task.name())
                                                    : texts.get("shell.task.part", task.name(), part)));
                            item.setOnAction(chosen -> dialogs.confirm(
                                    texts.get("shell.task.cancel"),
                                    task.name(),
                                    texts.get("shell.task.cancel.do"),
                                    task::cancel));
                            return item;
                        })
                        .toList());
        tasks.setDisable(count == 0);
    }

    private void environment(Environment chosen) {
        environment.setText(chosen.word(texts));
        for (Environment each : Environment.values()) {
            environmentStripe.getStyleClass().remove(each.style());
            environment.getStyleClass().remove(each.style());
        }
        environmentStripe.getStyleClass().add(chosen.style());
        environment.getStyleClass().add(chosen.style());
        Connection.Who who = desk.connection().who().get();
        if (who != null) {
            desk.kept().put("environment." + who.appliance().fingerprint().hex(), chosen.name());
        }
    }

    private void who(Connection.@Nullable Who who) {
        boolean in = who != null;
        frame.setVisible(in);
        wayIn.setVisible(!in);
        if (who == null) {
            model.leave();
            dialogs.overlay().close();
            return;
        }
        appliance.setText(who.about().origin());
        String print = who.appliance().fingerprint().hex();
        fingerprint.setText(texts.get("shell.fingerprint", print.substring(0, SHORT_FINGERPRINT)));
        fingerprint.setTooltip(new Tooltip("sha256:" + print));
        fingerprint.setOnMouseClicked(clicked -> copyFingerprint(desk));
        environment(desk.kept()
                .get("environment." + print)
                .map(Environment::valueOf)
                .orElse(Environment.TEST));
        user.setText(who.session().account().name());
        user.setGraphic(FontIcon.of(Material2OutlinedMZ.PERSON));
        MenuItem leave = new MenuItem(texts.get("palette.sign-out"));
        leave.setOnAction(chosen -> signOut(desk));
        List<MenuItem> items = new ArrayList<>();
        for (String role : Role.wires(who.session().account().roles())) {
            MenuItem item = new MenuItem(role);
            item.setDisable(true);
            items.add(item);
        }
        items.add(leave);
        user.getItems().setAll(items);
        if (!model.screens().isEmpty()) {
            model.go(Spot.of(model.screens().getFirst().id()));
        }
    }

    /** Screens that were shown stay where they are, out of sight: to style one anew each time would take a while. */
    private void show(@Nullable Screen shown) {
        arrangement.remember();
        screen.getChildren().forEach(each -> each.setVisible(false));
        if (shown != null) {
            Parent view = shown.view();
            if (!screen.getChildren().contains(view)) {
                view.setAccessibleText(model.name(shown));
                view.managedProperty().bind(view.visibleProperty());
                arrangement.restore(shown.id(), view);
                screen.getChildren().add(view);
            }
            view.setVisible(true);
        }
    }

    /** What is out of sight is styled when it is shown again. */
    private void leaveOutOfSight() {
        screen.getChildren().removeIf(each -> !each.isVisible());
    }

    private void lost(Connection.State state) {
        boolean away = state == Connection.State.LOST;
        lost.setVisible(away);
        lost.setManaged(away);
        Instant heard = desk.connection().heard().get();
        lostText.setGraphic(Sign.DOUBTFUL.icon());
        lostText.setText(
                texts.get("shell.lost", heard == null ? "" : desk.times().full(heard)));
    }
}
