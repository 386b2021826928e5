package io.strongroom.api.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.strongroom.api.Problem;
import io.strongroom.api.ProblemType;
import io.strongroom.evidence.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** An appliance that answers what a test tells it to, over TLS, under a certificate authority of its own. */
final class FakeAppliance implements AutoCloseable {
    /** Writes one answer. */
    @FunctionalInterface
    interface Reply {
        void write(HttpExchange exchange, Request request) throws IOException;
    }

    /** A request as it came, its body unpacked. */
    record Request(
            String method,
            String path,
            @Nullable String key,
            @Nullable String authorization,
            @Nullable String tenant,
            @Nullable String range,
            String body) {}

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final X509Certificate authority;
    private final Deque<Reply> replies = new ArrayDeque<>();
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());

    FakeAppliance() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair authorityKeys = generator.generateKeyPair();
        KeyPair serverKeys = generator.generateKeyPair();
        X500Name authorityName = new X500Name("CN=Fake CA");
        authority = certificate(authorityName, authorityKeys, authorityName, authorityKeys, true);
        X509Certificate leaf = certificate(authorityName, authorityKeys, new X500Name("CN=fake"), serverKeys, false);

        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setKeyEntry("server", serverKeys.getPrivate(), new char[0], new X509Certificate[] {leaf, authority});
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        SSLContext tls = SSLContext.getInstance("TLSv1.3");
        tls.init(keys.getKeyManagers(), null, null);

        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private static X509Certificate certificate(
            X500Name issuer, KeyPair issuerKeys, X500Name subject, KeyPair keys, boolean authority) throws Exception {
        Instant now = Instant.now();
        var builder = new JcaX509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(authority ? 1 : 2),
                Date.from(now.minusSeconds(3600)),
                Date.from(now.plusSeconds(86_400)),
                subject,
                keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (!authority) {
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate())));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            InputStream in = exchange.getRequestBody();
            if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
                in = new GZIPInputStream(in);
            }
            Request request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    exchange.getRequestHeaders().getFirst("X-Tenant-Id"),
                    exchange.getRequestHeaders().getFirst("Range"),
                    new String(in.readAllBytes(), StandardCharsets.UTF_8));
            requests.add(request);
            Reply reply;
            synchronized (replies) {
                reply = replies.size() > 1 ? replies.removeFirst() : replies.getFirst();
            }
            reply.write(exchange, request);
        }
    }

    /** The answers, in the order of the requests; the last one holds for all that follow. */
    void answers(Reply... inOrder) {
        synchronized (replies) {
            replies.clear();
            replies.addAll(List.of(inOrder));
        }
    }

    static Reply json(int status, String body) {
        return (exchange, request) -> send(exchange, status, "application/json", body);
    }

    static Reply problem(ProblemType type, String... headers) {
        return (exchange, request) -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            send(
                    exchange,
                    type.status(),
                    Problem.MEDIA_TYPE,
                    Problem.of(type, "as the test wants it").toJson().toString());
        };
    }

    /** Promises more than it sends. */
    static Reply brokenOff(int status, String body, int promised) {
        return (exchange, request) -> {
            exchange.sendResponseHeaders(status, promised);
            exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        };
    }

    static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    URI address() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }

    Digest fingerprint() {
        return Digest.of(authority.getPublicKey().getEncoded());
    }

    byte[] authorityPem() throws Exception {
        return ("-----BEGIN CERTIFICATE-----\n"
                        + java.util.Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(authority.getEncoded())
                        + "\n-----END CERTIFICATE-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
