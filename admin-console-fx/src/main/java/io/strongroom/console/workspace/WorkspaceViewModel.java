package io.strongroom.console.workspace;

import io.strongroom.api.Account;
import io.strongroom.console.connection.Connection;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Spot;
import io.strongroom.console.rules.RulesClone;
import io.strongroom.console.rules.RulesException;
import io.strongroom.console.rules.RulesFolder;
import io.strongroom.console.work.Answer;
import io.strongroom.console.work.Asked;
import io.strongroom.console.work.Job;
import io.strongroom.console.work.Latest;
import io.strongroom.console.work.Loaded;
import io.strongroom.console.work.Trouble;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.eclipse.jgit.lib.PersonIdent;
import org.jspecify.annotations.Nullable;

/**
 * A draft of the rules: its files, what is wrong with them, and bringing it to the appliance. What is typed is written to
 * disk a moment later, so that nothing typed is ever lost; it counts once it is committed.
 */
final class WorkspaceViewModel {
    private static final Duration AFTER_TYPING = Duration.ofMillis(350);

    private final Desk desk;
    private final RulesFolder folder;
    private final Asked<Draft> draft;
    private final DraftText text = new DraftText();
    private final Rechecking<Look> check;
    private final Latest fetching;
    private final ReadOnlyObjectWrapper<@Nullable Checked> checked = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Trouble> unchecked = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper acting = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<May> may = new ReadOnlyObjectWrapper<>(May.NOTHING);
    private boolean opening;

    WorkspaceViewModel(Desk desk, RulesFolder folder) {
        this.desk = desk;
        this.folder = folder;
        this.draft = desk.connection().asked();
        this.fetching = desk.background().latest();
        this.check = new Rechecking<>(desk.background(), this::look, new Answer<Look>() {
            @Override
            public void done(Look look) {
                looked(look);
            }

            @Override
            public void failed(Exception why) {
                unchecked(why);
            }
        });
        draft.state().subscribe(this::stands);
        desk.connection().state().subscribe(now -> judge());
        checked.subscribe(now -> judge());
        check.pending().subscribe(now -> judge());
        acting.subscribe(now -> judge());
    }

    Asked<Draft> draft() {
        return draft;
    }

    /** How the clone stands; null while it is not here. */
    RulesClone.@Nullable State now() {
        Draft here = draft.state().get().value();
        return here == null ? null : here.state();
    }

    /** What is known of the draft; null while it was not checked. */
    ReadOnlyObjectProperty<@Nullable Checked> checked() {
        return checked.getReadOnlyProperty();
    }

