package io.strongroom.installer;

import io.strongroom.api.Acceptance;
import io.strongroom.api.NewAuthenticator;
import io.strongroom.api.client.StrongroomClient;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code strongroom accept}. */
@Command(
        name = "accept",
        description = "Accepts an invitation: asks for its code, sets up the authenticator and the password.",
        mixinStandardHelpOptions = true)
final class AcceptCommand implements Callable<Integer> {
    @Mixin
    private WhichAppliance which = new WhichAppliance();

    @Override
    public Integer call() {
        Prompt prompt = Prompt.current();
        try (StrongroomClient client = which.known().anonymous()) {
            String invitation = prompt.secret("Code of the invitation");
            NewAuthenticator authenticator = client.auth().openInvitation(invitation);
            System.out.println("You become " + authenticator.officer() + " (" + authenticator.name() + ").");
            System.out.println("Set up your authenticator with this secret: " + authenticator.secret());
            System.out.println("  or with " + authenticator.uri());
            String password = prompt.newSecret("A new password (12 characters or more)");
            List<String> codes = client.auth()
                    .accept(new Acceptance(invitation, password, prompt.text("Code of your authenticator")));
            System.out.println(
                    "Keep these recovery codes where you keep no password. Each replaces the authenticator once:");
            codes.forEach(code -> System.out.println("  " + code));
            System.out.println("Next: `strongroom sign-in`, then `strongroom key make` and `strongroom key enrol`.");
        }
        return 0;
    }
}
