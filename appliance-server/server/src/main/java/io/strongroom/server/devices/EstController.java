package io.strongroom.server.devices;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.ProblemType;
import io.strongroom.server.access.AllowDevices;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.TenantNamed;
import io.strongroom.server.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Enrolment over Secure Transport (RFC 7030), for any client that speaks it. */
@Controller("/.well-known/est")
@ExecuteOn(TaskExecutors.BLOCKING)
@AllowDevices
@TenantNamed(TenantNamed.Where.NOWHERE)
final class EstController {
    static final String CERTIFICATES = "application/pkcs7-mime";
    static final String ONE_CERTIFICATE = "application/pkcs7-mime; smime-type=certs-only";
    static final String REQUEST = "application/pkcs10";
    static final String ATTRIBUTES = "application/csrattrs";

    /** When to ask again whether an officer has decided. */
    static final Duration ASK_AGAIN = Duration.ofMinutes(1);

    private static final String BASIC = "Basic ";
    private static final String BEARER = "Bearer ";

    private final DeviceRegistry registry;
    private final Enrolment enrolment;
    private final Renewal renewal;

    EstController(DeviceRegistry registry, Enrolment enrolment, Renewal renewal) {
        this.registry = registry;
        this.enrolment = enrolment;
        this.renewal = renewal;
    }

    @Get("/cacerts")
    @AllowDevices(unenrolled = true)
    @Produces(CERTIFICATES)
    HttpResponse<byte[]> authorities() {
        return answer(registry.trusted().stream().map(Authority::certificate).toList(), CERTIFICATES);
    }

    @Get("/csrattrs")
    @AllowDevices(unenrolled = true)
    @Produces(ATTRIBUTES)
    HttpResponse<byte[]> attributes() {
        return HttpResponse.ok(EstMessages.attributes()).header("Content-Transfer-Encoding", "base64");
    }

    /** 202 while an officer has not decided (RFC 7030 §4.2.3). */
    @Post("/simpleenroll")
    @AllowDevices(unenrolled = true)
    @Consumes(REQUEST)
    @Produces(CERTIFICATES)
    HttpResponse<byte[]> enrol(HttpRequest<?> http, @Body byte[] body) {
        String code = code(http).orElseThrow(() -> new ProblemException(
                        ProblemType.INVALID_TOKEN,
                        "Enrolment needs its code as the password of basic authentication, or as a bearer token.")
                .header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"strongroom enrolment\""));
        Optional<X509Certificate> certificate = enrolment.enrol(code, SigningRequest.read(body));
        return certificate.isPresent()
                ? answer(List.of(certificate.get()), ONE_CERTIFICATE)
                : HttpResponse.<byte[]>status(HttpStatus.ACCEPTED)
                        .header(HttpHeaders.RETRY_AFTER, Long.toString(ASK_AGAIN.toSeconds()));
    }

    @Post("/simplereenroll")
    @Consumes(REQUEST)
    @Produces(CERTIFICATES)
    HttpResponse<byte[]> renew(Caller caller, @Body byte[] body) {
        return answer(List.of(renewal.renew(caller, SigningRequest.read(body))), ONE_CERTIFICATE);
    }

    private static HttpResponse<byte[]> answer(List<X509Certificate> certificates, String type) {
        return HttpResponse.ok(EstMessages.certificates(certificates))
                .contentType(type)
                .header("Content-Transfer-Encoding", "base64");
    }

    private static Optional<String> code(HttpRequest<?> http) {
        String header = http.getHeaders().get(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            return Optional.empty();
        }
        if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.of(header.substring(BEARER.length()).strip());
        }
        if (!header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return Optional.empty();
        }
        try {
            byte[] pair =
                    Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
            String text = new String(pair, StandardCharsets.UTF_8);
            return Optional.of(text.substring(text.indexOf(':') + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