    /** Why the draft as it is now could not be checked; null if it could. */
    ReadOnlyObjectProperty<@Nullable Trouble> unchecked() {
        return unchecked.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty acting() {
        return acting.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<May> may() {
        return may.getReadOnlyProperty();
    }

    private void judge() {
        RulesClone.State now = now();
        boolean lost = desk.connection().state().get() == Connection.State.LOST;
        Checked known = check.pending().get() ? null : checked.get();
        may.set(now == null ? May.NOTHING : May.of(now, known, acting.get(), lost, desk.texts()));
    }

    // --- Opening

    /** Opens the clone, which is made where there is none, checks what is there, and brings what is new. */
    void open() {
        opening = true;
        draft.again(progress -> {
            RulesClone clone = write();
            if (!clone.knowsMain()) {
                clone.fetch(desk.connection().passage());
            }
            return Draft.read(clone);
        });
    }

    private void stands(Loaded<Draft> now) {
        if (now.value() != null) {
            text.take(now.value().files());
        }
        judge();
        if (opening && now instanceof Loaded.Here<?>) {
            opening = false;
            check.now();
            fetch();
        }
    }

    /** Whoever writes meanwhile does not wait for the appliance. */
    private void fetch() {
        if (desk.connection().state().get() != Connection.State.CONNECTED) {
            return;
        }
        Job<RulesClone> job = progress -> {
            RulesClone clone = folder.clone(desk.connection());
            clone.fetch(desk.connection().passage());
            return clone;
        };
        fetching.start(job, new Answer<RulesClone>() {
            @Override
            public void done(RulesClone fetched) {
                check.now();
            }

            @Override
            public void failed(Exception why) {
                desk.dialogs().failed(desk.texts().get("workspace.fetch.failed"), trouble(why));
            }
        });
    }

    // --- Typing and checking

    /** The text of a file as it is now; null where it was not read yet, or is not there. */
    @Nullable
    String text(String path) {
        return text.of(path);
    }

    /** Takes what was typed; it is written and checked a moment after the last letter. */
    void typed(String path, String typed) {
        text.typed(path, typed);
        check.after(progress -> {
            Thread.sleep(AFTER_TYPING);
            return write();
        });
    }

    /** Writes what was typed at once. */
    void flush() {
        if (text.isUnwritten()) {
            check.after(progress -> write());
        }
    }

    private RulesClone write() {
        RulesClone clone = folder.clone(desk.connection());
        text.write(clone.files()::write);
        return clone;
    }

    private record Look(Draft draft, Checked checked) {}

    private Look look(Rechecking.Overtaken overtaken) throws InterruptedException {
        RulesClone clone = write();
        Map<String, byte[]> files = clone.files().read();
        Draft read = Draft.of(clone, files);
        return new Look(read, Checked.of(files, clone.filesOfMain(), overtaken));
    }

    private void looked(Look look) {
        draft.put(look.draft());
        unchecked.set(null);
        checked.set(look.checked());
    }

    /** What was known is of another text by now. */
    private void unchecked(Exception why) {
        unchecked.set(trouble(why));
        checked.set(null);
    }

    /** Makes a file, with nothing in it. */
    void add(String path) {
        text.typed(path, "");
        check.now();
    }

    /** Deletes a file of the draft. */
    void delete(String path) {
        act("workspace.delete.failed", clone -> clone.files().delete(path), () -> told("workspace.delete.done", path));
    }

    // --- Drafts

    /** Whether a draft can have this name. */
    static boolean isName(String name) {
        return name.matches("[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?");
    }

    /** Begins a draft on top of main. */
    void begin(String draft) {
        act("workspace.begin.failed", clone -> clone.begin(draft), () -> told("workspace.begin.done", draft));
    }

    /** Opens a draft, or main where the name is empty. */
    void check(String draft) {
        act(
                "workspace.open.failed",
                clone -> clone.check(draft.isEmpty() ? "main" : RulesClone.DRAFTS + draft),
                () -> {});
    }

    /** Puts every file back to how it was committed. */
    void discard() {
        text.forget();
        act("workspace.discard.failed", RulesClone::discard, () -> told("workspace.discard.done"));
    }

    /** Commits everything that changed. */
    void commit(String message) {
        PersonIdent author = author();
        act("workspace.commit.failed", clone -> clone.commit(message, author), () -> told("workspace.commit.done"));
    }

    /** Puts the draft on top of what main is by now. */
    void follow() {
        act("workspace.follow.failed", RulesClone::follow, () -> told("workspace.follow.done"));
    }

    /** Commits what is left, pushes the draft and asks for approvals; then shows it where it is reviewed. */
    void propose(String title) {
        RulesClone.State now = now();
        if (now == null) {
            return;
        }
        String draft = now.draft();
        PersonIdent author = author();
        act(
                "workspace.propose.failed",
                clone -> {
                    clone.commit(title, author);
                    clone.push(desk.connection().passage());
                    clone.fetch(desk.connection().passage());
                    var unused =
                            desk.connection().call(client -> client.policies().propose(draft, title));
                },
                () -> {
                    told("workspace.propose.done", draft);
                    desk.navigator().go(new Spot("review", draft));
                });
    }

    private PersonIdent author() {
        Connection.Who who = desk.connection().who().get();
        if (who == null) {
            throw new IllegalStateException("nobody is signed in");
        }
        Account account = who.session().account();
        return new PersonIdent(account.name(), account.officer());
    }

    private void told(String key, Object... arguments) {
        desk.dialogs().told(desk.texts().get(key, arguments));
    }

    private void act(String failure, Consumer<RulesClone> work, Runnable done) {
        acting.set(true);
        check.drop();
        fetching.cancel();
        Job<Draft> job = progress -> {
            RulesClone clone = write();
            work.accept(clone);
            return Draft.read(clone);
        };
        desk.background().latest().start(job, new Answer<Draft>() {
            @Override
            public void done(Draft result) {
                acting.set(false);
                checked.set(null);
                draft.put(result);
                check.now();
                done.run();
            }

            @Override
            public void failed(Exception why) {
                acting.set(false);
                desk.dialogs().failed(desk.texts().get(failure), trouble(why));
                check.now();
            }
        });
    }

    private Trouble trouble(Exception why) {
        return why instanceof RulesException refused
                ? new Trouble(
                        Trouble.Kind.REFUSED,
                        desk.texts().get("workspace.refused"),
                        refused.told(desk.texts()),
                        "",
                        null)
                : desk.connection().troubles().of(why);
    }
}
