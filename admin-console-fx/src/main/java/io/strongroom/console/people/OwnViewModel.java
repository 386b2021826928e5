package io.strongroom.console.people;

import io.strongroom.api.KeyInfo;
import io.strongroom.api.NewAuthenticator;
import io.strongroom.api.SessionInfo;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.officer.OfficerKeyFiles;
import io.strongroom.console.connection.Connection;
import io.strongroom.console.desk.Deeds;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.work.Asked;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One's own account: sessions, password, authenticator, keys. */
final class OwnViewModel {
    /**
     * A key of one's own.
     *
     * @param here whether it can be signed with on this machine
     */
    record OwnKey(KeyInfo key, boolean here) {}

    /** Sessions, and which of them is this one. */
    record Sessions(List<SessionInfo> all, String current) {}

    private final Desk desk;
    private final Deeds deeds;
    private final OfficerKeyFiles files;
    private final SecureRandom random;
    private final Asked<Sessions> sessions;
    private final Asked<List<OwnKey>> keys;

    /** @param files the keys on this machine */
    OwnViewModel(Desk desk, Deeds deeds, OfficerKeyFiles files, SecureRandom random) {
        this.desk = desk;
        this.deeds = deeds;
        this.files = files;
        this.random = random;
        sessions = desk.connection().asked();
        keys = desk.connection().asked();
    }

    Asked<Sessions> sessions() {
        return sessions;
    }

    Asked<List<OwnKey>> keys() {
        return keys;
    }

    void refresh() {
        sessions.again(progress -> desk.connection()
                .call(client -> new Sessions(
                        client.auth().sessions(), client.auth().session().id())));
        keys.again(progress -> desk.connection().call(this::read));
    }

    private List<OwnKey> read(StrongroomClient client) {
        Set<String> here = new HashSet<>();
        files.all().forEach(key -> here.add(key.id().toString()));
        List<OwnKey> all = new ArrayList<>();
        client.auth().keys().forEach(key -> all.add(new OwnKey(key, here.contains(key.id()))));
        return all;
    }

    void end(SessionInfo session) {
        deeds.run(
                desk.texts().get("people.not.ended"),
                client -> {
                    client.auth().end(session.id());
                    return session.id();
                },
                id -> {
                    desk.dialogs().told(desk.texts().get("people.ended"));
                    refresh();
                });
    }

    /** Ends all sessions, this one too: the way in is shown after it. */
    void signOutEverywhere() {
        Connection connection = desk.connection();
        deeds.run(
                desk.texts().get("people.not.ended"),
                client -> {
                    client.auth().signOutEverywhere();
                    return true;
                },
                ended -> desk.background()
                        .latest()
                        .start(
                                progress -> {
                                    connection.signOut();
                                    return true;
                                },
                                new Quiet()));
    }

    /** What comes after one has left is for nobody. */
    private static final class Quiet implements io.strongroom.console.work.Answer<Boolean> {
        @Override
        public void done(Boolean result) {
            // The way in is on screen.
        }

        @Override
        public void failed(Exception why) {
            // The session is over in any case.
        }
    }

    void changePassword(String current, String changed) {
        deeds.run(
                desk.texts().get("people.not.password"),
                client -> {
                    client.auth().changePassword(current, changed);
                    return true;
                },
                done -> {
                    desk.dialogs().told(desk.texts().get("people.password.changed"));
                    refresh();
                });
    }

    /** What the new authenticator is set up with; it counts once its code was shown. */
    void newAuthenticator(Consumer<NewAuthenticator> made) {
        deeds.run(
                desk.texts().get("people.not.authenticator"),
                client -> client.auth().newAuthenticator(),
                made);
    }

    /** Takes it into use; gives the new recovery codes, this once. */
    void confirmAuthenticator(String code, Consumer<List<String>> codes) {
        deeds.run(
                desk.texts().get("people.not.authenticator"),
                client -> client.auth().confirmAuthenticator(code.strip()),
                codes);
    }

    /** Makes a key on this machine and enrols it. */
    void makeKey(String passphrase) {
        // Asked again with the second factor, the same key is enrolled.
        AtomicReference<OfficerKeyFiles.@Nullable KeyFile> file = new AtomicReference<>();
        deeds.run(
                desk.texts().get("people.not.key"),
                client -> {
                    OfficerKeyFiles.KeyFile made = file.get();
                    if (made == null) {
                        made = files.make(passphrase, random);
                        file.set(made);
                    }
                    return client.auth().enrol(files.open(made, passphrase));
                },
                key -> {
                    desk.dialogs().told(desk.texts().get("people.key.made"));
                    refresh();
                });
    }

    void revoke(KeyInfo key) {
        deeds.run(
                desk.texts().get("people.not.revoked"),
                client -> {
                    client.auth().revokeKey(key.id());
                    return key.id();
                },
                id -> {
                    desk.dialogs().told(desk.texts().get("people.key.revoked"));
                    refresh();
                });
    }
}
