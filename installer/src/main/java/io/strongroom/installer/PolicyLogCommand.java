package io.strongroom.installer;

import io.strongroom.api.PolicyActivation;
import io.strongroom.api.PolicyState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code strongroom policy log}. */
@Command(
        name = "log",
        description = "Shows which bundles came into force, the newest first.",
        mixinStandardHelpOptions = true)
final class PolicyLogCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        OfficerHome home = OfficerHome.current();
        PolicyState now = home.call(client -> client.policies().inForce());
        PolicyState.Bundle bundle = now.inForce();
        System.out.println("in force: " + bundle.name() + " " + bundle.version() + ", " + bundle.digest());
        if (now.fault() != null) {
            System.out.println("it cannot be used: " + now.fault());
        }
        for (PolicyActivation activation : home.call(client -> client.policies().activations())) {
            System.out.println(activation.at() + "  " + activation.commit() + "  " + activation.proposal() + " by "
                    + activation.requester() + ", entry " + activation.seq());
        }
        return 0;
    }
}
