package io.strongroom.installer.demo;

import io.strongroom.api.Acceptance;
import io.strongroom.api.Invitation;
import io.strongroom.api.InvitationRequest;
import io.strongroom.api.NewAuthenticator;
import io.strongroom.api.Role;
import io.strongroom.api.SessionTokens;
import io.strongroom.api.SignInRequest;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.installer.LaunchException;
import io.strongroom.installer.OfficerHome;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An officer of the demo, whose password and authenticator the demo shows, so that one can be them. */
public final class DemoOfficer {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String LETTERS = "abcdefghijkmnopqrstuvwxyz";
    private static final int STEP_MILLIS = 30_000;

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
            long step = Math.floorDiv(System.currentTimeMillis() + SOME_SECONDS_MILLIS, STEP_MILLIS) - 1;
            var unused = anyone.auth().accept(new Acceptance(invitation, password, code(step)));
            tokens = anyone.auth().signIn(new SignInRequest(id, password, code(step + 1)));
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
        return code(step());
    }

    /** A code that was not used yet: each counts once, and also a little before its half minute. Waits for one. */
    synchronized String freshCode() throws InterruptedException {
        long next = Math.max(step(), lastStep + 1);
        while (step() + 1 < next) {
            TimeUnit.SECONDS.sleep(1);
        }
        lastStep = next;
        return code(next);
    }

    private static long step() {
        return Math.floorDiv(System.currentTimeMillis(), STEP_MILLIS);
    }

    /** Their session, which holds for some minutes. */
    OfficerHome.Session session() {
        return new OfficerHome.Session(
                appliance.ready().url(), appliance.ready().fingerprint(), Throwaway.TENANT, id, tokens);
    }

    /** RFC 6238, as an app on a telephone does it. */
    private String code(long step) {
        byte[] key = new byte[secret.length() * 5 / 8];
        for (int bit = 0; bit < key.length * 8; bit++) {
            int value = BASE32.indexOf(secret.charAt(bit / 5));
            if ((value >> (4 - bit % 5) & 1) == 1) {
                key[bit / 8] |= (byte) (0x80 >> bit % 8);
            }
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "raw"));
            byte[] hash =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int number = ByteBuffer.wrap(hash).getInt(hash[hash.length - 1] & 0xf) & Integer.MAX_VALUE;
            return String.format(Locale.ROOT, "%06d", number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new LaunchException("this Java platform has no HMAC", e);
        }
    }
}
