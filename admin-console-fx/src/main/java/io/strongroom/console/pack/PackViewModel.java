package io.strongroom.console.pack;

import io.strongroom.console.work.Answer;
import io.strongroom.console.work.Background;
import io.strongroom.console.work.Latest;
import io.strongroom.console.work.PagedList;
import io.strongroom.evidence.pack.verify.Ladder;
import io.strongroom.evidence.pack.verify.PackVerifier;
import io.strongroom.evidence.trust.TrustException;
import io.strongroom.evidence.trust.TrustFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** A pack, what verifying it said, and its records. */
public final class PackViewModel {
    /** What is on screen. */
    public enum State {
        EMPTY,
        VERIFYING,
        VERDICT,
        UNREADABLE
    }

    /** Whom to trust, and which file says so. */
    record Trust(Path file, TrustFile content) {}

    private static final long MOST_TRUST_BYTES = 4L << 20;
    private static final int PAGE = 64;

    private final Background background;
    private final Latest verifying;
    private final Latest trusting;
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.EMPTY);
    private final ReadOnlyObjectWrapper<@Nullable Path> pack = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Trust> trust = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable String> trustProblem = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Ladder> ladder = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable PagedList<RecordRow>> records = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable String> problem = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper();
    private @Nullable PackPages pages;

    /** Nothing is open, nobody is trusted. */
    public PackViewModel(Background background) {
        this.background = background;
        this.verifying = background.latest();
        this.trusting = background.latest();
    }

    public ReadOnlyObjectProperty<State> state() {
        return state.getReadOnlyProperty();
    }

    /** The pack that is open; null where none is. */
    public ReadOnlyObjectProperty<@Nullable Path> pack() {
        return pack.getReadOnlyProperty();
    }

    /** Whom to trust; null where nobody said. */
    ReadOnlyObjectProperty<@Nullable Trust> trust() {
        return trust.getReadOnlyProperty();
    }

    /** Why the trust file that was given is none. The one before it stays. */
    public ReadOnlyObjectProperty<@Nullable String> trustProblem() {
        return trustProblem.getReadOnlyProperty();
    }

    /** What verifying said; there in {@link State#VERDICT}. */
    public ReadOnlyObjectProperty<@Nullable Ladder> ladder() {
        return ladder.getReadOnlyProperty();
    }

    /** The records of a pack that holds. */
    public ReadOnlyObjectProperty<@Nullable PagedList<RecordRow>> records() {
        return records.getReadOnlyProperty();
    }

    /** Why the pack, or some records of it, could not be read. */
    public ReadOnlyObjectProperty<@Nullable String> problem() {
        return problem.getReadOnlyProperty();
    }

    /** How far verifying is, 0 to 1. */
    public ReadOnlyDoubleProperty progress() {
        return progress.getReadOnlyProperty();
    }

    /** Verifies this pack. What was on screen goes. */
    public void open(Path file) {
        forget();
        pack.set(file);
        verify();
    }

    /** Trusts whom this file names, and verifies again what is open. */
    public void trust(Path file) {
        trusting.start(told -> new Trust(file, read(file)), new Answer<Trust>() {
            @Override
            public void done(Trust read) {
                trustProblem.set(null);
                trust.set(read);
                again();
            }

            @Override
            public void failed(Exception why) {
                trustProblem.set(file.getFileName() + ": " + why.getMessage());
            }
        });
    }

    private static TrustFile read(Path file) throws IOException, TrustException {
        if (Files.size(file) > MOST_TRUST_BYTES) {
            throw new IOException("more than " + MOST_TRUST_BYTES + " bytes");
        }
        return TrustFile.parse(Files.readAllBytes(file));
    }

    /** Trusts nobody any more. */
    public void distrust() {
        trusting.cancel();
        trust.set(null);
        trustProblem.set(null);
        again();
    }

    /** Verifies once more what is open. */
    public void again() {
        Path open = pack.get();
        if (open != null) {
            open(open);
        }
    }

    /** Ends verifying; then nothing is open. */
    public void cancel() {
        forget();
        pack.set(null);
        state.set(State.EMPTY);
    }

    private void forget() {
        verifying.cancel();
        ladder.set(null);
        problem.set(null);
        progress.set(0);
        PagedList<RecordRow> shown = records.get();
        if (shown != null) {
            shown.close();
            records.set(null);
        }
        if (pages != null) {
            PackPages before = pages;
            pages = null;
            Thread.ofVirtual().start(before::close);
        }
    }

    private void verify() {
        Path file = java.util.Objects.requireNonNull(pack.get());
        Trust trusted = trust.get();
        TrustFile content = trusted == null ? null : trusted.content();
        state.set(State.VERIFYING);
        verifying.start(
                told -> new PackVerifier(content, Set.of())
                        .verify(file, (read, total) -> told.accept(Math.min(1, read / (double) Math.max(1, total)))),
                new Answer<Ladder>() {
                    @Override
                    public void progressed(double part) {
                        progress.set(part);
                    }

                    @Override
                    public void done(Ladder found) {
                        ladder.set(found);
                        if (found.held()) {
                            show(file, found);
                        }
                        state.set(State.VERDICT);
                    }

                    @Override
                    public void failed(Exception why) {
                        problem.set(told(why));
                        state.set(State.UNREADABLE);
                    }
                });
    }

    private void show(Path file, Ladder found) {
        PackPages opened = new PackPages(file);
        pages = opened;
        int size = Math.toIntExact(Math.min(Integer.MAX_VALUE, found.facts().records()));
        records.set(new PagedList<>(background, opened::page, size, PAGE, why -> problem.set(told(why))));
    }

    private static String told(Exception why) {
        String message = why.getMessage();
        return why.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
}
