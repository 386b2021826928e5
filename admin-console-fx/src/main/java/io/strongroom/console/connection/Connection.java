package io.strongroom.console.connection;

import io.strongroom.api.About;
import io.strongroom.api.SessionInfo;
import io.strongroom.api.SignInRequest;
import io.strongroom.api.client.Session;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.client.StrongroomException;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Asked;
import io.strongroom.console.work.Background;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/**
 * The one appliance that this console works with, and whether it is heard. Calls are made off the UI thread; what they
 * tell of the connection shows in its properties, on the UI thread.
 */
public final class Connection implements AutoCloseable {
    /** What may be done now. */
    public enum State {
        /** Nobody is signed in. */
        SIGNED_OUT,
        /** The last call was answered. */
        CONNECTED,
        /** The last call was not: what is on screen stays, and nothing can be changed. */
        LOST
    }

    /**
     * Who is signed in, and where.
     *
     * @param may the operations that policy allowed them when they came
     */
    public record Who(Appliance appliance, About about, SessionInfo session, Set<String> may) {
        public Who {
            may = Set.copyOf(may);
        }
    }

    private final Background background;
    private final Executor ui;
    private final InstantSource clock;
    private final Troubles troubles;
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.SIGNED_OUT);
    private final ReadOnlyObjectWrapper<@Nullable Who> who = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Instant> heard = new ReadOnlyObjectWrapper<>();
    private final StringProperty purpose = new SimpleStringProperty("");
    private volatile @Nullable String stated;
    private volatile @Nullable Session session;
    private volatile @Nullable Appliance appliance;
    private boolean expired;
    private volatile SecondFactor secondFactor = wrong -> null;

    /** @param ui runs what it is given on the UI thread */
    public Connection(Background background, Executor ui, InstantSource clock, Texts texts) {
        this.background = background;
        this.ui = ui;
        this.clock = clock;
        this.troubles = new Troubles(texts);
        purpose.addListener((at, was, is) -> stated = sayable(is));
    }

    public ReadOnlyObjectProperty<State> state() {
        return state.getReadOnlyProperty();
    }

    /** Who is signed in; null while nobody is. */
    public ReadOnlyObjectProperty<@Nullable Who> who() {
        return who.getReadOnlyProperty();
    }

    /** Whether the last session came to an end that the officer did not ask for, as one that is over. */
    public boolean expired() {
        return expired;
    }

    /** When the appliance last answered. */
    public ReadOnlyObjectProperty<@Nullable Instant> heard() {
        return heard.getReadOnlyProperty();
    }

    /** For what purpose the officer reads records, as they say; empty where they do not. Each call states it. */
    public StringProperty purpose() {
        return purpose;
    }

    /** As a header can carry it; null where nothing is said. */
    private static @Nullable String sayable(@Nullable String typed) {
        return typed == null || typed.isBlank() ? null : typed.strip().replaceAll("[^\\x20-\\x7e\\xa0-\\xff]", "?");
    }

    /** Who asks for a code where a call needs the second factor. */
    public void secondFactor(SecondFactor asks) {
        secondFactor = asks;
    }

    /** Says what an officer reads of whatever a call threw. */
    public Troubles troubles() {
        return troubles;
    }

    /** One thing that a screen asks the appliance for. When the session ends it is gone: it is not for whoever comes next. */
    public <T> Asked<T> asked() {
        Asked<T> asked = new Asked<>(background, troubles::of, clock);
        who.addListener((at, was, is) -> {
            if (is == null) {
                asked.clear();
            }
        });
        return asked;
    }

    /** Calls an appliance before anybody is signed in: about, setup, invitations. Off the UI thread. */
    public <T> T open(Appliance appliance, Function<StrongroomClient, T> work) {
        return open(appliance, null, work);
    }

    /** The same with a token, such as the administrator's at a first start. Off the UI thread. */
    public <T> T open(Appliance appliance, @Nullable String token, Function<StrongroomClient, T> work) {
        String tenant;
        try (StrongroomClient client = appliance.client(null).build()) {
            tenant = client.about().tenantId();
        }
        try (StrongroomClient client = appliance.client(tenant).token(token).build()) {
            return work.apply(client);
        }
    }

    /** Begins a session, in the place of any before; nothing shows it before {@link #enter}. Off the UI thread. */
    public Who signIn(Appliance appliance, SignInRequest request) {
        About about = open(appliance, StrongroomClient::about);
        Session next = appliance
                .client(about.tenantId())
                .purpose(() -> stated)
                .secondFactor(this::code)
                .signIn(request);
        Who signedIn = new Who(
                appliance,
                about,
                next.client().auth().session(),
                next.client().auth().operations());
        Session before = session;
        session = next;
        if (before != null) {
            before.close();
        }
        return signedIn;
    }

    /** Shows the session that was begun. On the UI thread. */
    public void enter(Who signedIn) {
        appliance = signedIn.appliance();
        hear();
        who.set(signedIn);
    }

    /**
     * Calls the appliance in the session. Off the UI thread; blocks. Where a request needs the second factor it is asked for,
     * and that request is sent again: what was done before it is not done twice.
     *
     * @throws StrongroomException if the call did not succeed
     * @throws Declined if the officer would not show the second factor
     */
    public <T> T call(Function<StrongroomClient, T> work) {
        Session in = session;
        if (in == null) {
            throw new IllegalStateException("nobody is signed in");
        }
        try {
            T answer = work.apply(in.client());
            ui.execute(() -> heardIn(in));
            return answer;
        } catch (StrongroomException.Unreachable | StrongroomException.TimedOut e) {
            ui.execute(() -> lostIn(in));
            throw e;
        } catch (StrongroomException.Unauthenticated e) {
            ui.execute(() -> endedIn(in, true));
            throw e;
        } catch (StrongroomException.Answered e) {
            ui.execute(() -> heardIn(in));
            throw e;
        }
    }

    /**
     * What git needs to speak with the appliance in the session.
     *
     * @param token holds for a minute at least
     */
    public record Passage(Appliance appliance, String token) {
        @Override
        public String toString() {
            return "Passage to " + appliance.address();
        }
    }

    /** A passage for git. Off the UI thread; may call the appliance for a new token. */
    public Passage passage() {
        Session in = session;
        if (in == null) {
            throw new IllegalStateException("nobody is signed in");
        }
        return new Passage(appliance(), in.token());
    }

    /** The appliance that one is signed in to, or was last. From any thread. */
    public Appliance appliance() {
        Appliance at = appliance;
        if (at == null) {
            throw new IllegalStateException("nobody is signed in");
        }
        return at;
    }

    private String code(boolean wrong) {
        String code;
        try {
            code = secondFactor.code(wrong);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Declined();
        }
        if (code == null) {
            throw new Declined();
        }
        return code;
    }

    /** Ends the session, on the appliance too where it answers. Off the UI thread. */
    public void signOut() {
        Session ended = session;
        if (ended == null) {
            return;
        }
        try {
            ended.signOut();
        } catch (StrongroomException e) {
            // It ends by itself; nobody here keeps its tokens.
        }
        ui.execute(() -> endedIn(ended, false));
    }

    private void heardIn(Session in) {
        if (in == session && who.get() != null) {
            hear();
        }
    }

    private void hear() {
        heard.set(clock.instant());
        state.set(State.CONNECTED);
    }

    private void lostIn(Session in) {
        if (in == session && who.get() != null) {
            state.set(State.LOST);
        }
    }

    private void endedIn(Session in, boolean unasked) {
        if (in == session) {
            expired = unasked;
            session = null;
            purpose.set("");
            in.close();
            state.set(State.SIGNED_OUT);
            who.set(null);
        }
    }

    @Override
    public void close() {
        Session open = session;
        session = null;
        if (open != null) {
            open.close();
        }
    }
}
