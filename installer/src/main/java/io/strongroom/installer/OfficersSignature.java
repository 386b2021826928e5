package io.strongroom.installer;

import io.strongroom.api.Role;
import io.strongroom.evidence.approval.Approval;
import io.strongroom.evidence.approval.Decision;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.evidence.approval.PolicyChange;
import io.strongroom.evidence.approval.SignedApproval;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say with which key and in which role an officer signs what they say of a change. */
final class OfficersSignature {
    @Option(names = "--role", paramLabel = "ROLE", description = "In which of your roles (default: your only one).")
    private String role = "";

    @Option(
            names = "--key",
            paramLabel = "ID",
            description = "Which key, by the beginning of its id (default: the only one).")
    private String key = "";

    /** Signs; asks for the key's passphrase where it has one. */
    SignedApproval sign(OfficerHome home, PolicyChange change, Decision decision, Duration counts) {
        PersonId officer = new PersonId(home.signedIn().officer());
        var signing = home.key(key);
        Approval approval = Approval.now(
                change,
                decision,
                officer,
                role.isEmpty() ? onlyRole(home) : role,
                Instant.now(),
                counts,
                new SecureRandom());
        return SignedApproval.sign(approval, signing);
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
