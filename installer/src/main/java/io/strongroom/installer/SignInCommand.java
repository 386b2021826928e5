package io.strongroom.installer;

import io.strongroom.api.About;
import io.strongroom.api.SessionTokens;
import io.strongroom.api.SignInRequest;
import io.strongroom.api.client.StrongroomClient;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code strongroom sign-in}. */
@Command(
        name = "sign-in",
        description = "Begins a session with an appliance, for 12 hours at most; asks for the password and a code.",
        mixinStandardHelpOptions = true)
final class SignInCommand implements Callable<Integer> {
    @Mixin
    private WhichAppliance which = new WhichAppliance();

    @Option(names = "--officer", paramLabel = "ID", description = "Who signs in (asked for if left out).")
    private @Nullable String officer;

    @Override
    public Integer call() {
        WhichAppliance.Known known = which.known();
        Prompt prompt = Prompt.current();
        String who = officer != null ? officer : prompt.text("Officer");
        try (StrongroomClient client = known.anonymous()) {
            About about = client.about();
            SessionTokens tokens = client.auth()
                    .signIn(new SignInRequest(
                            who, prompt.secret("Password"), prompt.text("Code of your authenticator")));
            OfficerHome.current()
                    .keep(new OfficerHome.Session(known.url(), known.fingerprint(), about.tenantId(), who, tokens));
            System.out.println(who + " is signed in at " + known.url() + " until " + tokens.endsAt());
        }
        return 0;
    }
}
