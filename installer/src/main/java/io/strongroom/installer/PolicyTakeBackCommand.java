package io.strongroom.installer;

import io.strongroom.api.PolicyProposal;
import io.strongroom.evidence.approval.PersonId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code strongroom policy take-back}. */
@Command(
        name = "take-back",
        description = "Takes back your approval of a proposal, or your request for changes.",
        mixinStandardHelpOptions = true)
final class PolicyTakeBackCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "The proposal.")
    private String name = "";

    @Override
    public Integer call() {
        OfficerHome home = OfficerHome.current();
        PersonId officer = new PersonId(home.signedIn().officer());
        PolicyProposal proposal = home.call(client -> client.policies().proposal(name));
        List<PolicyProposal.Given> mine = proposal.approvals().stream()
                .filter(given -> !given.withdrawn() && new PersonId(given.officer()).equals(officer))
                .toList();
        if (mine.isEmpty()) {
            throw new LaunchException("you have neither approved " + proposal.name() + " nor asked for changes");
        }
        for (PolicyProposal.Given given : mine) {
            home.call(client -> {
                client.policies().takeBack(name, given.digest());
                return given;
            });
            System.out.println("Took back: " + given.decision() + ", commit " + given.commit());
        }
        return 0;
    }
}
