package io.strongroom.agent.identity;

import io.strongroom.api.client.ApplianceTrust;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Gets the first certificate. The key is made here and on disk before anybody is asked, so that asking again, after a lost
 * answer or a kill, is the same request and comes to the same identity.
 */
public final class Enrolment {
    private static final Duration CONNECT = Duration.ofSeconds(15);

    private final IdentityStore store;

    public Enrolment(IdentityStore store) {
        this.store = store;
    }

    /**
     * What came of it.
     *
     * @param identity empty while an officer has not decided
     * @param askAgain when to ask again then
     */
    public record Outcome(Optional<DeviceIdentity> identity, Duration askAgain) {}

    /**
     * Asks once.
     *
     * @param url the appliance's address for devices
     * @throws IdentityException if the device is enrolled already, or the appliance refuses
     * @throws IOException if the appliance cannot be reached, or another stands in its place
     */
    public Outcome ask(URI url, EnrolmentCode code) throws IOException, InterruptedException {
        if (store.load().isPresent()) {
            throw new IdentityException(
                    "This device is enrolled. To have it enrolled anew, stop the agent and use enrol"
                            + " --again, which puts identity and queue aside.");
        }
        KeyPair key = store.key(Slot.A);
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(ApplianceTrust.pinned(code.authority()).context())
                .connectTimeout(CONNECT)
                .build()) {
            EstClient est = new EstClient(url, client);
            List<X509Certificate> authorities = est.authorities();
            if (authorities.stream()
                    .noneMatch(each -> EstClient.fingerprint(each).equals(code.authority()))) {
                throw new IdentityException("The appliance does not name the authority of the enrolment code.");
            }
            EstClient.Issued issued = est.enrol(code, key);
            if (issued.certificate().isEmpty()) {
                return new Outcome(Optional.empty(), issued.askAgain());
            }
            store.authorities(authorities);
            store.certificate(Slot.A, issued.certificate().get());
            store.use(Slot.A, url);
            return new Outcome(store.load(), Duration.ZERO);
        }
    }
}
