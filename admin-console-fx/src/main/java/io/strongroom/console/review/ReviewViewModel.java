package io.strongroom.console.review;

import io.strongroom.api.PolicyProposal;
import io.strongroom.api.Role;
import io.strongroom.api.officer.OfficerKeyException;
import io.strongroom.api.officer.OfficerKeyFiles;
import io.strongroom.console.connection.Connection;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Tasks;
import io.strongroom.console.work.Answer;
import io.strongroom.console.work.Asked;
import io.strongroom.console.work.Job;
import io.strongroom.console.work.Loaded;
import io.strongroom.console.work.Trouble;
import io.strongroom.evidence.approval.Approval;
import io.strongroom.evidence.approval.Decision;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.evidence.approval.PolicyChange;
import io.strongroom.evidence.approval.SignedApproval;
import io.strongroom.evidence.key.SigningKey;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import org.jspecify.annotations.Nullable;

/** The proposals, one of them with all that a reviewer has to know, and what this officer may say of it. */
final class ReviewViewModel {
    /**
     * What this officer may do with the proposal that is shown.
     *
     * @param approve why it cannot be approved; null while it can, and likewise the others
     * @param open the roles in which it can be
     * @param said what they said of it; null where they did not
     * @param own whether it is theirs
     */
    record May(
            @Nullable String approve,
            @Nullable String reject,
            @Nullable String replay,
            @Nullable String takeBack,
            @Nullable String withdraw,
            List<String> open,
            PolicyProposal.@Nullable Given said,
            boolean own) {
        static final May NOTHING = new May("", "", "", "", "", List.of(), null, false);
    }

    private final Desk desk;
    private final OfficerKeyFiles keys;
    private final InstantSource clock;
    private final Asked<List<PolicyProposal>> proposals;
    private final Asked<Reviewed> one;
    private final ReadOnlyObjectWrapper<May> may = new ReadOnlyObjectWrapper<>(May.NOTHING);
    private final ReadOnlyBooleanWrapper acting = new ReadOnlyBooleanWrapper();
    private final ReadOnlyDoubleWrapper replayed = new ReadOnlyDoubleWrapper(Double.NaN);
    private final ReadOnlyIntegerWrapper waiting = new ReadOnlyIntegerWrapper();
    private String name = "";
    private Tasks.@Nullable Task replaying;

    ReviewViewModel(Desk desk, OfficerKeyFiles keys, InstantSource clock) {
        this.desk = desk;
        this.keys = keys;
        this.clock = clock;
        this.proposals = desk.connection().asked();
        this.one = desk.connection().asked();
        one.state().subscribe(now -> judge());
        desk.connection().state().subscribe(now -> judge());
        proposals.state().subscribe(this::count);
        desk.tasks().running().addListener((ListChangeListener<Tasks.Task>) change -> {
            if (replaying != null && !desk.tasks().running().contains(replaying)) {
                replaying = null;
                replayed.set(Double.NaN);
            }
        });
    }

    Asked<List<PolicyProposal>> proposals() {
        return proposals;
    }

    Asked<Reviewed> one() {
        return one;
    }

    ReadOnlyObjectProperty<May> may() {
        return may.getReadOnlyProperty();
    }

    /** Whether something is being signed or handed in now. */
    ReadOnlyBooleanProperty acting() {
        return acting.getReadOnlyProperty();
    }

    /** How much of the shadow evaluation is done; not a number while none runs, below 0 where it cannot be said. */
    ReadOnlyDoubleProperty replayed() {
        return replayed.getReadOnlyProperty();
    }

    /** How many proposals of others wait for approvals. */
    ReadOnlyIntegerProperty waiting() {
        return waiting.getReadOnlyProperty();
    }

    // --- Looking

    /** Asks for the list, and for what is new of the proposal that is shown. */
    void refresh() {
        proposals.again(
                progress -> desk.connection().call(client -> client.policies().proposals()));
        if (!name.isEmpty()) {
            one.again(reading(name));
        }
    }

    /** Shows another proposal, named with or without its folder. */
    void choose(String chosen) {
        String next = chosen.replaceFirst("^proposals/", "");
        if (!next.equals(name)) {
            name = next;
            one.another(reading(next));
        }
    }

    /** The name of the one that is shown, without its folder; empty for none. */
    String name() {
        return name;
    }

    private Job<Reviewed> reading(String which) {
        return progress -> desk.connection().call(client -> Reviewed.read(client, which, keys));
    }

    private void count(Loaded<List<PolicyProposal>> state) {
        List<PolicyProposal> all = state.value();
        if (all != null) {
            waiting.set((int) all.stream()
                    .filter(each ->
                            each.state().equals("open") && !each.author().equals(officer()))
                    .count());
        }
    }

    private String officer() {
        Connection.Who who = desk.connection().who().get();
        return who == null ? "" : who.session().account().officer();
    }

    // --- What may be done

    private void judge() {
        Reviewed shown = one.state().get().value();
        Connection.Who who = desk.connection().who().get();
        if (shown == null || who == null) {
            may.set(May.NOTHING);
            return;
        }
        PolicyProposal proposal = shown.proposal();
        boolean own = proposal.author().equals(officer());
        Standing standing = new Standing(
                proposal,
                officer(),
                Role.wires(who.session().account().roles()),
                !shown.keys().isEmpty(),
                shown.signingKey().isPresent());
        String lost = desk.connection().state().get() == Connection.State.LOST
                ? desk.texts().get("review.why.LOST")
                : null;
        String ended = proposal.state().equals("open") || proposal.state().equals("draft")
                ? null
                : desk.texts().get("review.why.NOT_OPEN");
        may.set(new May(
                lost != null ? lost : said(standing.approving()),
                lost != null ? lost : said(standing.rejecting()),
                lost != null ? lost : ended,
                lost,
                lost != null ? lost : ended,
                standing.open(),
                standing.said().orElse(null),
                own));
    }

