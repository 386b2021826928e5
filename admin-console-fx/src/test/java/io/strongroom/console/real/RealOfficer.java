package io.strongroom.console.real;

import static org.awaitility.Awaitility.await;

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
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Somebody with an account: a password, an authenticator, recovery codes, a key that is enrolled, and a session. */
public final class RealOfficer {
    public static final String PASSWORD = "four words of no sense";

    private static final int SOME_SECONDS_MILLIS = 5_000;

    private final RealAppliance appliance;
    private final String id;
    private final String secret;
    private final Deque<String> recoveryCodes;
    private final SigningKey key = SigningKey.generate(SigningAlgorithm.ED25519, new SecureRandom());
    private final Session session;
    private long lastStep;

    private RealOfficer(RealAppliance appliance, String id, String invitation) {
        this.appliance = appliance;
        this.id = id;
        try (StrongroomClient anyone = appliance.appliance().build()) {
            NewAuthenticator authenticator = anyone.auth().openInvitation(invitation);
            secret = authenticator.secret();
            List<String> codes = anyone.auth().accept(new Acceptance(invitation, PASSWORD, code()));
            recoveryCodes = new ArrayDeque<>(codes);
        }
        session = appliance.appliance().secondFactor(wrong -> code()).signIn(new SignInRequest(id, PASSWORD, code()));
        session.client().auth().enrol(key);
    }

    /** The first of an appliance, invited by its administrator. */
    static RealOfficer first(RealAppliance appliance, String id, String name, Role... roles) {
        try (StrongroomClient administrator = appliance.administrator()) {
            return invited(appliance, administrator, id, name, roles);
        }
    }

    /** Somebody whom this one invites, who is let in at once. */
    public RealOfficer invites(String other, String name, Role... roles) {
        return invited(appliance, session.client(), other, name, roles);
    }

    private static RealOfficer invited(
            RealAppliance appliance, StrongroomClient inviter, String id, String name, Role... roles) {
        String code = inviter.users()
                .invite(new InvitationRequest(id, name, Set.of(roles), Map.of()))
                .code();
        return new RealOfficer(appliance, id, String.valueOf(code));
    }

    public String id() {
        return id;
    }

    /** Approves what a proposal is now, in this role of theirs. */
    public void approves(String proposal, Role role) {
        Approval approval = Approval.now(
                client().policies().proposal(proposal).change().orElseThrow(),
                Decision.APPROVE,
                new PersonId(id),
                role.wire(),
                Instant.now(),
                Approval.LONGEST,
                new SecureRandom());
        client().policies().approve(proposal, SignedApproval.sign(approval, key));
    }

    /** A client in a session of theirs that was begun with both factors. */
    public StrongroomClient client() {
        return session.client();
    }

    /** The key that the appliance knows as theirs. */
    public SigningKey key() {
        return key;
    }

    /**
     * What their authenticator shows: a code that has not been used. There are two in half a minute; where both are used, this
     * waits for the next.
     */
    public synchronized String code() {
        // The step before that of now counts as long as that lasts.
        long oldest = OneTimeCode.step(System.currentTimeMillis() + SOME_SECONDS_MILLIS) - 1;
        long next = Math.max(oldest, lastStep + 1);
        await().atMost(Duration.ofMinutes(1)).until(() -> next <= OneTimeCode.step(System.currentTimeMillis()) + 1);
        lastStep = next;
        return OneTimeCode.of(secret, next);
    }

    /** A code that takes the authenticator's place, of which there are ten, and none is waited for. */
    public synchronized String recoveryCode() {
        return recoveryCodes.remove();
    }
}
