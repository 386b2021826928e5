package io.strongroom.installer;

import io.strongroom.api.PolicyProposal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code strongroom policy activate}. */
@Command(
        name = "activate",
        description = "Brings a proposal into force that two officers of different roles have approved.",
        mixinStandardHelpOptions = true)
final class PolicyActivateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "The proposal.")
    private String name = "";

    @Override
    public Integer call() {
        PolicyProposal activated =
                OfficerHome.current().call(client -> client.policies().activate(name));
        System.out.println("In force: bundle " + activated.bundle() + " of commit " + activated.commit());
        return 0;
    }
}
