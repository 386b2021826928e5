package io.strongroom.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.evidence.Digest;
import io.strongroom.server.ledger.MutableClock;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An appliance that is not started anew for longer than its certificates hold. */
class CertificateRenewalTest {
    private static final Duration LONGER_THAN_A_CERTIFICATE = Duration.ofDays(400);

    @TempDir
    Path folder;

    @Test
    void eachPortShowsTheNextCertificateToWhoeverComesThen() throws Exception {
        MutableClock clock = new MutableClock(Instant.now().minus(LONGER_THAN_A_CERTIFICATE));
        Path data = folder.resolve("data");
        try (ApplianceFixture appliance = ApplianceFixture.start(data, clock, List.of(), "--set", "mqtt.port=0")) {
            Digest fingerprint = appliance.appliance().notice().fingerprint();
            List<Integer> ports = List.of(
                    appliance.url().getPort(),
                    appliance.devicesUrl().getPort(),
                    appliance.appliance().notice().mqtt().getPort());
            List<X509Certificate> first =
                    ports.stream().map(CertificateRenewalTest::shown).toList();
            try (HttpClient open = HttpClient.newBuilder().sslContext(looking()).build()) {
                assertThat(shownTo(open, appliance)).isEqualTo(first.getFirst());

                clock.step(LONGER_THAN_A_CERTIFICATE);
                for (int i = 0; i < ports.size(); i++) {
                    int port = ports.get(i);
                    X509Certificate before = first.get(i);
                    // What is held of devices is read anew first: it is more than a minute old of a sudden.
                    await().ignoreExceptions().until(() -> !shown(port).equals(before));
                    X509Certificate next = shown(port);
                    assertThat(next.getIssuerX500Principal()).isEqualTo(before.getIssuerX500Principal());
                    assertThat(next.getSubjectAlternativeNames())
                            .containsExactlyElementsOf(before.getSubjectAlternativeNames());
                    next.checkValidity();
                    assertThat(shown(port)).isEqualTo(next);
                }
                assertThat(shownTo(open, appliance))
                        .as("its connection is from before")
                        .isEqualTo(first.getFirst());
            }
            assertThat(appliance.get("/health/live").statusCode())
                    .as("to whoever trusts the authority")
                    .isEqualTo(200);
            assertThat(appliance.appliance().notice().fingerprint()).isEqualTo(fingerprint);
        }
    }

    @Test
    void whileTheNextCannotBeWrittenTheOneBeforeIsShownAndItIsTriedAgain() throws IOException {
        MutableClock clock = new MutableClock(Instant.now());
        Path data = folder.resolve("data");
        try (ApplianceFixture appliance = ApplianceFixture.start(data, clock, List.of())) {
            int port = appliance.url().getPort();
            X509Certificate first = shown(port);
            Files.move(data.resolve("tls"), data.resolve("elsewhere"));

            clock.step(LONGER_THAN_A_CERTIFICATE);
            assertThat(shown(port)).isEqualTo(first);
            Files.move(data.resolve("elsewhere"), data.resolve("tls"));
            assertThat(shown(port)).isEqualTo(first);
            clock.step(Duration.ofHours(1));
            assertThat(shown(port)).isNotEqualTo(first);
        }
    }

    private static X509Certificate shown(int port) {
        try (SSLSocket socket = connected(port)) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static SSLSocket connected(int port) throws IOException {
        SSLSocket socket = (SSLSocket) looking().getSocketFactory().createSocket("127.0.0.1", port);
        socket.startHandshake();
        return socket;
    }

    private static Certificate shownTo(HttpClient client, ApplianceFixture appliance) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(appliance.url().resolve("/health/live")).build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.sslSession().orElseThrow().getPeerCertificates()[0];
    }

    /** A new context each time, so that no session is resumed; whose certificate it is, is for the test to judge. */
    private static SSLContext looking() {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, new TrustManager[] {new Anyone()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Anyone extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
