package io.strongroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.Acceptance;
import io.strongroom.api.InvitationRequest;
import io.strongroom.api.NewAuthenticator;
import io.strongroom.api.Role;
import io.strongroom.api.SignInRequest;
import io.strongroom.api.client.StrongroomClient;
import java.util.Map;
import java.util.Set;

/** Brings people into an appliance, as the product does: invited, with an authenticator, signed in. */
public final class TestPeople {
    private static final String PASSWORD = "four words of no sense";

    private TestPeople() {}

    /** Invites somebody, lets them accept and sign in. @return the token of their session */
    public static String joined(ApplianceFixture appliance, String inviter, String officer, Role... roles) {
        String code;
        try (StrongroomClient client = appliance.client(inviter)) {
            code = String.valueOf(client.users()
                    .invite(new InvitationRequest(officer, "The one called " + officer, Set.of(roles), Map.of()))
                    .code());
        }
        try (StrongroomClient nobody = appliance.client("")) {
            NewAuthenticator authenticator = nobody.auth().openInvitation(code);
            String secret = authenticator.secret();
            long step = TestAuthenticator.stepBefore();
            assertThat(nobody.auth().accept(new Acceptance(code, PASSWORD, TestAuthenticator.code(secret, step))))
                    .hasSize(10);
            return nobody.auth()
                    .signIn(new SignInRequest(officer, PASSWORD, TestAuthenticator.code(secret, step + 1)))
                    .accessToken();
        }
    }
}
