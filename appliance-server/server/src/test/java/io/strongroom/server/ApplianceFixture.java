package io.strongroom.server;

import io.strongroom.api.Scope;
import io.strongroom.api.ServiceToken;
import io.strongroom.api.TokenRequest;
import io.strongroom.api.client.ApplianceTrust;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.json.Json;
import io.strongroom.server.access.secret.TestPasswords;
import io.strongroom.server.settings.CommandLine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A whole appliance in this JVM, on H2, on a free port of loopback, with TLS as in production and cheap passwords. */
public final class ApplianceFixture implements AutoCloseable {
    /** The tenant of each fixture. */
    public static final String TENANT = "acme";

    private final Path data;
    private final Appliance appliance;
    private final SSLContext tls;
    private final HttpClient client;
    private String adminToken = "";

    private ApplianceFixture(Path data, Appliance appliance) {
        this.data = data;
        this.appliance = appliance;
        this.tls = trusting(data.resolve("tls/ca.crt"));
        this.client = HttpClient.newBuilder().sslContext(tls).build();
    }

    /** Starts one on {@code data}, which may hold an installation; {@code options} as on the command line. */
    public static ApplianceFixture start(Path data, String... options) {
        return start(data, List.of(), options);
    }

    /** As above, under another policy than the built-in one, or with whatever else is in {@code parts}. */
    public static ApplianceFixture start(Path data, List<Object> parts, String... options) {
        return start(data, Clock.systemUTC(), parts, options);
    }

    /** As above, by another clock than the machine's. */
    static ApplianceFixture start(Path data, Clock clock, List<Object> parts, String... options) {
        List<String> arguments = new ArrayList<>(
                List.of("--data", data.toString(), "--port", "0", "--tenant", TENANT, "--name", "vault.example"));
        arguments.addAll(List.of(options));
        CommandLine line = CommandLine.parse(arguments.toArray(String[]::new), Map.of());
        List<Object> all = new ArrayList<>(parts);
        all.add(TestPasswords.cheap());
        return new ApplianceFixture(data, Appliance.start(line, clock, Map.of(), all.toArray()));
    }

    public URI url() {
        return appliance.notice().url();
    }

    /** Where devices call. */
    public URI devicesUrl() {
        return appliance.notice().devices();
    }

    public Path data() {
        return data;
    }

    public Appliance appliance() {
        return appliance;
    }

    /** Trusts the appliance's own authority and nobody else. */
    public SSLContext tls() {
        return tls;
    }

    /** A client that trusts the appliance, HTTP/2 where it can. */
    public HttpClient client() {
        return client;
    }

    /** The product's own client, with this token. */
    public StrongroomClient client(String token) {
        try {
            return StrongroomClient.at(url())
                    .trust(ApplianceTrust.authorities(Files.readAllBytes(data.resolve("tls/ca.crt"))))
                    .token(token)
                    .tenant(TENANT)
                    .build();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The bootstrap administrator's token; made by the setup code when first asked for. */
    public synchronized String adminToken() {
        if (adminToken.isEmpty()) {
            String code = String.valueOf(appliance.notice().setupCode());
            HttpResponse<String> answer = post(
                    "/api/v1/setup",
                    Json.object().put("code", code).put("name", "root").build().toString());
            adminToken = Json.parseObject(answer.body().getBytes(StandardCharsets.UTF_8))
                    .text("token");
        }
        return adminToken;
    }

    /** Says who the administrator is, where an earlier fixture made one on this data. */
    public synchronized ApplianceFixture administeredBy(String token) {
        adminToken = token;
        return this;
    }

    /** A new token with these scopes, for these sources. */
    public String token(Set<Scope> scopes, String... sources) {
        TokenRequest request = new TokenRequest("test", scopes, List.of(sources), 1);
        HttpResponse<String> answer = post(
                "/api/v1/tokens",
                request.toJson().toString(),
                "Authorization",
                "Bearer " + adminToken(),
                "X-Tenant-Id",
                TENANT);
        return String.valueOf(
                ServiceToken.fromJson(Json.parseObject(answer.body().getBytes(StandardCharsets.UTF_8)))
                        .token());
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send(HttpRequest.newBuilder().GET(), path, headers);
    }

    /** Posts JSON. */
    public HttpResponse<String> post(String path, String body, String... headers) {
        return send(
                HttpRequest.newBuilder()
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .header("Content-Type", "application/json"),
                path,
                headers);
    }

    public HttpResponse<String> send(HttpRequest.Builder request, String path, String... headers) {
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.uri(url().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext trusting(Path certificate) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry(
                    "ca",
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(certificate))));
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        appliance.close();
    }
}
