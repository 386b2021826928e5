package io.strongroom.console.pack;

import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Answer;
import io.strongroom.console.work.Background;
import io.strongroom.console.work.Latest;
import io.strongroom.console.work.Loading;
import io.strongroom.console.work.PagedList;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.pack.verify.Ladder;
import io.strongroom.evidence.pack.verify.PackPolicy;
import io.strongroom.evidence.pack.verify.PackProof;
import io.strongroom.evidence.pack.verify.PackVerifier;
import io.strongroom.evidence.trust.TrustException;
import io.strongroom.evidence.trust.TrustFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
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
    record Trust(Path file, Digest digest, TrustFile content) {}

    /** What verifying said, and of which file, as it was when that began. */
    private record Verified(Ladder ladder, FileStamp stamp, Instant at) {}

    /** A file of a policy bundle. */
    record PolicyText(String bundle, String file, String text) {}

    private static final long MOST_TRUST_BYTES = 4L << 20;
    private static final int PAGE = 64;

    private final Background background;
    private final InstantSource clock;
    private final String program;
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
    private final Loading<Papers> papers;
    private final Loading<PackProof> proof;
    private final Loading<PolicyText> policyText;
    private final Loading<Path> saving;
    private @Nullable PackPages pages;
    private @Nullable Verified verified;

    /**
     * Nothing is open, nobody is trusted.
     *
     * @param program name and version of what verifies here, for reports
     */
    public PackViewModel(Background background, InstantSource clock, String program) {
        this.background = background;
        this.clock = clock;
        this.program = program;
        this.verifying = background.latest();
        this.trusting = background.latest();
        this.papers = new Loading<>(background);
        this.proof = new Loading<>(background);
        this.policyText = new Loading<>(background);
        this.saving = new Loading<>(background);
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

    /** What a pack that holds tells beside its records. */
    Loading<Papers> papers() {
        return papers;
    }

    /** What ties the record that was asked for to the ledger. */
    Loading<PackProof> proof() {
        return proof;
    }

    /** The file of a policy that was asked for. */
    Loading<PolicyText> policyText() {
        return policyText;
    }

    /** The file that was saved last: a proof, or a report. */
    Loading<Path> saving() {
        return saving;
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
        trusting.start(told -> read(file), new Answer<Trust>() {
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

    private static Trust read(Path file) throws IOException, TrustException {
        if (Files.size(file) > MOST_TRUST_BYTES) {
            throw new IOException("more than " + MOST_TRUST_BYTES + " bytes");
        }
        byte[] bytes = Files.readAllBytes(file);
        return new Trust(file, Digest.of(bytes), TrustFile.parse(bytes));
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
        papers.clear();
        proof.clear();
        policyText.clear();
        saving.clear();
        verified = null;
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
        TrustFile content = trusted();
        state.set(State.VERIFYING);
        verifying.start(
                told -> {
                    FileStamp stamp = FileStamp.of(file);
                    Ladder found = new PackVerifier(content, Set.of())
                            .verify(
                                    file,
                                    (read, total) -> told.accept(Math.min(1, read / (double) Math.max(1, total))));
                    return new Verified(found, stamp, clock.instant());
                },
                new Answer<Verified>() {
                    @Override
                    public void progressed(double part) {
                        progress.set(part);
                    }

                    @Override
                    public void done(Verified found) {
                        verified = found;
                        ladder.set(found.ladder());
                        if (found.ladder().held()) {
                            show(file, found.ladder());
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

    private @Nullable TrustFile trusted() {
        Trust trusted = trust.get();
        return trusted == null ? null : trusted.content();
    }

    /** Reads again what the pack tells beside its records. */
    void readPapers() {
        Path file = pack.get();
        TrustFile content = trusted();
        if (file != null) {
            papers.start(told -> Papers.read(file, content, told));
        }
    }

    /** Makes the proof of a record; of null, forgets the one that was there. */
    void prove(@Nullable RecordRow row) {
        Path file = pack.get();
        TrustFile content = trusted();
        if (row == null || file == null) {
            proof.clear();
        } else {
            proof.start(told -> PackProof.of(file, content, row.record()));
        }
    }

    /** Reads a file of a policy. */
    void read(PackPolicy policy, String name) {
        Path file = pack.get();
        if (file != null) {
            policyText.start(told -> new PolicyText(policy.bundle().hex(), name, policy.text(file, name)));
        }
    }

    /** Writes the proof that is there as a proof file, which verifies without the pack. */
    void saveProof(Path target) {
        PackProof there = proof.value().get();
        if (there != null) {
            saving.start(told -> Files.write(target, there.file().bytes()));
        }
    }

    /** Writes what verifying said as PDF, in the language of these texts. */
    void saveReport(Path target, Texts texts) {
        Path file = pack.get();
        Verified found = verified;
        Trust trusted = trust.get();
        if (file == null || found == null) {
            return;
        }
        saving.start(told -> {
            TrustFile content = trusted == null ? null : trusted.content();
            Papers held = found.ladder().held() ? Papers.read(file, content, told) : null;
            PackFileDigest digest = held != null ? held.file() : PackFileDigest.of(file, told);
            if (!FileStamp.of(file).equals(found.stamp())) {
                throw new IOException(texts.get("pack.report.changed"));
            }
            ByteArrayOutputStream report = new ByteArrayOutputStream();
            new PackReport(found.ladder(), digest, trusted, held, found.at(), program, texts).write(report);
            return Files.write(target, report.toByteArray());
        });
    }

    private void show(Path file, Ladder found) {
        readPapers();
        PackPages opened = new PackPages(file);
        pages = opened;
        int size = Math.toIntExact(Math.min(Integer.MAX_VALUE, found.facts().records()));
        records.set(new PagedList<>(background, opened::page, size, PAGE, why -> problem.set(told(why))));
    }

    static String told(@Nullable Exception why) {
        if (why == null) {
            return "";
        }
        String message = why.getMessage();
        if (message != null && why.getClass() == IOException.class) {
            return message;
        }
        return why.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
}