    private @Nullable String said(Optional<Standing.WhyNot> why) {
        return why.map(each -> desk.texts().get("review.why." + each.name())).orElse(null);
    }

    // --- Saying

    /** Whether the key that would sign asks for a passphrase. */
    boolean asksForPassphrase() {
        Reviewed shown = one.state().get().value();
        return shown != null
                && shown.signingKey().filter(OfficerKeyFiles.KeyFile::encrypted).isPresent();
    }

    /**
     * Signs what is shown, and hands it in; refuses if that is not what is there any more.
     *
     * @param role one of those that are open
     */
    void say(Decision decision, String role, String passphrase) {
        Reviewed shown = one.state().get().value();
        Optional<OfficerKeyFiles.KeyFile> key = shown == null ? Optional.empty() : shown.signingKey();
        if (shown == null || key.isEmpty()) {
            return;
        }
        PolicyChange seen = shown.proposal()
                .change()
                .orElseThrow(() -> new IllegalStateException("a proposal that is shown says what is to be approved"));
        String which = name;
        String officer = officer();
        act(
                desk.texts().get(decision == Decision.APPROVE ? "review.approve.failed" : "review.reject.failed"),
                progress -> {
                    SigningKey signing = keys.open(key.get(), passphrase);
                    return desk.connection().call(client -> {
                        PolicyProposal now = client.policies().proposal(which);
                        if (!now.change().equals(Optional.of(seen))) {
                            throw new Moved();
                        }
                        Approval approval = Approval.now(
                                seen,
                                decision,
                                new PersonId(officer),
                                role,
                                clock.instant(),
                                Approval.LONGEST,
                                new SecureRandom());
                        return client.policies().approve(which, SignedApproval.sign(approval, signing));
                    });
                },
                done -> desk.dialogs()
                        .told(desk.texts()
                                .get(
                                        decision == Decision.APPROVE ? "review.approve.done" : "review.reject.done",
                                        which)));
    }

    /** Takes back what this officer said. */
    void takeBack() {
        PolicyProposal.Given said = may.get().said();
        if (said == null) {
            return;
        }
        String which = name;
        act(
                desk.texts().get("review.takeback.failed"),
                progress -> desk.connection().call(client -> {
                    client.policies().takeBack(which, said.digest());
                    return which;
                }),
                done -> desk.dialogs().told(desk.texts().get("review.takeback.done")));
    }

    /** Gives this officer's own proposal up. */
    void withdraw() {
        String which = name;
        act(
                desk.texts().get("review.withdraw.failed"),
                progress -> desk.connection().call(client -> client.policies().withdraw(which)),
                done -> desk.dialogs().told(desk.texts().get("review.withdraw.done", which)));
    }

    private <T> void act(String failure, Job<T> job, Consumer<T> done) {
        acting.set(true);
        desk.background().latest().start(job, new Answer<T>() {
            @Override
            public void done(T result) {
                acting.set(false);
                done.accept(result);
                refresh();
            }

            @Override
            public void failed(Exception why) {
                acting.set(false);
                desk.dialogs().failed(failure, trouble(why));
                refresh();
            }
        });
    }

    private Trouble trouble(Exception why) {
        return switch (why) {
            case Moved moved ->
                new Trouble(
                        Trouble.Kind.REFUSED,
                        desk.texts().get("review.moved"),
                        desk.texts().get("review.moved.why"),
                        "",
                        null);
            case OfficerKeyException closed ->
                new Trouble(
                        Trouble.Kind.REFUSED,
                        desk.texts().get("review.key.closed"),
                        desk.texts().get("review.key.closed.why"),
                        "",
                        null);
            default -> desk.connection().troubles().of(why);
        };
    }

    // --- Replaying

    /** Replays the last days; 0 for full speed. */
    void replay(int days, int rate) {
        String which = name;
        replayed.set(-1);
        replaying = desk.tasks()
                .start(
                        desk.texts().get("review.replay.task", which),
                        new Replay(desk.connection(), which, days, rate),
                        new Answer<Impact>() {
                            @Override
                            public void progressed(double part) {
                                replayed.set(part);
                            }

                            @Override
                            public void done(Impact result) {
                                replayed.set(Double.NaN);
                                desk.dialogs()
                                        .told(desk.texts()
                                                .get(
                                                        "review.replay.done",
                                                        which,
                                                        result.changes().size()));
                                refresh();
                            }

                            @Override
                            public void failed(Exception why) {
                                replayed.set(Double.NaN);
                                desk.dialogs()
                                        .failed(
                                                desk.texts().get("review.replay.failed"),
                                                desk.connection().troubles().of(why));
                                refresh();
                            }
                        });
    }

    /** Stops it, on the appliance too. */
    void stopReplay() {
        if (replaying != null) {
            replaying.cancel();
        }
    }

    /** The first letters of a commit or of a digest, enough to tell it from others. */
    static String brief(String hex) {
        String digits = hex.toLowerCase(Locale.ROOT).replace("sha256:", "");
        return digits.length() <= 10 ? digits : digits.substring(0, 10);
    }
}
