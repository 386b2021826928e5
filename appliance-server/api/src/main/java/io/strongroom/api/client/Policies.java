package io.strongroom.api.client;

import io.strongroom.api.CommentRequest;
import io.strongroom.api.PolicyActivation;
import io.strongroom.api.PolicyCommit;
import io.strongroom.api.PolicyProposal;
import io.strongroom.api.PolicyState;
import io.strongroom.api.ShadowEvaluation;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.approval.SignedApproval;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The policy: what is in force, and what is proposed. Bundles themselves are cloned and pushed with git, from {@code
 * /policy.git}. A proposal is named by its branch without {@code proposals/}.
 */
public final class Policies {
    private static final String PATH = "/api/v1/policy";
    private static final String PROPOSALS = PATH + "/proposals";

    private final Transport transport;

    Policies(Transport transport) {
        this.transport = transport;
    }

    /** What is in force. */
    public PolicyState inForce() {
        return PolicyState.fromJson(transport.getJson(PATH));
    }

    /** The bundles that came into force, the newest first. */
    public List<PolicyActivation> activations() {
        return transport.getJson(PATH + "/activations").objects("items", PolicyActivation::fromJson);
    }

    /** The commits of main, the newest first. */
    public List<PolicyCommit> history() {
        return transport.getJson(PATH + "/history").objects("items", PolicyCommit::fromJson);
    }

    /** The bundle in force as tar.gz. */
    public byte[] bundle() {
        return transport.getBytes(PATH + "/bundle");
    }

    /** What the log's keys and the officers signed of the bundle in force: a DSSE envelope (formats §8). */
    public byte[] bundleStatement() {
        return transport.getBytes(PATH + "/bundle.dsse.json");
    }

    /** Proposals, those that changed last first. */
    public List<PolicyProposal> proposals() {
        return transport.getJson(PROPOSALS).objects("items", PolicyProposal::fromJson);
    }

    /** A proposal with all that a reviewer has to know. */
    public PolicyProposal proposal(String name) {
        return PolicyProposal.fromJson(transport.getJson(address(name)));
    }

    /** What a proposal changes of what is in force, line by line. */
    public String diff(String name) {
        return new String(transport.getBytes(address(name) + "/diff"), StandardCharsets.UTF_8);
    }

    /** Asks for approvals of a branch that was pushed. */
    public PolicyProposal propose(String name, String title) {
        return PolicyProposal.fromJson(transport.postJson(
                PROPOSALS,
                Json.object()
                        .put("name", "proposals/" + name)
                        .put("title", title)
                        .build()));
    }

    /** Gives a proposal up. */
    public PolicyProposal withdraw(String name) {
        return PolicyProposal.fromJson(
                transport.postJson(address(name) + "/withdraw", Json.object().build()));
    }

    /** Hands in an approval that an officer signed. Needs a second factor that was just shown. */
    public PolicyProposal approve(String name, SignedApproval approval) {
        return PolicyProposal.fromJson(
                transport.postJson(address(name) + "/approvals", Json.parseObject(approval.toJson())));
    }

    /**
     * Says something of a proposal. Saying it again changes nothing. With a rejection it asks for changes, and needs a second
     * factor that was just shown.
     */
    public PolicyProposal comment(String name, CommentRequest comment) {
        return PolicyProposal.fromJson(transport.postJson(address(name) + "/comments", comment.toJson()));
    }

    /** Takes an approval or a rejection back. */
    public void takeBack(String name, String digest) {
        transport.delete(address(name) + "/approvals/" + digest);
    }

    /** Brings an approved proposal into force. Needs a second factor that was just shown. */
    public PolicyProposal activate(String name) {
        return PolicyProposal.fromJson(
                transport.postJson(address(name) + "/activate", Json.object().build()));
    }

    /**
     * Begins a shadow evaluation: replays the last days against a proposal.
     *
     * @param days 1 to 366
     * @param rate entries a second, at most; 0 for as many as can be
     */
    public ShadowEvaluation shadow(String name, int days, int rate) {
        Json.Builder asked = Json.object().put("days", days);
        if (rate > 0) {
            asked.put("rate", rate);
        }
        return ShadowEvaluation.fromJson(transport.postJson(address(name) + "/shadow", asked.build()));
    }

    /** The proposal's last shadow evaluation, whether it has ended or not. */
    public ShadowEvaluation shadow(String name) {
        return ShadowEvaluation.fromJson(transport.getJson(address(name) + "/shadow"));
    }

    /** All that the last shadow evaluation of a proposal found: the bytes that its digest is of. */
    public byte[] shadowReport(String name) {
        return transport.getBytes(address(name) + "/shadow/report");
    }

    /** Stops a proposal's shadow evaluation. */
    public void cancelShadow(String name) {
        transport.delete(address(name) + "/shadow");
    }

    /** A proposal may be named as its branch is, as lists of them do, or without the folder. */
    private static String address(String name) {
        String folder = "proposals/";
        return PROPOSALS + "/" + Paths.segment(name.startsWith(folder) ? name.substring(folder.length()) : name);
    }
}
