package io.strongroom.console.review;

import io.strongroom.api.CommentRequest;
import io.strongroom.api.PolicyProposal;
import io.strongroom.api.officer.OfficerKeyException;
import io.strongroom.api.officer.OfficerKeyFiles;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.work.Answer;
import io.strongroom.console.work.Job;
import io.strongroom.console.work.Trouble;
import io.strongroom.evidence.approval.Approval;
import io.strongroom.evidence.approval.Decision;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.evidence.approval.PolicyChange;
import io.strongroom.evidence.approval.SignedApproval;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/** Says something of the proposal that is shown: an approval, a comment, a request for changes; or takes it back. */
final class SayingViewModel {
    private final Desk desk;
    private final OfficerKeyFiles keys;
    private final InstantSource clock;
    private final ReviewViewModel review;
    private final ReadOnlyBooleanWrapper acting = new ReadOnlyBooleanWrapper();

    /** What was written and not taken, by proposal and place: it is there when one writes there again. */
    private final Map<String, String> unsaid = new HashMap<>();

    SayingViewModel(Desk desk, OfficerKeyFiles keys, InstantSource clock, ReviewViewModel review) {
        this.desk = desk;
        this.keys = keys;
        this.clock = clock;
        this.review = review;
        desk.connection().who().subscribe(who -> unsaid.clear());
    }

    /** Whether something is being signed or handed in now. */
    ReadOnlyBooleanProperty acting() {
        return acting.getReadOnlyProperty();
    }

    /** Whether the key that would sign asks for a passphrase. */
    boolean asksForPassphrase() {
        Reviewed shown = review.shown();
        return shown != null
                && shown.signingKey().filter(OfficerKeyFiles.KeyFile::encrypted).isPresent();
    }

    /** What was written of a place and not taken. */
    String unsaid(Place place) {
        return unsaid.getOrDefault(unsaidKey(place), "");
    }

    private String unsaidKey(Place place) {
        return review.name() + " " + place;
    }

    // --- Saying

    /**
     * Signs an approval of what is shown, and hands it in; refuses if that is not what is there any more.
     *
     * @param role one of those that are open
     */
    void approve(String role, String passphrase) {
        Reviewed shown = requireShown();
        String which = review.name();
        PersonId officer = officer();
        act("review.approve.failed", desk.texts().get("review.approve.done", which), progress -> {
            SignedApproval signed = sign(shown, Decision.APPROVE, officer, role, passphrase);
            return desk.connection().call(client -> {
                PolicyProposal now = client.policies().proposal(which);
                if (!now.change().equals(shown.proposal().change())) {
                    throw new Moved();
                }
                return client.policies().approve(which, signed);
            });
        });
    }

    /** Says something of a place in what is shown. */
    void comment(Place place, String text) {
        CommentRequest request =
                place.of(CommentRequest.of(text, requireShown().proposal().commit()));
        say(place, text, "review.comment.failed", "review.comment.done", progress -> request);
    }

    /** Asks for changes of what is shown: signs a rejection, of which the text is the reason. */
    void requestChanges(Place place, String text, String role, String passphrase) {
        Reviewed shown = requireShown();
        PersonId officer = officer();
        CommentRequest request =
                place.of(CommentRequest.of(text, shown.proposal().commit()));
        say(
                place,
                text,
                "review.reject.failed",
                "review.reject.done",
                progress -> request.rejecting(sign(shown, Decision.REJECT, officer, role, passphrase)));
    }

    private void say(Place place, String text, String failure, String success, Job<CommentRequest> request) {
        String which = review.name();
        String key = unsaidKey(place);
        unsaid.put(key, text);
        act(
                failure,
                desk.texts().get(success, which),
                progress -> {
                    CommentRequest made = request.run(progress);
                    return desk.connection().call(client -> client.policies().comment(which, made));
                },
                () -> unsaid.remove(key));
    }

    private Reviewed requireShown() {
        return Objects.requireNonNull(review.shown(), "what is spoken of is shown");
    }

    private PersonId officer() {
        return new PersonId(review.officer());
    }

    private SignedApproval sign(Reviewed shown, Decision decision, PersonId officer, String role, String passphrase) {
        PolicyChange seen = shown.proposal()
                .change()
                .orElseThrow(() -> new IllegalStateException("a proposal that is shown says what is to be approved"));
        Optional<OfficerKeyFiles.KeyFile> key = shown.signingKey();
        Approval approval =
                Approval.now(seen, decision, officer, role, clock.instant(), Approval.LONGEST, new SecureRandom());
        return SignedApproval.sign(approval, keys.open(key.orElseThrow(), passphrase));
    }

    /** Takes back what this officer said. */
    void takeBack() {
        PolicyProposal.Given said = review.may().get().said();
        if (said == null) {
            return;
        }
        String which = review.name();
        act("review.takeback.failed", desk.texts().get("review.takeback.done"), progress -> desk.connection()
                .call(client -> {
                    client.policies().takeBack(which, said.digest());
                    return which;
                }));
    }

    /** Gives this officer's own proposal up. */
    void withdraw() {
        String which = review.name();
        act("review.withdraw.failed", desk.texts().get("review.withdraw.done", which), progress -> desk.connection()
                .call(client -> client.policies().withdraw(which)));
    }

    private <T> void act(String failure, String success, Job<T> job) {
        act(failure, success, job, () -> {});
    }

    private <T> void act(String failure, String success, Job<T> job, Runnable done) {
        acting.set(true);
        desk.background().latest().start(job, new Answer<T>() {
            @Override
            public void done(T result) {
                acting.set(false);
                done.run();
                desk.dialogs().told(success);
                review.refresh();
            }

            @Override
            public void failed(Exception why) {
                acting.set(false);
                desk.dialogs().failed(desk.texts().get(failure), trouble(why));
                review.refresh();
            }
        });
    }

    private Trouble trouble(Exception why) {
        return switch (why) {
            case Moved moved -> refused("review.moved", "review.moved.why");
            case OfficerKeyException closed -> refused("review.key.closed", "review.key.closed.why");
            default -> desk.connection().troubles().of(why);
        };
    }

    private Trouble refused(String title, String detail) {
        return new Trouble(
                Trouble.Kind.REFUSED, desk.texts().get(title), desk.texts().get(detail), "", null);
    }
}
