package io.strongroom.installer;

import io.strongroom.evidence.approval.Decision;
import io.strongroom.evidence.approval.PolicyChange;
import io.strongroom.evidence.approval.SignedApproval;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code strongroom policy approve}: signs, on the officer's own machine, exactly what the appliance says is proposed. */
@Command(
        name = "approve",
        description = "Signs an approval of a proposal with your key, and hands it in. Review it first.",
        mixinStandardHelpOptions = true)
final class PolicyApproveCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "The proposal.")
    private String name = "";

    @Mixin
    private ReviewedCommit reviewed = new ReviewedCommit();

    @Mixin
    private OfficersSignature signature = new OfficersSignature();

    @Option(names = "--days", paramLabel = "N", description = "For how many days it counts, 1 to 7 (default: 7).")
    private int days = 7;

    @Override
    public Integer call() {
        OfficerHome home = OfficerHome.current();
        PolicyChange change = reviewed.of(home, name);
        SignedApproval signed = signature.sign(home, change, Decision.APPROVE, Duration.ofDays(days));
        home.call(client -> client.policies().approve(name, signed));
        System.out.println("Approved " + change.proposal() + ", commit " + change.commit());
        return 0;
    }
}
