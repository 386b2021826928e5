package io.strongroom.installer;

import io.strongroom.api.Role;
import io.strongroom.api.SessionInfo;
import io.strongroom.api.client.StrongroomClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code strongroom whoami}. */
@Command(name = "whoami", description = "Says who is signed in, and with which roles.", mixinStandardHelpOptions = true)
final class WhoamiCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        OfficerHome.Session session = OfficerHome.current().signedIn();
        try (StrongroomClient client = session.client()) {
            SessionInfo info = client.auth().session();
            System.out.println(info.account().officer() + " (" + info.account().name() + ") at " + session.url());
            System.out.println("roles          "
                    + String.join(", ", Role.wires(info.account().roles())));
            System.out.println("until          " + info.endsAt());
            System.out.println("second factor  "
                    + (info.stepUpUntil() == null ? "to be shown again" : "counts until " + info.stepUpUntil()));
        }
        return 0;
    }
}
