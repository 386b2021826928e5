package io.strongroom.console.chain;

import io.strongroom.api.client.StrongroomException;
import io.strongroom.console.connection.Connection;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Spot;
import io.strongroom.console.desk.Tasks;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Answer;
import io.strongroom.console.work.Asked;
import io.strongroom.console.work.Loaded;
import io.strongroom.console.work.Trouble;
import io.strongroom.evidence.note.VerifiedCheckpoint;
import io.strongroom.evidence.trust.TrustException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The ledger's days and its newest checkpoint; and how far all of it was verified on this machine. */
public final class ChainViewModel {
    private static final String VERIFIED = "chain.verified.";

    /**
     * What the appliance shows.
     *
     * @param days the oldest first; empty where its seals may not be read
     * @param sealsUnread why seals could not be read; null where they could
     */
    record Shown(
            VerifiedCheckpoint checkpoint,
            List<Day> days,
            List<Seal> seals,
            @Nullable Trouble sealsUnread) {
        Shown {
            days = List.copyOf(days);
            seals = List.copyOf(seals);
        }
    }

    /** What verifying is at. */
    sealed interface Verifying {
        /** Nothing is verified now; what was before, is kept. */
        record Idle(Optional<Verified> before) implements Verifying {}

        /** It is on its way. */
        record Running(double part) implements Verifying {}

        /** It is done. */
        record Done(Verdict verdict) implements Verifying {}

        /** It could not be done. */
        record Stopped(Trouble why) implements Verifying {}
    }

    private final Desk desk;
    private final Texts texts;
    private final PublishedLog log;
    private final InstantSource clock;
    private final Asked<Shown> shown;
    private final ReadOnlyObjectWrapper<Verifying> verifying =
            new ReadOnlyObjectWrapper<>(new Verifying.Idle(Optional.empty()));
    private final ReadOnlyObjectWrapper<@Nullable Day> day = new ReadOnlyObjectWrapper<>();
    // Held here: the list that tells of changes would be forgotten otherwise, and whoever listens to it.
    private final ObservableList<Tasks.Task> running;
    private Tasks.@Nullable Task task;

    ChainViewModel(Desk desk, PublishedLog log, InstantSource clock) {
        this.desk = desk;
        this.texts = desk.texts();
        this.log = log;
        this.clock = clock;
        this.shown = desk.connection().asked();
        shown.state().addListener((at, was, is) -> arrived(is));
        this.running = desk.tasks().running();
        running.addListener((ListChangeListener<Tasks.Task>) change -> ended());
        desk.connection().who().addListener((at, was, is) -> forget());
    }

    /** What the appliance shows. */
    ReadOnlyObjectProperty<Loaded<Shown>> shown() {
        return shown.state();
    }

    ReadOnlyObjectProperty<Verifying> verifying() {
        return verifying.getReadOnlyProperty();
    }

    /** The day that is looked at; null for none. */
    ReadOnlyObjectProperty<@Nullable Day> day() {
        return day.getReadOnlyProperty();
    }

    void choose(@Nullable Day looked) {
        day.set(looked);
    }

    /** Asks for the newest checkpoint and seals. */
    public void ask() {
        shown.again(progress -> look());
    }

    private Shown look() throws TrustException {
        VerifiedCheckpoint newest = LogVerification.open(log);
        LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        try {
            List<Seal> seals = log.seals().stream()
                    .flatMap(item -> Seal.of(item).stream())
                    .filter(seal -> seal.lastSeq() < newest.checkpoint().size())
                    .toList();
            return new Shown(newest, Day.of(seals, newest.checkpoint().size(), today), seals, null);
        } catch (StrongroomException.Forbidden e) {
            return new Shown(
                    newest, List.of(), List.of(), desk.connection().troubles().of(e));
        }
    }

    private void arrived(Loaded<Shown> now) {
        Shown here = now.value();
        if (here != null && verifying.get() instanceof Verifying.Idle) {
            verifying.set(new Verifying.Idle(kept(here.checkpoint().checkpoint().origin())));
        }
        if (here != null && !here.days().isEmpty() && day.get() == null) {
            day.set(here.days().getLast());
        }
    }

    /** How far this log was verified here before. */
    Optional<Verified> kept(String origin) {
        return desk.kept().get(VERIFIED + origin).flatMap(Verified::ofLine).filter(verified -> verified.origin()
                .equals(origin));
    }

