package io.strongroom.server.access;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.strongroom.api.About;
import io.strongroom.api.PolicyRef;
import io.strongroom.policies.Policy;
import io.strongroom.policies.PolicyBundle;
import io.strongroom.server.keys.CertificateAuthority;
import io.strongroom.server.keys.Installation;
import java.net.URI;

/** {@code GET /api/v1/about}: who this appliance is. Says nothing that its ports, its certificate and its checkpoints do not. */
@Controller("/api/v1/about")
@AllowAnyone
final class AboutController {
    private final Installation installation;
    private final CertificateAuthority authority;
    private final Policy policy;
    private final DevicesAddress devices;

    AboutController(Installation installation, CertificateAuthority authority, Policy policy, DevicesAddress devices) {
        this.devices = devices;
        this.installation = installation;
        this.authority = authority;
        this.policy = policy;
    }

    @Get
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> about() {
        PolicyBundle bundle = policy.bundle();
        About about = new About(
                "Strongroom",
                version(),
                installation.tenant().value(),
                installation.origin().value(),
                authority.fingerprint().toString(),
                devices.address().map(URI::toString).orElse(null),
                new PolicyRef(
                        bundle.digest().toString(),
                        bundle.commit().isEmpty() ? null : bundle.commit(),
                        bundle.version()));
        return HttpResponse.ok(about.toJson().bytes());
    }

    private static String version() {
        String version = AboutController.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
