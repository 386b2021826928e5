package io.strongroom.installer;

import io.strongroom.api.client.StrongroomClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code strongroom sign-out}. */
@Command(name = "sign-out", description = "Ends the session.", mixinStandardHelpOptions = true)
final class SignOutCommand implements Callable<Integer> {
    @Option(names = "--everywhere", description = "End all sessions, on other machines too.")
    private boolean everywhere;

    @Override
    public Integer call() {
        OfficerHome home = OfficerHome.current();
        try (StrongroomClient client = home.signedIn().client()) {
            if (everywhere) {
                client.auth().signOutEverywhere();
            } else {
                client.auth().signOut();
            }
        }
        home.forget();
        System.out.println(everywhere ? "signed out everywhere" : "signed out");
        return 0;
    }
}
