package io.strongroom.console.review;

import io.strongroom.api.PolicyProposal;
import io.strongroom.console.connection.Connection;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.look.Fxml;
import io.strongroom.console.look.WhyNot;
import io.strongroom.console.text.Texts;
import java.util.List;
import java.util.Objects;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import org.jspecify.annotations.Nullable;

/** What this officer may say of the proposal that is shown, below it. */
final class SayingView {
    private final Desk desk;
    private final Texts texts;
    private final ReviewViewModel review;
    private final SayingViewModel model;
    private final Parent root;

    @FXML
    private Label why;

    @FXML
    private Button withdraw;

    @FXML
    private Button takeBack;

    @FXML
    private Button comment;

    @FXML
    private Label roleLabel;

    @FXML
    private ChoiceBox<String> role;

    @FXML
    private Button reject;

    @FXML
    private Button approve;

    @SuppressWarnings("NullAway.Init") // what the fxml fills in
    SayingView(Desk desk, ReviewViewModel review, SayingViewModel model) {
        this.desk = desk;
        this.texts = desk.texts();
        this.review = review;
        this.model = model;
        this.root = Fxml.load(this, texts);
    }

    Parent root() {
        return root;
    }

    @FXML
    private void initialize() {
        review.may().subscribe(may -> able());
        model.acting().subscribe(acting -> able());
    }

    // --- What can be done

    private void able() {
        ReviewViewModel.May may = review.may().get();
        able(approve, may.approve());
        able(reject, may.reject());
        able(comment, may.comment());
        able(takeBack, may.takeBack());
        able(withdraw, may.withdraw());
        present(takeBack, may.said() != null);
        present(withdraw, may.own() && may.withdraw() == null);
        boolean choice = may.approve() == null && may.open().size() > 1;
        present(role, choice);
        present(roleLabel, choice);
        if (!role.getItems().equals(may.open())) {
            role.getItems().setAll(may.open());
            role.getSelectionModel().selectFirst();
        }
        why.setText(may.approve() == null ? texts.get("review.approve.why") : may.approve());
    }

    private void able(Button button, @Nullable String whyNot) {
        WhyNot.able(button, whyNot == null && model.acting().get() ? texts.get("review.why.acting") : whyNot);
    }

    private static void present(Node node, boolean there) {
        node.setVisible(there);
        node.setManaged(there);
    }

    private String chosenRole() {
        List<String> open = review.may().get().open();
        List<String> roles = open.isEmpty() ? review.roles() : open;
        return role.getValue() == null || !roles.contains(role.getValue()) ? roles.getFirst() : role.getValue();
    }

    // --- Doing it

    @FXML
    void approve() {
        String as = chosenRole();
        String title = titled("review.approve.title", as);
        String does = texts.get("review.approve.do");
        if (model.asksForPassphrase()) {
            desk.dialogs().text(title, texts.get("review.passphrase"), does, true, typed -> model.approve(as, typed));
        } else {
            desk.dialogs().confirm(title, texts.get("review.unencrypted"), does, () -> model.approve(as, ""));
        }
    }

    private String titled(String key, String as) {
        PolicyProposal proposal = Objects.requireNonNull(review.shown(), "what is spoken of is shown")
                .proposal();
        return texts.get(key, proposal.shortName(), ReviewViewModel.brief(proposal.commit()), as);
    }

    /** Asks for changes of all of it. */
    @FXML
    void reject() {
        String as = chosenRole();
        CommentForm form = new CommentForm(
                texts, texts.get("review.reject.label"), model.unsaid(Place.ALL), model.asksForPassphrase());
        show(
                titled("review.reject.title", as),
                form,
                "review.reject.do",
                () -> model.requestChanges(Place.ALL, form.text(), as, form.passphrase()));
    }

    @FXML
    void comment() {
        write(Place.ALL);
    }

    /** Lets the officer say something of a place. */
    void write(Place place) {
        String where = place.told(texts);
        String label = texts.get(where.isEmpty() ? "review.comment.label" : "review.comment.label.place", where);
        CommentForm form = new CommentForm(texts, label, model.unsaid(place), false);
        show(titled("review.comment.title", ""), form, "review.comment.do", () -> model.comment(place, form.text()));
    }

    private void show(String title, CommentForm form, String action, Runnable done) {
        var connected = desk.connection().state().map(Connection.State.CONNECTED::equals);
        desk.dialogs()
                .form(
                        title,
                        form,
                        form.words(),
                        texts.get(action),
                        form.ready().flatMap(ready -> connected.map(heard -> ready && heard)),
                        done);
    }

    @FXML
    private void takeBack() {
        desk.dialogs()
                .confirm(
                        texts.get("review.takeback.title"),
                        texts.get("review.takeback.text"),
                        texts.get("review.takeback"),
                        model::takeBack);
    }

    @FXML
    private void withdraw() {
        desk.dialogs()
                .confirm(
                        texts.get("review.withdraw.title", review.name()),
                        texts.get("review.withdraw.text"),
                        texts.get("review.withdraw"),
                        model::withdraw);
    }
}
