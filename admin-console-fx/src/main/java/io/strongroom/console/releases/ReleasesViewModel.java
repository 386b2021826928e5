package io.strongroom.console.releases;

import io.strongroom.api.Account;
import io.strongroom.api.PolicyActivation;
import io.strongroom.api.PolicyProposal;
import io.strongroom.api.PolicyState;
import io.strongroom.console.connection.Connection;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Spot;
import io.strongroom.console.rules.RulesClone;
import io.strongroom.console.rules.RulesException;
import io.strongroom.console.rules.RulesFolder;
import io.strongroom.console.work.Answer;
import io.strongroom.console.work.Asked;
import io.strongroom.console.work.Job;
import io.strongroom.console.work.Trouble;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import org.eclipse.jgit.lib.PersonIdent;
import org.jspecify.annotations.Nullable;

/** What is in force, what waits to be, and what was. */
final class ReleasesViewModel {
    private static final int MOST_OPEN = 20;

    /**
     * All of it.
     *
     * @param open proposals that are open, with their approvals
     * @param activations the newest first
     */
    record Releases(PolicyState state, List<PolicyProposal> open, List<PolicyActivation> activations) {
        Releases {
            open = List.copyOf(open);
            activations = List.copyOf(activations);
        }
    }

    private final Desk desk;
    private final RulesFolder folder;
    private final InstantSource clock;
    private final Asked<Releases> all;
    private final Asked<Release> one;
    private final ReadOnlyBooleanWrapper acting = new ReadOnlyBooleanWrapper();

    ReleasesViewModel(Desk desk, RulesFolder folder, InstantSource clock) {
        this.desk = desk;
        this.folder = folder;
        this.clock = clock;
        this.all = desk.connection().asked();
        this.one = desk.connection().asked();
    }

    Asked<Releases> all() {
        return all;
    }

    Asked<Release> one() {
        return one;
    }

    ReadOnlyBooleanProperty acting() {
        return acting.getReadOnlyProperty();
    }

    /** Asks for all of it again. */
    void refresh() {
        all.again(progress -> desk.connection()
                .call(client -> new Releases(
                        client.policies().inForce(),
                        client.policies().proposals().stream()
                                .filter(each -> each.state().equals("open"))
                                .limit(MOST_OPEN)
                                .map(each -> client.policies().proposal(name(each.name())))
                                .toList(),
                        client.policies().activations())));
    }

    static String name(String proposal) {
        return proposal.replaceFirst("^proposals/", "");
    }

    /** Shows one of the activations. */
    void choose(PolicyActivation activation) {
        Releases known = all.state().get().value();
        Connection.Who who = desk.connection().who().get();
        if (known == null || who == null) {
            return;
        }
        int at = known.activations().indexOf(activation);
        PolicyActivation before = at >= 0 && at + 1 < known.activations().size()
                ? known.activations().get(at + 1)
                : null;
        String origin = who.about().origin();
        one.another(progress ->
                Release.read(desk.connection(), folder.clone(desk.connection()), activation, before, origin));
    }

    // --- What may be done

    /** Why a proposal cannot be brought into force; null if it can. */
    @Nullable
    String whyNotActivate(PolicyProposal proposal) {
        long counting = proposal.approvals().stream()
                .filter(PolicyProposal.Given::counts)
                .count();
        if (lost()) {
            return desk.texts().get("review.why.LOST");
        } else if (desk.notAllowed("policy.activate") != null) {
            return desk.notAllowed("policy.activate");
        } else if (!proposal.continuesMain()) {
            return desk.texts().get("review.why.MAIN_MOVED");
        } else if (counting < 2) {
            return desk.texts().get("releases.why.approvals", counting);
        }
        return null;
    }

    /** Why the rules of a release cannot be brought back; null if they can. */
    @Nullable
    String whyNotBack(@Nullable Release release) {
        Releases known = all.state().get().value();
        if (release == null || known == null) {
            return "";
        } else if (lost()) {
            return desk.texts().get("review.why.LOST");
        } else if (release.activation().bundle().equals(known.state().inForce().digest())) {
            return desk.texts().get("releases.why.inforce");
        }
        return release.filesHold()
                ? desk.notAllowed("policy.propose")
                : desk.texts().get("releases.why.files");
    }

    private boolean lost() {
        return desk.connection().state().get() == Connection.State.LOST;
    }

    // --- Doing it

    /** Brings an approved proposal into force. */
    void activate(PolicyProposal proposal) {
        String name = name(proposal.name());
        act(
                "releases.activate.failed",
                progress -> desk.connection().call(client -> client.policies().activate(name)),
                done -> desk.dialogs().told(desk.texts().get("releases.activate.done", name)));
    }

    /** Proposes the rules of an older release again, on top of main: bringing them back needs approvals as any change does. */
    void bringBack(Release release) {
        Connection.Who who = desk.connection().who().get();
        if (who == null) {
            return;
        }
        Account account = who.session().account();
        PersonIdent author = new PersonIdent(account.name(), account.officer());
        String commit = release.activation().commit();
        String draft = "back-to-" + commit.substring(0, 7) + "-"
                + Long.toString(clock.instant().getEpochSecond(), 36).toLowerCase(Locale.ROOT);
        String title = desk.texts().get("releases.back.title", release.name(), commit.substring(0, 7));
        act(
                "releases.back.failed",
                progress -> {
                    RulesClone clone = folder.clone(desk.connection());
                    clone.fetch(desk.connection().passage());
                    clone.pushBack(
                            commit, draft, title, author, desk.connection().passage());
                    return desk.connection().call(client -> client.policies().propose(draft, title));
                },
                done -> {
                    desk.dialogs().told(desk.texts().get("releases.back.done", draft));
                    desk.navigator().go(new Spot("review", draft));
                });
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
                desk.dialogs().failed(desk.texts().get(failure), trouble(why));
                refresh();
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
