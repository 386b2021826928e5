package io.strongroom.agent;

import io.strongroom.api.Acceptance;
import io.strongroom.api.InvitationRequest;
import io.strongroom.api.NewAuthenticator;
import io.strongroom.api.Role;
import io.strongroom.api.SignInRequest;
import io.strongroom.api.client.Session;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.officer.OneTimeCode;
import io.strongroom.evidence.approval.Approval;
import io.strongroom.evidence.approval.Decision;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.evidence.approval.SignedApproval;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.SigningKey;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/** Somebody with an account, a session and a key of their own, in one role. */
record Officer(String id, Role role, SigningKey key, Session session) {
    private static final String PASSWORD = "four words of no sense";

    /** Invited, joined, signed in, and with a key that the appliance knows. */
    static Officer invited(ServerOnAPort server, StrongroomClient by, String id, Role role) throws IOException {
        String code = String.valueOf(by.users()
                .invite(new InvitationRequest(id, id, Set.of(role), Map.of()))
                .code());
        String secret;
        try (StrongroomClient anyone = server.client(null)) {
            NewAuthenticator authenticator = anyone.auth().openInvitation(code);
            secret = authenticator.secret();
            var unused = anyone.auth().accept(new Acceptance(code, PASSWORD, shown(secret, -1)));
        }
        SigningKey key = SigningKey.generate(SigningAlgorithm.ED25519, new SecureRandom());
        Session session = server.builder(null).signIn(new SignInRequest(id, PASSWORD, shown(secret, 0)));
        session.client().auth().enrol(key);
        return new Officer(id, role, key, session);
    }

    /** What the authenticator shows, or did a step ago; each counts once. */
    private static String shown(String secret, int steps) {
        return OneTimeCode.of(secret, OneTimeCode.step(System.currentTimeMillis()) + steps);
    }

    StrongroomClient client() {
        return session.client();
    }

    void approve(String proposal) {
        Approval approval = Approval.now(
                client().policies().proposal(proposal).change().orElseThrow(),
                Decision.APPROVE,
                new PersonId(id),
                role.wire(),
                Instant.now(),
                Approval.LONGEST,
                new SecureRandom());
        var unused = client().policies().approve(proposal, SignedApproval.sign(approval, key));
    }

    /** As officers.yaml names one. */
    String line() {
        return "  - {officer: " + id + ", roles: [" + role.wire() + "], keys: ["
                + Base64.getEncoder().encodeToString(key.verifyingKey().spki()) + "]}\n";
    }
}
