package io.strongroom.installer.demo;

import io.strongroom.api.Acceptance;
import io.strongroom.api.Invitation;
import io.strongroom.api.InvitationRequest;
import io.strongroom.api.NewAuthenticator;
import io.strongroom.api.Role;
import io.strongroom.api.SessionTokens;
import io.strongroom.api.SignInRequest;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.officer.OneTimeCode;
import io.strongroom.installer.LaunchException;
import io.strongroom.installer.OfficerHome;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** An officer of the demo, whose password and authenticator the demo shows, so that one can be them. */
public final class DemoOfficer {
    private static final String LETTERS = "abcdefghijkmnopqrstuvwxyz";

    /** Before the end of a step a code of the step before may come too late. */
    private static final int SOME_SECONDS_MILLIS = 5_000;

    private final Throwaway appliance;
    private final String id;
    private final String password;
    private final String secret;
    private final SessionTokens tokens;
    private long lastStep;

    private DemoOfficer(Throwaway appliance, String id, String invitation) {
        this.appliance = appliance;
        this.id = id;
        this.password = password(new SecureRandom());
        try (StrongroomClient anyone = appliance.client(null)) {
            NewAuthenticator authenticator = anyone.auth().openInvitation(invitation);
            secret = authenticator.secret();
            // The oldest two that count: the window wants one, too.
            long step = OneTimeCode.step(System.currentTimeMillis() + SOME_SECONDS_MILLIS) - 1;
            var unused = anyone.auth().accept(new Acceptance(invitation, password, OneTimeCode.of(secret, step)));
            tokens = anyone.auth().signIn(new SignInRequest(id, password, OneTimeCode.of(secret, step + 1)));
            lastStep = step + 1;
        }
    }

    /** Lets somebody in whom {@code inviter} invites. */
    static DemoOfficer joins(Throwaway appliance, String inviter, String id, String name, Role... roles) {
        try (StrongroomClient client = appliance.client(inviter)) {
            Invitation invitation = client.users().invite(new InvitationRequest(id, name, Set.of(roles), Map.of()));
            String code = invitation.code();
            if (code == null) {
                throw new LaunchException("the appliance invited " + id + " and did not tell the code");
            }
            return new DemoOfficer(appliance, id, code);
        }
    }

    private static String password(SecureRandom random) {
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            password.append(i > 0 && i % 4 == 0 ? "-" : "").append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return password.toString();
    }

    String id() {
        return id;
    }

    String password() {
        return password;
    }

    /** What an authenticator is set up with, in Base32. */
    String secret() {
        return secret;
    }

    /** What an authenticator shows now. */
    String code() {
        return OneTimeCode.of(secret, step());
    }

    /** A code that was not used yet: each counts once, and also a little before its half minute. Waits for one. */
    synchronized String freshCode() throws InterruptedException {
        long next = Math.max(step(), lastStep + 1);
        while (step() + 1 < next) {
            TimeUnit.SECONDS.sleep(1);
        }
        lastStep = next;
        return OneTimeCode.of(secret, next);
    }

    private static long step() {
        return OneTimeCode.step(System.currentTimeMillis());
    }

    /** Their session, which holds for some minutes. */
    OfficerHome.Session session() {
        return new OfficerHome.Session(
                appliance.ready().url(), appliance.ready().fingerprint(), Throwaway.TENANT, id, tokens);
    }
}
