package io.strongroom.api.client;

import io.strongroom.api.Account;
import io.strongroom.api.Invitation;
import io.strongroom.api.InvitationRequest;
import io.strongroom.api.KeyInfo;
import io.strongroom.api.Role;
import io.strongroom.api.json.Json;
import java.util.List;
import java.util.Set;

/** The people of an appliance. Changes need the operation {@code users.manage} and the second factor. */
public final class Users {
    private static final String PATH = "/api/v1/users";

    private final Transport transport;

    Users(Transport transport) {
        this.transport = transport;
    }

    /** Everybody who has an account. */
    public List<Account> list() {
        return transport.getJson(PATH).objects("items", Account::fromJson);
    }

    /** Invites somebody; the code is in this answer and nowhere else. */
    public Invitation invite(InvitationRequest request) {
        return Invitation.fromJson(transport.postJson(PATH + "/invitations", request.toJson()));
    }

    /** The invitations that nobody has accepted yet. */
    public List<Invitation> invitations() {
        return transport.getJson(PATH + "/invitations").objects("items", Invitation::fromJson);
    }

    /** Takes an invitation back. */
    public void withdraw(String invitation) {
        transport.delete(PATH + "/invitations/" + Paths.segment(invitation));
    }

    /** Gives somebody these roles and no other. */
    public Account setRoles(String officer, Set<Role> roles) {
        return Account.fromJson(transport.postJson(
                PATH + "/" + Paths.segment(officer) + "/roles",
                Json.object().put("roles", Json.ofTexts(Role.wires(roles))).build()));
    }

    /** Disables an account: its sessions end, its keys are revoked. */
    public Account disable(String officer) {
        return Account.fromJson(transport.postJson(PATH + "/" + Paths.segment(officer) + "/disable", Json.Obj.EMPTY));
    }

    /** Somebody's keys, revoked ones included. */
    public List<KeyInfo> keys(String officer) {
        return transport.getJson(PATH + "/" + Paths.segment(officer) + "/keys").objects("items", KeyInfo::fromJson);
    }

    /** Revokes somebody's key. */
    public void revokeKey(String officer, String keyId) {
        transport.delete(PATH + "/" + Paths.segment(officer) + "/keys/" + Paths.segment(keyId));
    }
}
