package io.strongroom.installer;

import io.strongroom.api.Invitation;
import io.strongroom.api.InvitationRequest;
import io.strongroom.api.Role;
import io.strongroom.api.client.StrongroomClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code strongroom invite}. */
@Command(
        name = "invite",
        description = "Invites a person and prints the code that they accept with, within 24 hours.",
        mixinStandardHelpOptions = true)
final class InviteCommand implements Callable<Integer> {
    @Parameters(paramLabel = "OFFICER", description = "The id that they get, such as ann@example.com.")
    private String officer = "";

    @Option(names = "--name", paramLabel = "NAME", description = "What they are called (default: the id).")
    private @Nullable String name;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            split = ",",
            required = true,
            description = "Such as Security.Admin; again for each further one.")
    private List<String> roles = new ArrayList<>();

    @Option(
            names = "--attribute",
            paramLabel = "NAME=VALUE",
            description = "What conditions of a policy may ask, such as team=fraud.")
    private Map<String, String> attributes = new TreeMap<>();

    @Option(
            names = "--first",
            description = "As the administrator of an appliance of this machine, who invites the first officer.")
    private boolean first;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "With --first: the appliance's data directory (default: ~/.strongroom).")
    private Path data = Installation.DEFAULT_DATA;

    @Override
    public Integer call() {
        InvitationRequest request = new InvitationRequest(officer, name != null ? name : officer, roles(), attributes);
        Invitation invitation;
        if (first) {
            try (StrongroomClient client = Installation.at(data).administrator(null)) {
                invitation = client.users().invite(request);
            }
        } else {
            invitation = OfficerHome.current().call(client -> client.users().invite(request));
        }
        System.err.println("invitation for " + invitation.officer() + ", until " + invitation.expiresAt()
                + "; give it to them alone, for `strongroom accept`:");
        System.out.println(invitation.code());
        return 0;
    }

    private Set<Role> roles() {
        Set<Role> asked = EnumSet.noneOf(Role.class);
        for (String role : roles) {
            asked.add(Role.ofWire(role)
                    .orElseThrow(() -> new LaunchException("a role is one of " + Role.names() + ", not " + role)));
        }
        return asked;
    }
}
