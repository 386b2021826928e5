package io.strongroom.console.people;

import io.strongroom.api.Account;
import io.strongroom.api.Invitation;
import io.strongroom.api.InvitationRequest;
import io.strongroom.api.KeyInfo;
import io.strongroom.api.Role;
import io.strongroom.console.desk.Deeds;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.work.Asked;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/** Everybody with an account, who is invited, and the keys of the chosen officer. */
final class PeopleViewModel {
    private final Desk desk;
    private final Deeds deeds;
    private final Asked<List<Account>> accounts;
    private final Asked<List<Invitation>> invitations;
    private final Asked<List<KeyInfo>> keys;
    private final ObjectProperty<@Nullable Account> chosen = new SimpleObjectProperty<>();

    PeopleViewModel(Desk desk, Deeds deeds) {
        this.desk = desk;
        this.deeds = deeds;
        accounts = desk.connection().asked();
        invitations = desk.connection().asked();
        keys = desk.connection().asked();
        chosen.addListener((at, was, is) -> {
            if (is == null) {
                keys.clear();
            } else if (was == null || !was.officer().equals(is.officer())) {
                keys.another(progress ->
                        desk.connection().call(client -> client.users().keys(is.officer())));
            }
        });
    }

    Asked<List<Account>> accounts() {
        return accounts;
    }

    Asked<List<Invitation>> invitations() {
        return invitations;
    }

    /** The keys of {@link #chosen}. */
    Asked<List<KeyInfo>> keys() {
        return keys;
    }

    ObjectProperty<@Nullable Account> chosen() {
        return chosen;
    }

    void refresh() {
        accounts.again(
                progress -> desk.connection().call(client -> client.users().list()));
        invitations.again(
                progress -> desk.connection().call(client -> client.users().invitations()));
        Account whose = chosen.get();
        if (whose != null) {
            keys.again(
                    progress -> desk.connection().call(client -> client.users().keys(whose.officer())));
        }
    }

    /** Whether an invitation can be made of this: the appliance says the rest. */
    static boolean invitable(String officer, String name, Set<Role> roles) {
        return officer.strip().matches("[A-Za-z0-9._@+-]{1,64}") && !name.isBlank() && !roles.isEmpty();
    }

    /** Invites somebody; the code is in what {@code made} is given and nowhere else. */
    void invite(String officer, String name, Set<Role> roles, Consumer<Invitation> made) {
        deeds.run(
                desk.texts().get("people.not.invited"),
                client -> client.users().invite(new InvitationRequest(officer.strip(), name.strip(), roles, Map.of())),
                invitation -> {
                    refresh();
                    made.accept(invitation);
                });
    }

    void withdraw(Invitation invitation) {
        deeds.run(
                desk.texts().get("people.not.withdrawn"),
                client -> {
                    client.users().withdraw(invitation.id());
                    return invitation.name();
                },
                name -> {
                    desk.dialogs().told(desk.texts().get("people.withdrawn", name));
                    refresh();
                });
    }

    void setRoles(Account whose, Set<Role> roles) {
        deeds.run(
                desk.texts().get("people.not.roles"),
                client -> client.users().setRoles(whose.officer(), roles),
                now -> {
                    desk.dialogs().told(desk.texts().get("people.roles.set", now.name()));
                    refresh();
                });
    }

    void disable(Account whose) {
        deeds.run(
                desk.texts().get("people.not.disabled"),
                client -> client.users().disable(whose.officer()),
                now -> {
                    desk.dialogs().told(desk.texts().get("people.disabled", now.name()));
                    refresh();
                });
    }

    void revoke(KeyInfo key) {
        deeds.run(
                desk.texts().get("people.not.revoked"),
                client -> {
                    client.users().revokeKey(key.officer(), key.id());
                    return key.id();
                },
                id -> {
                    desk.dialogs().told(desk.texts().get("people.key.revoked"));
                    refresh();
                });
    }
}
