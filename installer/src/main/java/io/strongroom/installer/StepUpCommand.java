package io.strongroom.installer;

import io.strongroom.api.SessionInfo;
import io.strongroom.api.client.StrongroomClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code strongroom step-up}. */
@Command(
        name = "step-up",
        description = "Shows the second factor again: what needs it may be done for five minutes.",
        mixinStandardHelpOptions = true)
final class StepUpCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        try (StrongroomClient client = OfficerHome.current().signedIn().client()) {
            SessionInfo session = client.auth().stepUp(Prompt.current().text("Code of your authenticator"));
            System.out.println("the second factor counts until " + session.stepUpUntil());
        }
        return 0;
    }
}
