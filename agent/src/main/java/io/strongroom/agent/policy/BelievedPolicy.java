package io.strongroom.agent.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.strongroom.api.PolicyOffer;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.GitCommit;
import io.strongroom.evidence.Origin;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.evidence.approval.PolicyChange;
import io.strongroom.evidence.approval.SignedApproval;
import io.strongroom.evidence.json.JsonException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What this device believes of the appliance's policy: the bundle that it came to, and whose approvals it believes from there
 * on. It goes on to a bundle that two of them approved after that came into force, and to no other; so nothing that was in
 * force, or was only approved, comes again.
 *
 * @param origin the installation that approvals must name
 * @param officers those who must approve the next bundle
 * @param seq the place of its activation in the ledger; -1 if nothing was ever approved
 * @param bundle digest of the bundle; null if nothing was ever approved
 * @param at when it came into force, epoch milliseconds
 * @param agents the text of its agents.yaml; null if it has none
 */
record BelievedPolicy(
        Origin origin,
        Officers officers,
        long seq,
        @Nullable Digest bundle,
        long at,
        @Nullable String agents) {
    private static final String AGENTS = "agents.yaml";
    private static final String OFFICERS = "officers.yaml";

    /**
     * What is shown at first, over the connection that the enrolment code pins, is believed.
     *
     * @return empty as long as it names no two officers who could approve anything
     * @throws NotBelievedException if it does not go together
     */
    static Optional<BelievedPolicy> first(PolicyOffer offer) throws NotBelievedException {
        try {
            BelievedPolicy none =
                    new BelievedPolicy(new Origin(offer.origin()), Officers.of(offer.officers()), -1, null, 0, null);
            BelievedPolicy first = offer.activations().isEmpty()
                    ? none
                    : none.at(offer.activations().getLast());
            return Optional.of(first).filter(each -> each.officers().canApprove());
        } catch (JsonException | IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    /**
     * Goes on to a later activation.
     *
     * @throws NotBelievedException if two officers whom it believes did not approve exactly this, since the last
     */
    BelievedPolicy following(PolicyOffer.Activation next) throws NotBelievedException {
        try {
            PolicyChange change = new PolicyChange(
                    origin,
                    next.proposal(),
                    Digest.parse(next.bundle()),
                    new GitCommit(next.commit()),
                    Digest.parse(next.baseBundle()),
                    new PersonId(next.requester()));
            List<SignedApproval> approvals = next.approvals().stream()
                    .map(envelope -> SignedApproval.parse(Base64.getDecoder().decode(envelope)))
                    .toList();
            for (SignedApproval approval : approvals) {
                // Whoever approved what followed this one did it later: the appliance takes no approval that is older.
                if (approval.approval().at() <= at) {
                    throw NotBelievedException.notApproved("The approval of "
                            + approval.approval().officer() + " of the bundle " + change.bundle() + " is of "
                            + Rfc3339.format(approval.approval().at()) + ", before " + Rfc3339.format(at)
                            + ", when what is in force here came to be.");
                }
            }
            officers.requireApproved(change, Rfc3339.parse(next.at()), approvals);
            return at(next);
        } catch (JsonException | IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    private static NotBelievedException unreadable(RuntimeException e) {
        return NotBelievedException.notApproved("What the appliance shows cannot be read: " + e.getMessage() + ".");
    }

    /** At an activation, what it shows of the bundle being what the bundle's digest says. */
    private BelievedPolicy at(PolicyOffer.Activation next) throws NotBelievedException {
        Json.Builder files = Json.object();
        next.files().forEach(files::put);
        Digest digest = Digest.of(files.build().bytes());
        if (!digest.toString().equals(next.bundle())) {
            throw NotBelievedException.notApproved("The files that are shown are those of another bundle than "
                    + next.bundle() + ", which was approved.");
        }
        String officersYaml = file(next, OFFICERS, next.officers());
        return new BelievedPolicy(
                origin,
                officersYaml == null ? officers : Officers.ofYaml(officersYaml),
                next.seq(),
                digest,
                Rfc3339.parse(next.at()),
                file(next, AGENTS, next.agents()));
    }

    private static @Nullable String file(PolicyOffer.Activation next, String path, @Nullable String text)
            throws NotBelievedException {
        String expected = next.files().get(path);
        String found = text == null ? null : Digest.of(text.getBytes(UTF_8)).toString();
        if (expected == null ? found != null : !expected.equals(found)) {
            throw NotBelievedException.notApproved(
                    "The file " + path + " that is shown is not that of the bundle " + next.bundle() + ".");
        }
        return text;
    }

    /**
     * What it says about a group of devices, by the agent's own keys.
     *
     * @throws NotBelievedException if this agent cannot read it
     */
    SortedMap<String, String> settings(String group) throws NotBelievedException {
        try {
            return agents == null ? new TreeMap<>() : AgentRules.settings(agents, group);
        } catch (IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    Json.Obj toJson() {
        List<Json> officersJson = new ArrayList<>();
        officers.wire().forEach(officer -> officersJson.add(officer.toJson()));
        return Json.object()
                .put("origin", origin.value())
                .put("officers", new Json.Arr(officersJson))
                .put("seq", seq)
                .put("bundle", bundle == null ? null : bundle.toString())
                .put("at", at)
                .put("agents", agents)
                .build();
    }

    /**
     * @throws IllegalArgumentException if it is not one
     * @throws io.strongroom.api.json.JsonShapeException likewise
     */
    static BelievedPolicy fromJson(Json.Obj json) {
        String bundle = json.optionalText("bundle");
        return new BelievedPolicy(
                new Origin(json.text("origin")),
                Officers.of(json.objects("officers", PolicyOffer.Officer::fromJson)),
                json.integer("seq"),
                bundle == null ? null : Digest.parse(bundle),
                json.integer("at"),
                json.optionalText("agents"));
    }
}
