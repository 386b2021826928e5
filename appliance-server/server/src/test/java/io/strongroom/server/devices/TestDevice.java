package io.strongroom.server.devices;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.server.ApplianceFixture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.jspecify.annotations.Nullable;

/** A device as a stock client is one: keys, requests and TLS, and nothing of the appliance's own code. */
public final class TestDevice {
    private static final String EST = "/.well-known/est/";

    private final URI url;
    private final List<X509Certificate> authorities;

    private TestDevice(URI url, List<X509Certificate> authorities) {
        this.url = url;
        this.authorities = List.copyOf(authorities);
    }

    /** One that found the appliance, and believes the authorities that it has. */
    public static TestDevice at(ApplianceFixture appliance) {
        List<X509Certificate> trusted = appliance.appliance().context().getBean(DeviceRegistry.class).trusted().stream()
                .map(Authority::certificate)
                .toList();
        return new TestDevice(appliance.devicesUrl(), trusted);
    }

    /** One that knows nothing but its code: it believes what it finds if the code names it. */
    public static TestDevice pinning(URI url, String code) {
        TestDevice gullible = new TestDevice(url, List.of());
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(gullible.tls(null, new TrustManager[] {new Gullible()}))
                .build()) {
            HttpResponse<String> found = send(client, HttpRequest.newBuilder(url.resolve(EST + "cacerts")));
            return new TestDevice(
                    url,
                    certificates(found.body()).stream()
                            .filter(authority -> code.endsWith("."
                                    + Digest.of(authority.getPublicKey().getEncoded())
                                            .hex()))
                            .toList());
        }
    }

    /** A new enrolment code of a group, made by the administrator. */
    public static String code(ApplianceFixture appliance, String group) {
        HttpResponse<String> made = appliance.post(
                "/api/v1/devices/tokens",
                Json.object().put("label", "lab").put("group", group).build().toString(),
                "Authorization",
                "Bearer " + appliance.adminToken(),
                "X-Tenant-Id",
                ApplianceFixture.TENANT);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return Json.parseObject(made.body().getBytes(UTF_8)).text("code");
    }

    /** A whole enrolment: code, key, certificate. */
    public static Enrolled enrolled(ApplianceFixture appliance) {
        TestDevice device = at(appliance);
        KeyPair key = newKey();
        return device.with(key, certificate(device.enrol(code(appliance, "default"), key)));
    }

    public static KeyPair newKey() {
        return newKey("secp256r1");
    }

    static KeyPair newKey(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certification request for a key, in base64 as EST wants it. */
    static String request(KeyPair key, String subject, String algorithm) {
        try {
            return Base64.getMimeEncoder()
                    .encodeToString(
                            new JcaPKCS10CertificationRequestBuilder(new X500Principal(subject), key.getPublic())
                                    .build(new JcaContentSignerBuilder(algorithm).build(key.getPrivate()))
                                    .getEncoded());
        } catch (IOException | org.bouncycastle.operator.OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    static String request(KeyPair key) {
        return request(key, "CN=what I would like to be called", "SHA256withECDSA");
    }

    public HttpResponse<String> enrol(String code, KeyPair key) {
        return enrol(code, request(key));
    }

    HttpResponse<String> enrol(String code, String request) {
        String basic = Base64.getEncoder().encodeToString(("device:" + code).getBytes(US_ASCII));
        try (HttpClient client = client(null)) {
            return send(client, post("simpleenroll", request).header("Authorization", "Basic " + basic));
        }
    }

    /** Asks without any certificate. */
    HttpResponse<String> get(String path) {
        try (HttpClient client = client(null)) {
            return send(client, HttpRequest.newBuilder(url.resolve(path)));
        }
    }

    /** With a key, and a certificate for it. */
    public Enrolled with(KeyPair key, X509Certificate certificate) {
        return new Enrolled(this, key, certificate, client(identity(key, certificate)));
    }

    /** The only certificate of an answer. */
    public static X509Certificate certificate(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .isEqualTo("application/pkcs7-mime; smime-type=certs-only");
        return certificates(answer.body()).getFirst();
    }

    /** The certificates of a PKCS#7 message, as Java reads them. */
    static List<X509Certificate> certificates(String base64) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(
                            new ByteArrayInputStream(Base64.getMimeDecoder().decode(base64)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyManager[] identity(KeyPair key, X509Certificate certificate) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("device", key.getPrivate(), new char[0], new Certificate[] {certificate});
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            return keys.getKeyManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpClient client(KeyManager @Nullable [] identity) {
        return HttpClient.newBuilder().sslContext(tls(identity)).build();
    }

    /** TLS of one that has no certificate. */
    public SSLContext strangersTls() {
        return tls(null);
    }

    private SSLContext tls(KeyManager @Nullable [] identity) {
        return tls(identity, trust());
    }

    private TrustManager[] trust() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            List<X509Certificate> all = new ArrayList<>(authorities);
            for (int i = 0; i < all.size(); i++) {
                store.setCertificateEntry("ca" + i, all.get(i));
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            return trust.getTrustManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private SSLContext tls(KeyManager @Nullable [] identity, TrustManager[] trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(identity, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As {@code curl --insecure}. */
    private static final class Gullible extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private HttpRequest.Builder post(String operation, String request) {
        return HttpRequest.newBuilder(url.resolve(EST + operation))
                .header("Content-Type", "application/pkcs10")
                .header("Content-Transfer-Encoding", "base64")
                .POST(HttpRequest.BodyPublishers.ofString(request));
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A device with a certificate, and its connection, which it keeps. */
    public record Enrolled(TestDevice device, KeyPair key, X509Certificate certificate, HttpClient client)
            implements AutoCloseable {

        public String id() {
            return certificate.getSubjectX500Principal().getName().replace("CN=", "");
        }

        /** Sends a request with this certificate. */
        public HttpResponse<String> send(String path, HttpRequest.Builder request) {
            return TestDevice.send(client, request.uri(device.url.resolve(path)));
        }

        public HttpResponse<String> get(String path) {
            return send(path, HttpRequest.newBuilder().GET());
        }

        /** Asks for the next certificate. */
        public HttpResponse<String> renew(KeyPair next) {
            return TestDevice.send(client, device.post("simplereenroll", request(next)));
        }

        /** What it shows of itself to whoever answers at this address; null if nobody asks. */
        @Nullable
        X509Certificate shownTo(URI address, String protocol) throws IOException {
            SSLContext context = device.tls(device.identity(key, certificate), new TrustManager[] {new Gullible()});
            try (SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(address.getHost(), address.getPort())) {
                socket.setEnabledProtocols(new String[] {protocol});
                socket.startHandshake();
                Certificate[] shown = socket.getSession().getLocalCertificates();
                return shown == null ? null : (X509Certificate) shown[0];
            }
        }

        /** The same, on a new connection that begins with a whole handshake. */
        Enrolled anew() {
            return device.with(key, certificate);
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
