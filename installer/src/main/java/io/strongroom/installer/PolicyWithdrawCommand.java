package io.strongroom.installer;

import io.strongroom.api.PolicyProposal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code strongroom policy withdraw}. */
@Command(
        name = "withdraw",
        description = "Gives up a proposal of yours, for good: its name is not used again.",
        mixinStandardHelpOptions = true)
final class PolicyWithdrawCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "The proposal.")
    private String name = "";

    @Override
    public Integer call() {
        PolicyProposal withdrawn =
                OfficerHome.current().call(client -> client.policies().withdraw(name));
        System.out.println(withdrawn.name() + " is " + withdrawn.state());
        return 0;
    }
}