    /** How far it was verified on this machine, this time or before; 0 for not at all. */
    long verifiedSize() {
        Shown here = shown.state().get().value();
        return here == null
                ? 0
                : kept(here.checkpoint().checkpoint().origin())
                        .map(Verified::size)
                        .orElse(0L);
    }

    /**
     * Verifies what is new since it was last verified here.
     *
     * @param all from the first entry again
     */
    void verify(boolean all) {
        Shown here = shown.state().get().value();
        if (here == null || task != null) {
            return;
        }
        String origin = here.checkpoint().checkpoint().origin();
        Verified from = all ? Verified.nothing(origin) : kept(origin).orElse(Verified.nothing(origin));
        verifying.set(new Verifying.Running(0));
        task = desk.tasks()
                .start(
                        texts.get("chain.task"),
                        progress -> {
                            Verdict verdict = new LogVerification(log, clock, from, here.seals()).run(progress);
                            if (verdict instanceof Verdict.Held held) {
                                desk.kept()
                                        .put(VERIFIED + origin, held.verified().line());
                                desk.kept().save();
                            }
                            return verdict;
                        },
                        new Answer<Verdict>() {
                            @Override
                            public void progressed(double part) {
                                verifying.set(new Verifying.Running(part));
                            }

                            @Override
                            public void done(Verdict verdict) {
                                task = null;
                                verifying.set(new Verifying.Done(verdict));
                            }

                            @Override
                            public void failed(Exception why) {
                                task = null;
                                verifying.set(new Verifying.Stopped(
                                        desk.connection().troubles().of(why)));
                            }
                        });
    }

    /** Stops verifying. */
    void cancel() {
        if (task != null) {
            task.cancel();
        }
    }

    /** The top bar may have stopped it, too. */
    private void ended() {
        if (task != null && verifying.get() instanceof Verifying.Running && !running.contains(task)) {
            task = null;
            Shown here = shown.state().get().value();
            verifying.set(new Verifying.Idle(
                    here == null
                            ? Optional.empty()
                            : kept(here.checkpoint().checkpoint().origin())));
        }
    }

    /** Writes the checkpoint that is shown to a file, as it is signed. */
    void saveCheckpoint() {
        Shown here = shown.state().get().value();
        if (here == null) {
            return;
        }
        String name = "checkpoint-" + here.checkpoint().checkpoint().size() + ".txt";
        byte[] note = here.checkpoint().note().bytes();
        desk.dialogs().save(texts.get("chain.save"), name, file -> desk.background()
                .latest()
                .start(progress -> Files.write(file, note), new Answer<Path>() {
                    @Override
                    public void done(Path written) {
                        desk.dialogs().told(texts.get("chain.saved", written.getFileName()));
                    }

                    @Override
                    public void failed(Exception why) {
                        desk.dialogs()
                                .failed(
                                        texts.get("chain.save"),
                                        desk.connection().troubles().of(why));
                    }
                }));
    }

    /** Shows the records of the day that is looked at. */
    void records() {
        Day looked = day.get();
        if (looked != null && looked.firstSeq() >= 0) {
            desk.navigator().go(new Spot("explorer", "fromSeq:" + looked.firstSeq() + " toSeq:" + looked.lastSeq()));
        }
    }

    /** Shows its seal, which is a record too. */
    void seal() {
        Day looked = day.get();
        Seal seal = looked == null ? null : looked.seal();
        if (seal != null) {
            desk.navigator().go(new Spot("explorer", "record:" + seal.recordId()));
        }
    }

    /** Why nothing can be verified now; null while it can, empty while what there is to verify is not here. */
    ObservableValue<@Nullable String> whyNotVerified() {
        return Bindings.createObjectBinding(
                () -> {
                    if (desk.connection().state().get() == Connection.State.LOST) {
                        return texts.get("deeds.not.connected");
                    } else if (shown.state().get().value() == null) {
                        return "";
                    }
                    return verifying.get() instanceof Verifying.Running ? texts.get("chain.running") : null;
                },
                desk.connection().state(),
                shown.state(),
                verifying);
    }

    private void forget() {
        cancel();
        shown.clear();
        day.set(null);
        verifying.set(new Verifying.Idle(Optional.empty()));
    }
}
