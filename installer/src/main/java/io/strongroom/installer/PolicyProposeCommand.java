package io.strongroom.installer;

import io.strongroom.api.PolicyProposal;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code strongroom policy propose}. */
@Command(
        name = "propose",
        description = "Pushes the commit that is checked out as a proposal, and asks for approvals of it.",
        mixinStandardHelpOptions = true)
final class PolicyProposeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "What it is called: 1 to 64 of a-z 0-9 -.")
    private String name = "";

    @Option(names = "--title", required = true, paramLabel = "TEXT", description = "What it is about, in a line.")
    private String title = "";

    @Option(names = "--dir", paramLabel = "DIR", description = "The clone (default: this folder).")
    private Path folder = Path.of("");

    @Option(names = "--force", description = "Put another history in the place of what was pushed before.")
    private boolean force;

    @Override
    public Integer call() {
        OfficerHome home = OfficerHome.current();
        new PolicyGit(home.signedIn()).push(folder.toAbsolutePath(), name, force);
        PolicyProposal proposal = home.call(client -> client.policies().propose(name, title));
        System.out.println(proposal.name() + " is open: commit " + proposal.commit());
        System.out.println("Now two other officers, of different roles: strongroom policy review " + name);
        return 0;
    }
}
