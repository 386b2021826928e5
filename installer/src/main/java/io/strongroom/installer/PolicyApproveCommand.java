package io.strongroom.installer;

import io.strongroom.api.PolicyProposal;
import io.strongroom.api.Role;
import io.strongroom.evidence.approval.Approval;
import io.strongroom.evidence.approval.Decision;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.evidence.approval.PolicyChange;
import io.strongroom.evidence.approval.SignedApproval;
import io.strongroom.evidence.key.SigningKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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

    @Option(
            names = "--commit",
            paramLabel = "COMMIT",
            required = true,
            description = "The commit that you reviewed, or its first 8 digits or more: no other is approved.")
    private String commit = "";

    @Option(names = "--role", paramLabel = "ROLE", description = "In which of your roles (default: your only one).")
    private String role = "";

    @Option(
            names = "--key",
            paramLabel = "ID",
            description = "Which key, by the beginning of its id (default: the only one).")
    private String key = "";

    @Option(names = "--days", paramLabel = "N", description = "For how many days it counts, 1 to 7 (default: 7).")
    private int days = 7;

    @Option(names = "--reject", description = "Reject it: that commit cannot be activated until you take this back.")
    private boolean reject;

    @Override
    public Integer call() {
        OfficerHome home = OfficerHome.current();
        OfficerHome.Session session = home.signedIn();
        PolicyProposal proposal = home.call(client -> client.policies().proposal(name));
        PolicyChange change = proposal.change()
                .orElseThrow(() -> new LaunchException("the appliance does not say what is to be approved"));
        if (commit.length() < 8 || !change.commit().hex().startsWith(commit)) {
            throw new LaunchException(
                    "the proposal is now the commit " + change.commit() + ", not " + commit + ": review it again");
        }
        SigningKey signing = home.key(key);
        Approval approval = Approval.now(
                change,
                reject ? Decision.REJECT : Decision.APPROVE,
                new PersonId(session.officer()),
                role.isEmpty() ? onlyRole(home) : role,
                Instant.now(),
                Duration.ofDays(days),
                new SecureRandom());
        SignedApproval signed = SignedApproval.sign(approval, signing);
        home.call(client -> client.policies().approve(name, signed));
        System.out.println((reject ? "Rejected " : "Approved ") + proposal.name() + ", commit " + change.commit());
        return 0;
    }

    private static String onlyRole(OfficerHome home) {
        List<String> roles = Role.wires(
                home.call(client -> client.auth().session()).account().roles());
        if (roles.size() != 1) {
            throw new LaunchException("say in which role, with --role: you have " + String.join(", ", roles));
        }
        return roles.getFirst();
    }
}
