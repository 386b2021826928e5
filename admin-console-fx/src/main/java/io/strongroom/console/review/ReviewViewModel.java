package io.strongroom.console.review;

import io.strongroom.api.PolicyProposal;
import io.strongroom.api.Role;
import io.strongroom.api.officer.OfficerKeyFiles;
import io.strongroom.console.connection.Connection;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.work.Asked;
import io.strongroom.console.work.Job;
import io.strongroom.console.work.Loaded;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
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
            @Nullable String comment,
            @Nullable String replay,
            @Nullable String takeBack,
            @Nullable String withdraw,
            List<String> open,
            PolicyProposal.@Nullable Given said,
            boolean own) {
        static final May NOTHING = new May("", "", "", "", "", "", List.of(), null, false);
    }

    private final Desk desk;
    private final OfficerKeyFiles keys;
    private final Asked<List<PolicyProposal>> proposals;
    private final Asked<Reviewed> one;
    private final ReadOnlyObjectWrapper<May> may = new ReadOnlyObjectWrapper<>(May.NOTHING);
    private final ReadOnlyIntegerWrapper waiting = new ReadOnlyIntegerWrapper();
    private String name = "";

    ReviewViewModel(Desk desk, OfficerKeyFiles keys) {
        this.desk = desk;
        this.keys = keys;
        this.proposals = desk.connection().asked();
        this.one = desk.connection().asked();
        one.state().subscribe(now -> judge());
        desk.connection().state().subscribe(now -> judge());
        proposals.state().subscribe(this::count);
    }

    Asked<List<PolicyProposal>> proposals() {
        return proposals;
    }

    Asked<Reviewed> one() {
        return one;
    }

    /** The one that is shown; null while none is here. */
    @Nullable
    Reviewed shown() {
        return one.state().get().value();
    }

    ReadOnlyObjectProperty<May> may() {
        return may.getReadOnlyProperty();
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

    /** Who is signed in, as proposals name them; empty while nobody is. */
    String officer() {
        Connection.Who who = desk.connection().who().get();
        return who == null ? "" : who.session().account().officer();
    }

    /** The roles of whoever is signed in. */
    List<String> roles() {
        Connection.Who who = desk.connection().who().get();
        return who == null ? List.of() : Role.wires(who.session().account().roles());
    }

    // --- What may be done

    private void judge() {
        Reviewed shown = shown();
        if (shown == null || desk.connection().who().get() == null) {
            may.set(May.NOTHING);
            return;
        }
        PolicyProposal proposal = shown.proposal();
        Standing standing = new Standing(
                proposal,
                officer(),
                roles(),
                !shown.keys().isEmpty(),
                shown.signingKey().isPresent());
        String lost = desk.connection().state().get() == Connection.State.LOST
                ? desk.texts().get("review.why.LOST")
                : null;
        String ended = proposal.state().equals("open") || proposal.state().equals("draft")
                ? null
                : desk.texts().get("review.why.NOT_OPEN");
        boolean own = proposal.author().equals(officer());
        String decides = desk.notAllowed("policy.approve");
        may.set(new May(
                first(lost, ended, decides, said(standing.approving())),
                first(lost, ended, decides, said(standing.rejecting())),
                first(lost, ended, own ? null : desk.notAllowed("policy.review")),
                first(lost, ended, desk.notAllowed("policy.shadow")),
                lost,
                first(lost, ended),
                standing.open(),
                standing.said().orElse(null),
                own));
    }

    /** The first reason that there is; null for none. */
    private static @Nullable String first(@Nullable String... reasons) {
        for (@Nullable String reason : reasons) {
            if (reason != null) {
                return reason;
            }
        }
        return null;
    }

    private @Nullable String said(Optional<Standing.WhyNot> why) {
        return why.map(each -> desk.texts().get("review.why." + each.name())).orElse(null);
    }

    /** The first letters of a commit or of a digest, enough to tell it from others. */
    static String brief(String hex) {
        String digits = hex.toLowerCase(Locale.ROOT).replace("sha256:", "");
        return digits.length() <= 10 ? digits : digits.substring(0, 10);
    }
}
