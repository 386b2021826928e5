package io.strongroom.server.devices;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.client.ApplianceTrust;
import io.strongroom.api.json.Json;
import io.strongroom.server.ApplianceFixture;
import io.strongroom.server.StrongroomProcess;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it enrols leaves no device stranded and none twice. */
class EnrolmentKillTest {
    private static final int DEVICES = 8;

    @TempDir
    Path folder;

    private String admin = "";

    @Test
    void whoeverWasBeingEnrolledAsksAgainAndIsOneDevice() throws Exception {
        Path data = folder.resolve("data");
        Map<String, KeyPair> keys = new LinkedHashMap<>();
        try (StrongroomProcess process = start(data)) {
            Json.Obj notice = process.awaitReady(data);
            admin = Json.parseObject(ask(
                                    notice,
                                    data,
                                    "/api/v1/setup",
                                    Json.object()
                                            .put("code", notice.text("setupCode"))
                                            .put("name", "root")
                                            .build())
                            .body()
                            .getBytes(UTF_8))
                    .text("token");
            for (int i = 0; i < DEVICES; i++) {
                keys.put(code(notice, data), TestDevice.newKey());
            }
            TestDevice device = TestDevice.pinning(
                    URI.create(notice.text("devices")), keys.keySet().iterator().next());
            // All at once, one after the other inside: the kill comes upon some before, some after they are enrolled.
            try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
                CompletableFuture<?>[] answers = keys.entrySet().stream()
                        .map(each -> CompletableFuture.supplyAsync(() -> answered(device, each), all))
                        .toArray(CompletableFuture[]::new);
                assertThat(CompletableFuture.anyOf(answers).get()).isEqualTo(200);
                process.close();
            }
        }

        Files.delete(data.resolve("run/ready.json"));
        try (StrongroomProcess process = start(data)) {
            Json.Obj notice = process.awaitReady(data);
            TestDevice device = TestDevice.pinning(
                    URI.create(notice.text("devices")), keys.keySet().iterator().next());
            Set<String> ids = new HashSet<>();
            for (Map.Entry<String, KeyPair> each : keys.entrySet()) {
                X509Certificate certificate = TestDevice.certificate(device.enrol(each.getKey(), each.getValue()));
                assertThat(certificate.getPublicKey()).isEqualTo(each.getValue().getPublic());
                ids.add(certificate.getSubjectX500Principal().getName());
            }
            assertThat(ids).hasSize(DEVICES);
            Json.Obj listed =
                    Json.parseObject(get(notice, data, "/api/v1/devices").body().getBytes(UTF_8));
            assertThat(listed.list("items")).hasSize(DEVICES);
        }
    }

    private static int answered(TestDevice device, Map.Entry<String, KeyPair> each) {
        try {
            return device.enrol(each.getKey(), each.getValue()).statusCode();
        } catch (UncheckedIOException e) {
            // The answer that was lost.
            return 0;
        }
    }

    private StrongroomProcess start(Path data) throws Exception {
        return StrongroomProcess.run(
                folder, Map.of(), "--data", data.toString(), "--port", "0", "--tenant", ApplianceFixture.TENANT);
    }

    private String code(Json.Obj notice, Path data) throws Exception {
        Json.Obj asked = Json.object().put("label", "till").build();
        return Json.parseObject(ask(notice, data, "/api/v1/devices/tokens", asked)
                        .body()
                        .getBytes(UTF_8))
                .text("code");
    }

    private HttpResponse<String> ask(Json.Obj notice, Path data, String path, Json.Obj body) throws Exception {
        return send(
                notice,
                data,
                path,
                HttpRequest.newBuilder()
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .header("Content-Type", "application/json"));
    }

    private HttpResponse<String> get(Json.Obj notice, Path data, String path) throws Exception {
        return send(notice, data, path, HttpRequest.newBuilder().GET());
    }

    private HttpResponse<String> send(Json.Obj notice, Path data, String path, HttpRequest.Builder request)
            throws Exception {
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(ApplianceTrust.authorities(Files.readAllBytes(data.resolve("tls/ca.crt")))
                        .context())
                .build()) {
            return client.send(
                    request.uri(StrongroomProcess.url(notice).resolve(path))
                            .header("Authorization", "Bearer " + admin)
                            .header("X-Tenant-Id", ApplianceFixture.TENANT)
                            .build(),
                    BodyHandlers.ofString());
        }
    }
}
