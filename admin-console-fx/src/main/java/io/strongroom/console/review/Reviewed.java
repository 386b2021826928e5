package io.strongroom.console.review;

import io.strongroom.api.KeyInfo;
import io.strongroom.api.PolicyProposal;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.client.StrongroomException;
import io.strongroom.api.officer.OfficerKeyFiles;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that an officer looks at before they approve: of one commit, against one bundle in force.
 *
 * @param rows the files side by side; none where the bundle is not valid any more
 * @param keys this officer's on this machine
 * @param enrolled ids of the keys that the appliance knows as this officer's
 * @param impact of its last shadow evaluation; null where there is none that has a report
 */
record Reviewed(
        PolicyProposal proposal,
        List<DiffRow> rows,
        List<OfficerKeyFiles.KeyFile> keys,
        Set<String> enrolled,
        @Nullable Impact impact) {

    Reviewed {
        rows = List.copyOf(rows);
        keys = List.copyOf(keys);
        enrolled = Set.copyOf(enrolled);
    }

    /** The key that would sign: one that is here, and that the appliance knows. */
    Optional<OfficerKeyFiles.KeyFile> signingKey() {
        return keys.stream()
                .filter(key -> enrolled.contains(key.id().toString()))
                .findFirst();
    }

    /** The files side by side, with what was said of this commit below the lines that it is about. */
    List<FileRow> fileRows() {
        return FileRow.of(
                rows,
                proposal.comments().stream()
                        .filter(comment -> comment.commit().equals(proposal.commit()))
                        .toList());
    }

    /** The name without its folder, as calls name it. */
    static String shortName(PolicyProposal proposal) {
        return proposal.shortName();
    }

    /** Reads it; once more where it was pushed again, or another bundle came into force, while it was read. */
    static Reviewed read(StrongroomClient client, String name, OfficerKeyFiles files) {
        Set<String> enrolled = client.auth().keys().stream()
                .filter(key -> key.revokedAt() == null)
                .map(KeyInfo::id)
                .collect(Collectors.toSet());
        while (true) {
            PolicyProposal proposal = client.policies().proposal(name);
            String diff = proposal.fault().isPresent() ? "" : client.policies().diff(name);
            Impact impact = impact(client, name, proposal);
            PolicyProposal after = client.policies().proposal(name);
            if (after.change().equals(proposal.change())) {
                return new Reviewed(after, SideBySide.of(diff), files.all(), enrolled, impact);
            }
        }
    }

    private static @Nullable Impact impact(StrongroomClient client, String name, PolicyProposal proposal) {
        if (proposal.shadow().filter(shadow -> shadow.summary().isPresent()).isEmpty()) {
            return null;
        }
        try {
            return Impact.of(proposal.shadow().get(), client.policies().shadowReport(name));
        } catch (StrongroomException.NotFound | StrongroomException.Forbidden e) {
            // Another run has begun meanwhile, or this officer may review but not replay.
            return null;
        }
    }
}
