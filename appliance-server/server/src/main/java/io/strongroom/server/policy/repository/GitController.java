package io.strongroom.server.policy.repository;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.ProblemType;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import io.strongroom.server.access.TenantNamed;
import io.strongroom.server.access.TokenAsPassword;
import io.strongroom.server.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /policy.git}: the policy's repository, as stock git clones, fetches and pushes (git's smart HTTP protocol,
 * gitprotocol-http). Git sends the token as a password, whatever the user's name.
 */
@Controller("/policy.git")
@ExecuteOn(TaskExecutors.BLOCKING)
@TenantNamed(TenantNamed.Where.NOWHERE)
@TokenAsPassword
final class GitController {
    private static final Logger LOG = LoggerFactory.getLogger(GitController.class);
    private static final String FETCH = "git-upload-pack";
    private static final String PUSH = "git-receive-pack";
    private static final int MAX_ASKED_BYTES = 1 << 20;
    private static final int FETCH_MINUTES = 10;

    private final PolicyRepository repository;
    private final Push push;
    private final Actors actors;

    GitController(PolicyRepository repository, Push push, Actors actors) {
        this.repository = repository;
        this.push = push;
        this.actors = actors;
    }

    /** What there is to fetch, or to push to. */
    @Get("/info/refs")
    @Allow({Scope.READ, Scope.POLICY, Scope.ADMIN})
    @AllowPeople("policy.read")
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> refs(HttpRequest<?> request, Caller caller, @QueryValue String service) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PacketLineOut lines = new PacketLineOut(out);
        PacketLineOutRefAdvertiser refs = new PacketLineOutRefAdvertiser(lines);
        switch (service) {
            case FETCH -> uploadPack(request).sendAdvertisedRefs(refs, FETCH);
            case PUSH -> {
                lines.writeString("# service=" + PUSH + "\n");
                lines.end();
                push.receivePack(actors.of(caller)).sendAdvertisedRefs(refs);
            }
            default ->
                throw new ProblemException(
                        ProblemType.INVALID_PARAMETER, "The parameter service is " + FETCH + " or " + PUSH + ".");
        }
        return answer(HttpResponse.ok(out.toByteArray()), service + "-advertisement");
    }

    private UploadPack uploadPack(HttpRequest<?> request) {
        UploadPack sending = new UploadPack(repository.git());
        sending.setBiDirectionalPipe(false);
        String protocol = request.getHeaders().get("Git-Protocol");
        if (protocol != null) {
            sending.setExtraParameters(List.of(protocol.split(":")));
        }
        return sending;
    }

    /** Sends a pack, as it is made. */
    @Post("/" + FETCH)
    @Allow({Scope.READ, Scope.POLICY, Scope.ADMIN})
    @AllowPeople("policy.read")
    @Consumes(MediaType.ALL)
    @Produces(MediaType.ALL)
    HttpResponse<InputStream> fetch(HttpRequest<?> request) throws IOException {
        byte[] asked;
        try (InputStream body = GitBody.of(request, FETCH)) {
            asked = body.readNBytes(MAX_ASKED_BYTES);
            if (body.read() >= 0) {
                throw new ProblemException(ProblemType.INVALID_PARAMETER, "The request asks for more than git does.");
            }
        }
        UploadPack sending = uploadPack(request);
        // Whichever thread reads: java.io's pipe breaks when the one that read last has ended.
        Pipe pipe = Pipe.open();
        InputStream pack = Channels.newInputStream(pipe.source());
        CompletableFuture<Boolean> sent = new CompletableFuture<>();
        Thread.ofVirtual().name("policy-fetch").start(() -> {
            try (OutputStream out = Channels.newOutputStream(pipe.sink())) {
                sending.upload(new ByteArrayInputStream(asked), out, null);
            } catch (IOException e) {
                // Git is told in the stream itself; what is left is who went away.
                LOG.debug("a fetch of the policy ended early", e);
            } finally {
                sent.complete(true);
            }
        });
        var unused = sent.orTimeout(FETCH_MINUTES, TimeUnit.MINUTES).exceptionally(tooSlow -> close(pipe));
        return answer(HttpResponse.<InputStream>ok(pack), FETCH + "-result");
    }

    /** Ends a fetch that nobody reads any more. */
    private static boolean close(Pipe pipe) {
        try {
            pipe.sink().close();
            pipe.source().close();
        } catch (IOException e) {
            LOG.debug("a pipe did not close", e);
        }
        return false;
    }

    /** Takes a push. Answered once the branches have moved, and stand in the object store too. */
    @Post("/" + PUSH)
    @Allow({Scope.POLICY, Scope.ADMIN})
    @AllowPeople("policy.propose")
    @Consumes(MediaType.ALL)
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> push(HttpRequest<?> request, Caller caller) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (InputStream body = GitBody.of(request, PUSH)) {
            push.receive(actors.of(caller), body, out);
        }
        return answer(HttpResponse.ok(out.toByteArray()), PUSH + "-result");
    }

    private static <T> MutableHttpResponse<T> answer(MutableHttpResponse<T> response, String type) {
        return response.contentType(new MediaType("application/x-" + type))
                .header(HttpHeaders.CACHE_CONTROL, "no-cache, max-age=0, must-revalidate");
    }
}
