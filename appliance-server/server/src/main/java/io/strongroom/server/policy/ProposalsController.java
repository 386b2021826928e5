package io.strongroom.server.policy;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.ProblemType;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.policies.InvalidBundleException;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import io.strongroom.server.policy.repository.Actors;
import io.strongroom.server.policy.repository.PolicyRepository;
import io.strongroom.server.problem.JsonBody;
import io.strongroom.server.problem.ProblemException;
import java.util.List;
import java.util.Set;

/** {@code /api/v1/policy/proposals}: bundles that somebody wants to be in force, and what officers say of them. */
@Controller("/api/v1/policy/proposals")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ProposalsController {
    private static final String FOLDER = "proposals/";
    private static final int MOST = 100;

    private final Proposals proposals;
    private final Approvals approvals;
    private final Activations activations;
    private final Reviews reviews;
    private final WholeProposal whole;
    private final PolicyRepository repository;
    private final Actors actors;

    ProposalsController(
            Proposals proposals,
            Approvals approvals,
            Activations activations,
            Reviews reviews,
            WholeProposal whole,
            PolicyRepository repository,
            Actors actors) {
        this.proposals = proposals;
        this.approvals = approvals;
        this.activations = activations;
        this.reviews = reviews;
        this.whole = whole;
        this.repository = repository;
        this.actors = actors;
    }

    @Get
    @Allow({Scope.READ, Scope.POLICY, Scope.ADMIN})
    @AllowPeople("policy.read")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> newest() {
        List<Json> items = proposals.newest(MOST).stream()
                .<Json>map(proposal -> PolicyJson.proposal(proposal).build())
                .toList();
        return HttpResponse.ok(PolicyJson.items(items));
    }

    /** Asks for approvals of a branch that was pushed: {@code {"name", "title"}}. */
    @Post
    @Allow({Scope.POLICY, Scope.ADMIN})
    @AllowPeople("policy.propose")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> open(Caller caller, @Body byte[] body) {
        record Opening(String name, String title) {}
        Opening opening = JsonBody.read(
                body, Set.of("name", "title"), json -> new Opening(json.text("name"), json.text("title")));
        Proposal opened = proposals.open(actors.of(caller), opening.name(), opening.title(), repository);
        return HttpResponse.status(HttpStatus.CREATED).body(whole.of(opened).bytes());
    }

    /** All that a reviewer has to know of it, and exactly what an approval has to name. */
    @Get("/{name}")
    @Allow({Scope.READ, Scope.POLICY, Scope.ADMIN})
    @AllowPeople("policy.read")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> one(@PathVariable String name) {
        Proposal proposal = proposals.require(FOLDER + name);
        Json.Builder answer = Json.object().putAll(whole.of(proposal));
        try {
            Reviews.Review review = reviews.of(proposal);
            answer.put("tests", Json.parseObject(review.tests().toJson()))
                    .put("diff", Json.parseObject(review.diff().toJsonWithPhrases()));
        } catch (InvalidBundleException e) {
            answer.put("fault", e.faults().getFirst().toString());
        }
        return HttpResponse.ok(answer.build().bytes());
    }

    /** What it changes of what is in force, line by line. */
    @Get("/{name}/diff")
    @Allow({Scope.READ, Scope.POLICY, Scope.ADMIN})
    @AllowPeople("policy.read")
    @Produces(MediaType.TEXT_PLAIN)
    HttpResponse<String> diff(@PathVariable String name) {
        try {
            return HttpResponse.ok(reviews.of(proposals.require(FOLDER + name)).lines());
        } catch (InvalidBundleException e) {
            throw new ProblemException(
                    ProblemType.PROPOSAL_ENDED,
                    "The bundle is not valid any more: " + e.faults().getFirst() + ".");
        }
    }

    @Post("/{name}/withdraw")
    @Allow({Scope.POLICY, Scope.ADMIN})
    @AllowPeople("policy.propose")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> withdraw(Caller caller, @PathVariable String name) {
        return HttpResponse.ok(
                whole.of(proposals.withdraw(actors.of(caller), FOLDER + name)).bytes());
    }

    /** What an officer signed on their own machine (formats §8). */
    @Post("/{name}/approvals")
    @AllowPeople(value = "policy.approve", stepUp = true)
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> approve(Caller caller, @PathVariable String name, @Body byte[] body) {
        Proposal proposal = proposals.require(FOLDER + name);
        var unused = approvals.take(actors.of(caller), proposal, body);
        return HttpResponse.status(HttpStatus.CREATED)
                .body(whole.of(proposals.require(FOLDER + name)).bytes());
    }

    @Delete("/{name}/approvals/{digest}")
    @AllowPeople(value = "policy.approve", stepUp = true)
    HttpResponse<?> takeBack(Caller caller, @PathVariable String name, @PathVariable String digest) {
        Digest named;
        try {
            named = Digest.parse(digest);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemType.INVALID_PARAMETER, "An approval is named by sha256: and 64 digits.");
        }
        approvals.withdraw(actors.of(caller), proposals.require(FOLDER + name), named);
        return HttpResponse.noContent();
    }

    @Post("/{name}/activate")
    @AllowPeople(value = "policy.activate", stepUp = true)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> activate(Caller caller, @PathVariable String name) {
        var unused = activations.activate(actors.of(caller), FOLDER + name);
        return HttpResponse.ok(whole.of(proposals.require(FOLDER + name)).bytes());
    }
}
