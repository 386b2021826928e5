package io.strongroom.server.policy;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Caller;
import io.strongroom.server.policy.repository.Actors;

/** {@code /api/v1/policy/proposals/{name}/comments}: what people say of a proposal. They are listed with it. */
@Controller("/api/v1/policy/proposals/{name}/comments")
@ExecuteOn(TaskExecutors.BLOCKING)
final class CommentsController {
    private static final String FOLDER = "proposals/";

    private final Proposals proposals;
    private final Comments comments;
    private final WholeProposal whole;
    private final Actors actors;

    CommentsController(Proposals proposals, Comments comments, WholeProposal whole, Actors actors) {
        this.proposals = proposals;
        this.comments = comments;
        this.whole = whole;
        this.actors = actors;
    }

    /** {@code {"text", "commit", "file", "line", "requestsChanges", "rejection"}}, of which only the text is needed. */
    @Post
    @AllowPeople("policy.read")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> write(Caller caller, @PathVariable String name, @Body byte[] body) {
        Proposal proposal = proposals.require(FOLDER + name);
        Comments.Said said = CommentBody.read(body);
        boolean isNew = comments.take(actors.of(caller), caller.person().orElseThrow(), proposal, said);
        return HttpResponse.status(isNew ? HttpStatus.CREATED : HttpStatus.OK)
                .body(whole.of(proposal).bytes());
    }
}
