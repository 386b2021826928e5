package io.strongroom.server.policy;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Origin;
import io.strongroom.evidence.dsse.DsseEnvelope;
import io.strongroom.evidence.dsse.InTotoStatement;
import io.strongroom.evidence.dsse.InTotoStatement.Subject;
import io.strongroom.evidence.json.CanonicalWriter;
import io.strongroom.policies.PolicyBundle;
import io.strongroom.policies.bundle.BundleArchive;
import io.strongroom.policies.evaluate.CompiledPolicy;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Scope;
import io.strongroom.server.access.TenantNamed;
import io.strongroom.server.keys.SigningKeys;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/policy/bundle}: the bundle in force for other engines, and beside it the statement that signs it. It has
 * all files that its digest covers, tests included: what officers approved is that digest. Asking again with the ETag
 * costs nothing.
 */
@Controller("/api/v1/policy")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow({Scope.READ, Scope.POLICY, Scope.ADMIN})
@AllowPeople("policy.read")
@TenantNamed(TenantNamed.Where.NOWHERE)
final class BundleController {
    private static final String PREDICATE_TYPE = "urn:strongroom:policy-bundle:v1";

    private final PolicyInForce inForce;
    private final SigningKeys keys;
    private final Origin origin;
    private volatile @Nullable Packed packed;

    BundleController(PolicyInForce inForce, SigningKeys keys) {
        this.inForce = inForce;
        this.keys = keys;
        this.origin = keys.origin();
    }

    private record Packed(CompiledPolicy policy, byte[] archive, Digest digest) {}

    private Packed packed() {
        inForce.requireUsable();
        CompiledPolicy now = inForce.now();
        Packed last = packed;
        if (last == null || last.policy() != now) {
            byte[] archive = BundleArchive.write(now.source().files());
            last = new Packed(now, archive, Digest.of(archive));
            packed = last;
        }
        return last;
    }

    /** The bundle's tar.gz, the same bytes on every machine. */
    @Get("/bundle")
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> bundle(HttpRequest<?> request) {
        Packed now = packed();
        return answer(request, now, "\"" + now.digest() + "\"", now.archive(), "application/gzip");
    }

    /** DSSE around an in-toto statement: the archive's digest and the bundle's, signed by the keys that sign packs. */
    @Get("/bundle.dsse.json")
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> signature(HttpRequest<?> request) {
        Packed now = packed();
        PolicyBundle bundle = now.policy().bundle();
        byte[] predicate = new CanonicalWriter()
                .beginObject()
                .name("commit")
                .string(bundle.commit())
                .name("name")
                .string(bundle.name())
                .name("origin")
                .string(origin.value())
                .name("version")
                .string(bundle.version())
                .endObject()
                .toBytes();
        InTotoStatement statement = new InTotoStatement(
                List.of(Subject.of("bundle.tar.gz", now.digest()), Subject.of("bundle", bundle.digest())),
                PREDICATE_TYPE,
                predicate);
        byte[] envelope = DsseEnvelope.sign(InTotoStatement.PAYLOAD_TYPE, statement.toJson(), keys.packSigners())
                .toJson();
        // Signatures are random; what is signed is not.
        return answer(request, now, "W/\"" + now.digest() + "\"", envelope, "application/vnd.dsse.envelope.v1+json");
    }

    private static HttpResponse<byte[]> answer(
            HttpRequest<?> request, Packed now, String tag, byte[] content, String type) {
        String known = request.getHeaders().get(HttpHeaders.IF_NONE_MATCH);
        boolean same = known != null
                && Arrays.stream(known.split(","))
                        .map(String::strip)
                        .map(each -> each.startsWith("W/") ? each.substring(2) : each)
                        .anyMatch(each -> each.equals("*") || each.equals("\"" + now.digest() + "\""));
        MutableHttpResponse<byte[]> answer = same
                ? HttpResponse.status(HttpStatus.NOT_MODIFIED)
                : HttpResponse.ok(content).contentType(new MediaType(type));
        PolicyBundle bundle = now.policy().bundle();
        return answer.header(HttpHeaders.ETAG, tag)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header("X-Bundle-Digest", bundle.digest().toString())
                .header("X-Bundle-Commit", bundle.commit().isEmpty() ? "none" : bundle.commit());
    }
}
