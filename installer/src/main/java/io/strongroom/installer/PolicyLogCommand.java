package io.strongroom.installer;

import io.strongroom.api.json.Json;
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
        Json.Obj now = home.call(client -> client.policies().inForce());
        Json.Obj bundle = now.object("inForce");
        System.out.println(
                "in force: " + bundle.text("name") + " " + bundle.text("version") + ", " + bundle.text("digest"));
        if (now.optionalText("fault") != null) {
            System.out.println("it cannot be used: " + now.optionalText("fault"));
        }
        for (Json.Obj activation : home.call(client -> client.policies().activations())) {
            System.out.println(activation.text("at") + "  " + activation.text("commit") + "  "
                    + activation.text("proposal") + " by " + activation.text("requester") + ", entry "
                    + activation.integer("seq"));
        }
        return 0;
    }
}
