package io.strongroom.server;

import io.strongroom.api.Scope;
import io.strongroom.api.SetupRequest;
import io.strongroom.api.TokenRequest;
import io.strongroom.api.client.ApplianceTrust;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Sends records, each under a key of its own. */
final class RecordSender {
    private static final String TENANT = ApplianceFixture.TENANT;
    private static final String RECORDS = "/api/v1/audit/records";

    private final URI url;
    private final ApplianceTrust trust;
    private final String token;
    private final HttpClient client;

    RecordSender(Json.Obj notice, HttpClient.Version version) throws IOException {
        url = StrongroomProcess.url(notice);
        trust = ApplianceTrust.authorities(
                Files.readAllBytes(Path.of(notice.text("trustFile")).resolveSibling("tls/ca.crt")));
        token = token(notice.text("setupCode"));
        client = client(version);
    }

    private RecordSender(URI url, ApplianceTrust trust, String token, HttpClient.Version version) {
        this.url = url;
        this.trust = trust;
        this.token = token;
        this.client = client(version);
    }

    private HttpClient client(HttpClient.Version version) {
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(trust.context())
                .build();
    }

    private String token(String code) {
        String administrator;
        try (StrongroomClient setup =
                StrongroomClient.at(url).trust(trust).tenant(TENANT).build()) {
            administrator = setup.setUp(new SetupRequest(code, "root")).token();
        }
        try (StrongroomClient tokens = StrongroomClient.at(url)
                .trust(trust)
                .tenant(TENANT)
                .token(administrator)
                .build()) {
            return String.valueOf(tokens.tokens()
                    .create(new TokenRequest("test", Set.of(Scope.INGEST, Scope.READ), List.of("orders"), 1))
                    .token());
        }
    }

    RecordSender at(URI other) {
        return new RecordSender(other, trust, token, HttpClient.Version.HTTP_2);
    }

    RecordSender speaking(HttpClient.Version version) {
        return new RecordSender(url, trust, token, version);
    }

    URI url() {
        return url;
    }

    CompletableFuture<HttpResponse<String>> append(int number) {
        return append(number, "{}");
    }

    /** @param attributes the record's, as JSON */
    CompletableFuture<HttpResponse<String>> append(int number, String attributes) {
        String record = "{\"tenantId\":\"" + TENANT + "\",\"source\":{\"id\":\"orders\"},"
                + "\"occurredAt\":\"2026-11-21T01:02:03.004Z\",\"action\":\"Order.Placed\","
                + "\"actor\":{\"type\":\"User\",\"id\":\"u-1\"},"
                + "\"resource\":{\"type\":\"Order\",\"id\":\"o-" + number + "\"},\"attributes\":" + attributes + "}";
        return client.sendAsync(
                request(RECORDS)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", "k-" + number)
                        .POST(BodyPublishers.ofString(record))
                        .build(),
                BodyHandlers.ofString());
    }

    long waitingRecords() throws Exception {
        return Json.parseObject(get("/api/v1/ops/status").getBytes(StandardCharsets.UTF_8))
                .object("ledger")
                .integer("waitingRecords");
    }

    String get(String path) throws Exception {
        return client.send(request(path).GET().build(), BodyHandlers.ofString()).body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("X-Tenant-Id", TENANT);
    }
}
