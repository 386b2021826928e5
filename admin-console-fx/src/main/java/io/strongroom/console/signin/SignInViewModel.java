package io.strongroom.console.signin;

import io.strongroom.api.About;
import io.strongroom.api.Acceptance;
import io.strongroom.api.Invitation;
import io.strongroom.api.InvitationRequest;
import io.strongroom.api.KeyInfo;
import io.strongroom.api.NewAuthenticator;
import io.strongroom.api.Role;
import io.strongroom.api.SetupRequest;
import io.strongroom.api.SignInRequest;
import io.strongroom.api.officer.OfficerKeyFiles;
import io.strongroom.console.connection.Appliance;
import io.strongroom.console.connection.Connection;
import io.strongroom.console.connection.Troubles;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.work.Answer;
import io.strongroom.console.work.Job;
import io.strongroom.console.work.Latest;
import io.strongroom.console.work.Trouble;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** The way in: from the appliance's address and fingerprint to a session, with a first start or an invitation on the way. */
public final class SignInViewModel {
    /** What is asked for. */
    public enum Page {
        /** Which appliance. */
        APPLIANCE,
        /** Who one is. */
        SIGN_IN,
        /** The setup code, and who the first officer is. */
        FIRST_START,
        /** The code of an invitation. */
        INVITATION,
        /** An authenticator and a password for a new account. */
        AUTHENTICATOR,
        /** The recovery codes, this once. */
        RECOVERY,
        /** A key for this machine. */
        KEY
    }

    /** An account on its way: what its authenticator is set up with, and the invitation that makes it. */
    record Newcomer(
            NewAuthenticator authenticator,
            String invitation,
            @Nullable String administratorToken) {}

    /** What is told once: the recovery codes and, after a first start, the administrator's token. */
    record Once(List<String> recoveryCodes, @Nullable String administratorToken) {}

    private static final String KNOWN = "appliance.";
    private static final Set<Role> FIRST_ROLES = Set.of(Role.SECURITY_ADMIN);

    private final Desk desk;
    private final Connection connection;
    private final OfficerKeyFiles keys;
    private final Latest asking;
    private final ReadOnlyObjectWrapper<Page> page = new ReadOnlyObjectWrapper<>(Page.APPLIANCE);
    private final ReadOnlyObjectWrapper<@Nullable Trouble> trouble = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper another = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable About> about = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Newcomer> newcomer = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Once> once = new ReadOnlyObjectWrapper<>();
    private @Nullable Appliance appliance;
    private String officer;
    private Connection.@Nullable Who who;

    /**
     * @param given the appliance that the program was started for; null for the last one
     * @param officer who is likely to sign in; empty if that is not known
     */
    public SignInViewModel(Desk desk, OfficerKeyFiles keys, @Nullable Appliance given, String officer) {
        this.desk = desk;
        this.connection = desk.connection();
        this.keys = keys;
        this.asking = desk.background().latest();
        this.officer = officer.isEmpty() ? desk.kept().get("officer").orElse("") : officer;
        connection.who().addListener((at, was, is) -> {
            if (is == null) {
                trouble.set(null);
                page.set(Page.SIGN_IN);
                if (connection.expired()) {
                    refuse(desk.texts().get("signin.expired"), desk.texts().get("signin.expired.why"));
                }
            }
        });
        Appliance first = given != null ? given : known().stream().findFirst().orElse(null);
        if (first != null) {
            choose(first);
        }
    }

    ReadOnlyObjectProperty<Page> page() {
        return page.getReadOnlyProperty();
    }

    /** Why the last step was not taken. */
    ReadOnlyObjectProperty<@Nullable Trouble> trouble() {
        return trouble.getReadOnlyProperty();
    }

