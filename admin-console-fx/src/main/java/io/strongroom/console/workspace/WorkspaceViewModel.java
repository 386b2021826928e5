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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
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

    /** What can be done now; each null while it can, and why not else. */
    record May(
            @Nullable String edit,
            @Nullable String begin,
            @Nullable String commit,
            @Nullable String follow,
            @Nullable String propose) {}

    private final Desk desk;
    private final RulesFolder folder;
    private final Asked<RulesClone.State> state;
    private final ReadOnlyObjectWrapper<@Nullable Checked> checked = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper checking = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper acting = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<May> may = new ReadOnlyObjectWrapper<>(new May("", "", "", "", ""));
    private final Latest check;

    /** What was typed and is not written yet. */
    private final Map<String, String> typed = new ConcurrentHashMap<>();

    /** The files as they are on disk, where they are read. For the UI thread alone. */
    private final Map<String, String> read = new TreeMap<>();

    private boolean opened;
    private Consumer<String> reread = branch -> {};

    WorkspaceViewModel(Desk desk, RulesFolder folder) {
        this.desk = desk;
        this.folder = folder;
        this.state = desk.connection().asked();
        this.check = desk.background().latest();
        state.state().subscribe(now -> {
            judge();
            if (opened && now instanceof Loaded.Here<?>) {
                opened = false;
                check(Duration.ZERO);
            }
        });
        desk.connection().state().subscribe(now -> judge());
        checked.subscribe(now -> judge());
        acting.subscribe(now -> judge());
    }

    /** How the clone stands. */
    Asked<RulesClone.State> state() {
        return state;
    }

    /** What is known of the draft; null until it was checked. */
    ReadOnlyObjectProperty<@Nullable Checked> checked() {
        return checked.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty checking() {
        return checking.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty acting() {
        return acting.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<May> may() {
        return may.getReadOnlyProperty();
    }

    /** Is told the branch whenever files may be others than they were: after opening another draft, and so on. */
    void onReread(Consumer<String> told) {
        reread = told;
    }

    // --- Files

    /** Opens the clone, which is made where there is none, and brings what is new where the appliance answers. */
    void open() {
        opened = true;
        boolean connected = desk.connection().state().get() == Connection.State.CONNECTED;
        state.again(progress -> {
            RulesClone clone = folder.clone(desk.connection());
            if (connected) {
                clone.fetch(desk.connection().passage());
            }
            return clone.state();
        });
    }

    /** The text of a file as it is now; null where it was not read yet, or is not there. */
    @Nullable
    String text(String path) {
        String newest = typed.get(path);
        return newest != null ? newest : read.get(path);
    }

    /** Takes what was typed; it is written and checked a moment after the last letter. */
    void typed(String path, String text) {
        typed.put(path, text);
        read.put(path, text);
        check(AFTER_TYPING);
    }

    /** Writes what was typed at once. */
    void flush() {
        if (!typed.isEmpty()) {
            check(Duration.ZERO);
        }
    }

    /** Everything of one look at the draft. */
    private record Look(Map<String, String> files, RulesClone.State state, Checked checked) {}

    private void check(Duration after) {
        checking.set(true);
        check.start(
                progress -> {
                    Thread.sleep(after);
                    RulesClone clone = folder.clone(desk.connection());
                    write(clone);
                    Map<String, byte[]> files = clone.files();
                    Map<String, String> texts = new TreeMap<>();
                    files.forEach((path, bytes) -> texts.put(path, new String(bytes, StandardCharsets.UTF_8)));
                    return new Look(texts, clone.state(), Checked.of(files, clone.filesOfMain()));
                },
                new Answer<Look>() {
                    @Override
                    public void done(Look look) {
                        checking.set(false);
                        boolean other = !look.files().keySet().equals(read.keySet());
                        read.clear();
                        read.putAll(look.files());
                        if (!state.busy().get()) {
                            state.put(look.state());
                        }
                        checked.set(look.checked());
                        if (other) {
                            reread.accept(look.state().branch());
                        }
                    }

                    @Override
                    public void failed(Exception why) {
                        checking.set(false);
                        if (state.state().get() instanceof Loaded.Here<?>) {
                            desk.dialogs().failed(desk.texts().get("workspace.check.failed"), trouble(why));
                        }
                    }
                });
    }

    /** Interrupted or not, what was typed is written whole, or is here yet. */
    private void write(RulesClone clone) {
        typed.forEach((path, text) -> {
            clone.write(path, text);
            typed.remove(path, text);
        });
    }

    /** Makes a file, with nothing but a first line in it. */
    void add(String path) {
        typed(path, "");
        check(Duration.ZERO);
    }

    /** Deletes a file of the draft. */
    void delete(String path) {
        act("workspace.delete.failed", clone -> clone.delete(path), done -> desk.dialogs()
                .told(desk.texts().get("workspace.delete.done", path)));
    }

    // --- What may be done

    private void judge() {
        RulesClone.State now = state.state().get().value();
        if (now == null) {
            may.set(new May("", "", "", "", ""));
            return;
        }
        String busy = acting.get() ? why("workspace.why.busy") : null;
        String lost = desk.connection().state().get() == Connection.State.LOST ? why("workspace.why.lost") : null;
        String main = now.isDraft() ? null : why("workspace.why.main");
        String dirty = now.changed().isEmpty() ? null : why("workspace.why.dirty");
        may.set(new May(
                first(busy, main),
                first(busy, dirty),
                first(busy, main, dirty == null ? why("workspace.why.clean") : null),
                first(busy, main, dirty, now.behind() == 0 ? why("workspace.why.current") : null),
                first(busy, lost, main, proposing(now))));
    }

    private @Nullable String proposing(RulesClone.State now) {
        Checked known = checked.get();
        if (now.ahead() == 0 && now.changed().isEmpty()) {
            return why("workspace.why.nothing");
        } else if (now.behind() > 0) {
            return why("workspace.why.behind");
        } else if (known == null) {
            return why("workspace.why.unchecked");
        } else if (!known.faults().isEmpty()) {
            return why("workspace.why.faults");
        }
        return known.isGood() ? null : why("workspace.why.tests");
    }

    private String why(String key) {
        return desk.texts().get(key);
    }

    private static @Nullable String first(@Nullable String... reasons) {
        for (String reason : reasons) {
            if (reason != null) {
                return reason;
            }
        }
        return null;
    }

    // --- Drafts

    /** Whether a draft can have this name. */
    static boolean isName(String name) {
        return name.matches("[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?");
    }

    /** Begins a draft on top of main. */
    void begin(String draft) {
        act("workspace.begin.failed", clone -> clone.begin(draft), done -> desk.dialogs()
                .told(desk.texts().get("workspace.begin.done", draft)));
    }

    /** Opens a draft, or main where the name is empty. */
    void check(String draft) {
        act(
                "workspace.open.failed",
                clone -> clone.check(draft.isEmpty() ? "main" : RulesClone.DRAFTS + draft),
                done -> {});
    }

    /** Puts every file back to how it was committed. */
    void discard() {
        typed.clear();
        act("workspace.discard.failed", RulesClone::discard, done -> desk.dialogs()
                .told(desk.texts().get("workspace.discard.done")));
    }

    /** Commits everything that changed. */
    void commit(String message) {
        PersonIdent author = author();
        act("workspace.commit.failed", clone -> clone.commit(message, author), done -> desk.dialogs()
                .told(desk.texts().get("workspace.commit.done")));
    }

    /** Puts the draft on top of what main is by now. */
    void follow() {
        act("workspace.follow.failed", RulesClone::follow, done -> desk.dialogs()
                .told(desk.texts().get("workspace.follow.done")));
    }

    /** Commits what is left, pushes the draft and asks for approvals; then shows it where it is reviewed. */
    void propose(String title) {
        RulesClone.State now = state.state().get().value();
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
                done -> {
                    desk.dialogs().told(desk.texts().get("workspace.propose.done", draft));
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

    private void act(String failure, Consumer<RulesClone> work, Consumer<RulesClone.State> done) {
        acting.set(true);
        checking.set(false);
        check.cancel();
        Job<RulesClone.State> job = progress -> {
            RulesClone clone = folder.clone(desk.connection());
            write(clone);
            work.accept(clone);
            return clone.state();
        };
        desk.background().latest().start(job, new Answer<RulesClone.State>() {
            @Override
            public void done(RulesClone.State result) {
                acting.set(false);
                state.put(result);
                read.clear();
                check(Duration.ZERO);
                done.accept(result);
            }

            @Override
            public void failed(Exception why) {
                acting.set(false);
                desk.dialogs().failed(desk.texts().get(failure), trouble(why));
                check(Duration.ZERO);
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
