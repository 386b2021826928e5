package io.strongroom.api.client;

import io.strongroom.api.Acceptance;
import io.strongroom.api.KeyInfo;
import io.strongroom.api.KeyPossession;
import io.strongroom.api.NewAuthenticator;
import io.strongroom.api.SessionInfo;
import io.strongroom.api.SessionTokens;
import io.strongroom.api.SignInRequest;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.key.SigningKey;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** A person's own session, second factor and keys. The client calls with the access token of the session. */
public final class Auth {
    private static final String PATH = "/api/v1/auth";

    private final Transport transport;
    private final Transport anyone;

    Auth(Transport transport) {
        this.transport = transport;
        this.anyone = transport.anonymous();
    }

    /** Begins a session. Needs no token. {@link StrongroomClient.Builder#signIn} keeps its tokens new. */
    public SessionTokens signIn(SignInRequest request) {
        return SessionTokens.fromJson(anyone.postJson(PATH + "/sign-in", request.toJson()));
    }

    /** The next tokens of a session. Sent once: a refresh token that is shown again ends the session. */
    public SessionTokens refresh(String refreshToken) {
        return SessionTokens.fromJson(anyone.postJson(
                PATH + "/refresh",
                Json.object().put("refreshToken", refreshToken).build()));
    }

    /** The session that this client calls with. */
    public SessionInfo session() {
        return SessionInfo.fromJson(transport.getJson(PATH + "/session"));
    }

    /**
     * The operations that the policy in force allows the person now, as policy names them: for what shows what can be done, since
     * each call is decided anew.
     */
    public Set<String> operations() {
        return Set.copyOf(transport.getJson(PATH + "/operations").texts("items"));
    }

    /** All sessions of the person's. */
    public List<SessionInfo> sessions() {
        return transport.getJson(PATH + "/sessions").objects("items", SessionInfo::fromJson);
    }

    /** Ends another session of the person's. */
    public void end(String session) {
        transport.delete(PATH + "/sessions/" + Paths.segment(session));
    }

    /** Ends this session. */
    public void signOut() {
        post("/sign-out", Json.Obj.EMPTY);
    }

    /** Ends all sessions of the person's. */
    public void signOutEverywhere() {
        post("/sign-out-everywhere", Json.Obj.EMPTY);
    }

    /** Shows the second factor again: what needs it may be done for five minutes. */
    public SessionInfo stepUp(String code) {
        return SessionInfo.fromJson(
                post("/step-up", Json.object().put("code", code).build()));
    }

    /** What an invitation is for, and what to set the authenticator up with. Needs no token. */
    public NewAuthenticator openInvitation(String code) {
        return NewAuthenticator.fromJson(anyone.postJson(
                PATH + "/invitations/open",
                Json.object().put("invitation", code).build()));
    }

    /** Accepts an invitation; gives the recovery codes, this once. Needs no token. */
    public List<String> accept(Acceptance acceptance) {
        return anyone.postJson(PATH + "/invitations/accept", acceptance.toJson())
                .texts("recoveryCodes");
    }

    /** Changes the password; ends all other sessions. Needs the second factor. */
    public void changePassword(String current, String changed) {
        post(
                "/password",
                Json.object().put("current", current).put("new", changed).build());
    }

    /** A new authenticator, which counts once {@link #confirmAuthenticator} has shown its code. */
    public NewAuthenticator newAuthenticator() {
        return NewAuthenticator.fromJson(post("/authenticator", Json.Obj.EMPTY));
    }

    /** Takes the new authenticator into use; gives new recovery codes and ends all other sessions. */
    public List<String> confirmAuthenticator(String code) {
        return post("/authenticator/confirm", Json.object().put("code", code).build())
                .texts("recoveryCodes");
    }

    /** The person's own keys. */
    public List<KeyInfo> keys() {
        return transport.getJson(PATH + "/keys").objects("items", KeyInfo::fromJson);
    }

    /** Enrols a key: asks for a challenge and signs it. Needs the second factor. */
    public KeyInfo enrol(SigningKey key) {
        Json.Obj given = post("/keys/challenge", Json.Obj.EMPTY);
        KeyPossession possession =
                new KeyPossession(given.text("origin"), given.text("officer"), given.text("challenge"));
        Base64.Encoder base64 = Base64.getEncoder();
        return KeyInfo.fromJson(post(
                "/keys",
                Json.object()
                        .put(
                                "publicKey",
                                base64.encodeToString(key.verifyingKey().spki()))
                        .put("signature", base64.encodeToString(possession.sign(key)))
                        .build()));
    }

    /** Revokes one of the person's own keys. Needs the second factor. */
    public void revokeKey(String keyId) {
        transport.delete(PATH + "/keys/" + Paths.segment(keyId));
    }

    private Json.Obj post(String path, Json.Obj body) {
        return transport.postJson(PATH + path, body);
    }
}