    /** Whether another than the pinned appliance answered: then there is no way on. */
    ReadOnlyBooleanProperty another() {
        return another.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    /** Who the appliance says that it is, over the pinned connection. */
    ReadOnlyObjectProperty<@Nullable About> about() {
        return about.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<@Nullable Newcomer> newcomer() {
        return newcomer.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<@Nullable Once> once() {
        return once.getReadOnlyProperty();
    }

    /** Who is likely to sign in. */
    String officer() {
        return officer;
    }

    @Nullable
    Appliance appliance() {
        return appliance;
    }

    /** The appliances that somebody signed in to from here, the last first. */
    List<Appliance> known() {
        return desk.kept().keys(KNOWN).stream()
                .sorted(java.util.Comparator.comparing(
                                (String key) -> desk.kept().get(key + ".at").orElse(""))
                        .reversed())
                .filter(key -> !key.endsWith(".at"))
                .flatMap(key -> desk.kept().get(key).stream()
                        .map(address -> Appliance.parse(address, key.substring(KNOWN.length()))))
                .toList();
    }

    /** Goes to a page, leaving what was typed. */
    void go(Page next) {
        asking.cancel();
        busy.set(false);
        trouble.set(null);
        another.set(false);
        page.set(next);
    }

    /** Takes what was typed as the appliance. */
    void choose(String address, String fingerprint) {
        try {
            choose(Appliance.parse(address, fingerprint));
        } catch (IllegalArgumentException e) {
            refuse(desk.texts().get("signin.appliance.wrong"), String.valueOf(e.getMessage()));
        }
    }

    /** Asks that appliance who it is. */
    void choose(Appliance chosen) {
        appliance = chosen;
        about.set(null);
        run(progress -> connection.open(chosen, client -> client.about()), found -> {
            about.set(found);
            page.set(Page.SIGN_IN);
        });
    }

    /** Begins a session, and goes on to a key if there is none on this machine yet. */
    void signIn(String who, String password, String code) {
        Appliance to = Objects.requireNonNull(appliance);
        record Came(Connection.Who who, boolean hasKey) {}

        run(
                progress -> {
                    Connection.Who in = connection.signIn(to, new SignInRequest(who.strip(), password, code.strip()));
                    Set<String> here =
                            keys.all().stream().map(key -> key.id().toString()).collect(Collectors.toSet());
                    boolean hasKey = connection.call(client -> client.auth().keys()).stream()
                            .anyMatch(key -> key.revokedAt() == null && here.contains(key.id()));
                    return new Came(in, hasKey);
                },
                came -> {
                    remember(to, who.strip());
                    this.who = came.who();
                    if (came.hasKey()) {
                        enter();
                    } else {
                        page.set(Page.KEY);
                    }
                });
    }

    private void remember(Appliance to, String who) {
        officer = who;
        desk.kept().put("officer", who);
        String key = KNOWN + to.fingerprint().hex();
        desk.kept().put(key, to.address().toString());
        desk.kept().put(key + ".at", java.time.Instant.now().toString());
    }

    /** Makes a key on this machine and enrols it; the code of the sign-in counts for it. */
    void makeKey(String passphrase, String again) {
        if (passphrase.isEmpty() || !passphrase.equals(again)) {
            refuse(desk.texts().get("signin.key.wrong"), desk.texts().get("signin.key.wrong.why"));
            return;
        }
        run(
                progress -> {
                    OfficerKeyFiles.KeyFile made = keys.make(passphrase, new SecureRandom());
                    return connection.call(client -> client.auth().enrol(keys.open(made, passphrase)));
                },
                (KeyInfo enrolled) -> enter());
    }

    /** Goes on, with a key or without one for now. */
    void enter() {
        Connection.Who in = who;
        if (in != null) {
            who = null;
            connection.enter(in);
        }
    }

    /** Uses the setup code: makes the administrator, and with its token invites the first officer. */
    void firstStart(String setupCode, String id, String name) {
        Appliance to = Objects.requireNonNull(appliance);
        if (id.isBlank() || name.isBlank() || setupCode.isBlank()) {
            refuse(desk.texts().get("signin.first.wrong"), desk.texts().get("signin.first.wrong.why"));
            return;
        }
        run(progress -> new FirstStart(connection, to).begin(setupCode.strip(), id.strip(), name.strip()), this::meet);
    }

    /** Opens an invitation. */
    void invitation(String code) {
        Appliance to = Objects.requireNonNull(appliance);
        run(
                progress -> new Newcomer(
                        connection.open(to, client -> client.auth().openInvitation(code.strip())), code.strip(), null),
                this::meet);
    }

    private void meet(Newcomer met) {
        newcomer.set(met);
        officer = met.authenticator().officer();
        page.set(Page.AUTHENTICATOR);
    }

    /** Accepts the invitation. */
    void accept(String password, String again, String code) {
        Appliance to = Objects.requireNonNull(appliance);
        Newcomer accepted = Objects.requireNonNull(newcomer.get());
        if (!password.equals(again)) {
            refuse(desk.texts().get("signin.password.wrong"), desk.texts().get("signin.password.wrong.why"));
            return;
        }
        run(
                progress -> connection.open(to, client -> client.auth()
                        .accept(new Acceptance(accepted.invitation(), password, code.strip()))),
                codes -> {
                    once.set(new Once(codes, accepted.administratorToken()));
                    newcomer.set(null);
                    page.set(Page.RECOVERY);
                });
    }

    /** The codes are written down. */
    void noted() {
        once.set(null);
        go(Page.SIGN_IN);
    }

    private void refuse(String title, String why) {
        trouble.set(new Trouble(Trouble.Kind.REFUSED, title, why, "", null));
    }

    private <T> void run(Job<T> job, Consumer<T> done) {
        busy.set(true);
        trouble.set(null);
        another.set(false);
        asking.start(job, new Answer<T>() {
            @Override
            public void done(T result) {
                busy.set(false);
                done.accept(result);
            }

            @Override
            public void failed(Exception why) {
                busy.set(false);
                another.set(Troubles.isAnother(why));
                trouble.set(connection.troubles().of(why));
            }
        });
    }

    /** The first start: with the setup code comes an administrator, who invites one officer. */
    private record FirstStart(Connection connection, Appliance appliance) {
        Newcomer begin(String setupCode, String id, String name) {
            String token = connection
                    .open(appliance, client -> client.setUp(new SetupRequest(setupCode, "administrator")))
                    .token();
            Invitation made = connection.open(appliance, token, client -> client.users()
                    .invite(new InvitationRequest(id, name, FIRST_ROLES, Map.of())));
            String invitation = Objects.requireNonNull(made.code(), "a new invitation has a code");
            return new Newcomer(
                    connection.open(appliance, client -> client.auth().openInvitation(invitation)), invitation, token);
        }
    }
}
