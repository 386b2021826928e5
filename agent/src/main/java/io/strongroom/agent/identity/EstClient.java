package io.strongroom.agent.identity;

import io.strongroom.evidence.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Enrolment over Secure Transport (RFC 7030), the device's side. */
final class EstClient {
    private static final String PATH = "/.well-known/est/";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

    private final URI url;
    private final HttpClient client;

    EstClient(URI url, HttpClient client) {
        this.url = url;
        this.client = client;
    }

    /** What a request for a certificate comes to: a certificate, or the time after which to ask again. */
    record Issued(Optional<X509Certificate> certificate, Duration askAgain) {}

    /** The authorities that devices are to believe. */
    List<X509Certificate> authorities() throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(url.resolve(PATH + "cacerts")));
        if (answer.statusCode() != 200) {
            throw refused(answer);
        }
        return certificates(answer);
    }

    /** The first certificate, by a code. */
    Issued enrol(EnrolmentCode code, KeyPair key) throws IOException, InterruptedException {
        String basic =
                Base64.getEncoder().encodeToString(("device:" + code.text()).getBytes(StandardCharsets.US_ASCII));
        return issued(send(post("simpleenroll", key).header("Authorization", "Basic " + basic)), key);
    }

    /** The next certificate, by the one before it. */
    Issued renew(KeyPair key) throws IOException, InterruptedException {
        return issued(send(post("simplereenroll", key)), key);
    }

    private HttpRequest.Builder post(String operation, KeyPair key) {
        return HttpRequest.newBuilder(url.resolve(PATH + operation))
                .header("Content-Type", "application/pkcs10")
                .header("Content-Transfer-Encoding", "base64")
                .POST(HttpRequest.BodyPublishers.ofByteArray(SigningRequest.base64(key)));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofByteArray());
    }

    private static Issued issued(HttpResponse<byte[]> answer, KeyPair key) throws IOException {
        if (answer.statusCode() == 202) {
            Duration after = answer.headers()
                    .firstValue("Retry-After")
                    .filter(text -> text.matches("\\d{1,6}"))
                    .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                    .orElse(ASK_AGAIN);
            return new Issued(Optional.empty(), after);
        }
        if (answer.statusCode() != 200) {
            throw refused(answer);
        }
        for (X509Certificate certificate : certificates(answer)) {
            if (certificate.getPublicKey().equals(key.getPublic())) {
                return new Issued(Optional.of(certificate), Duration.ZERO);
            }
        }
        throw new IOException("the appliance answered with certificates of other keys");
    }

    private static List<X509Certificate> certificates(HttpResponse<byte[]> answer) throws IOException {
        try {
            return Pem.certificates(Base64.getMimeDecoder().decode(answer.body()));
        } catch (CertificateException | IllegalArgumentException e) {
            throw new IOException("the appliance's certificates cannot be read", e);
        }
    }

    private static IdentityException refused(HttpResponse<byte[]> answer) {
        return new IdentityException(Refusals.read(answer.body())
                .map(problem -> problem.title() + ". " + problem.detail() + " " + problem.action())
                .orElse("The appliance answered " + answer.statusCode() + ": is this its address for devices?"));
    }

    /** The SHA-256 of an authority's key. */
    static Digest fingerprint(X509Certificate authority) {
        return Digest.of(authority.getPublicKey().getEncoded());
    }
}
