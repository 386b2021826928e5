package io.strongroom.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.Scope;
import io.strongroom.api.SetupRequest;
import io.strongroom.api.StoredObject;
import io.strongroom.api.TokenRequest;
import io.strongroom.api.client.ApplianceTrust;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed in the middle of an upload leaves nothing of it, and what it answered stands. */
class UploadKillTest {
    @TempDir
    Path folder;

    private static byte[] value(int seed) {
        byte[] bytes = new byte[800_000];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @Test
    void anUploadThatWasAnsweredOutlivesAKillAndOneThatWasNotLeavesNothing() throws Exception {
        Path data = folder.resolve("data");
        String token;
        StoredObject answered;
        try (StrongroomProcess process = start(data)) {
            Json.Obj notice = process.awaitReady(data);
            try (StrongroomClient anyone = client(notice, data, null);
                    StrongroomClient admin = client(
                            notice,
                            data,
                            anyone.setUp(new SetupRequest(notice.text("setupCode"), "root"))
                                    .token())) {
                token = String.valueOf(admin.tokens()
                        .create(new TokenRequest("desk", Set.of(Scope.INGEST), List.of("desk"), 1))
                        .token());
            }
            try (StrongroomClient desk = client(notice, data, token)) {
                answered = upload(desk, value(1));
            }
            try (SSLSocket socket = begin(notice, data, token)) {
                OutputStream out = socket.getOutputStream();
                out.write(value(2), 0, 400_000);
                out.flush();
                await().until(() -> files(data.resolve("uploads")) == 1);
                process.close();
            }
        }

        assertThat(files(data.resolve("uploads"))).isEqualTo(1);
        Files.delete(data.resolve("run/ready.json"));
        try (StrongroomProcess process = start(data)) {
            Json.Obj notice = process.awaitReady(data);
            assertThat(files(data.resolve("uploads"))).isZero();
            assertThat(files(data.resolve("objects/uploads"))).isEqualTo(1);
            try (StrongroomClient desk = client(notice, data, token)) {
                assertThat(upload(desk, value(1))).isEqualTo(answered);
                assertThat(files(data.resolve("objects/uploads"))).isEqualTo(1);
                upload(desk, value(2));
                assertThat(files(data.resolve("objects/uploads"))).isEqualTo(2);
            }
        }
    }

    private StrongroomProcess start(Path data) throws IOException {
        return StrongroomProcess.run(
                folder, Map.of(), "--data", data.toString(), "--port", "0", "--tenant", ApplianceFixture.TENANT);
    }

    private static StrongroomClient client(Json.Obj notice, Path data, @Nullable String token) throws IOException {
        return StrongroomClient.at(StrongroomProcess.url(notice))
                .trust(trust(data))
                .token(token)
                .tenant(ApplianceFixture.TENANT)
                .build();
    }

    private static ApplianceTrust trust(Path data) throws IOException {
        return ApplianceTrust.authorities(Files.readAllBytes(data.resolve("tls/ca.crt")));
    }

    private static StoredObject upload(StrongroomClient client, byte[] value) {
        return client.uploads().upload(value.length, () -> new ByteArrayInputStream(value));
    }

    /** A connection over which the head of an upload has gone. */
    private static SSLSocket begin(Json.Obj notice, Path data, String token) throws IOException {
        URI url = StrongroomProcess.url(notice);
        SSLSocket socket =
                (SSLSocket) trust(data).context().getSocketFactory().createSocket(url.getHost(), url.getPort());
        socket.getOutputStream()
                .write(("POST /api/v1/audit/objects HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                                + "\r\nX-Tenant-Id: " + ApplianceFixture.TENANT
                                + "\r\nContent-Type: application/octet-stream\r\nContent-Length: 800000\r\n\r\n")
                        .getBytes(UTF_8));
        return socket;
    }

    private static long files(Path place) throws IOException {
        if (!Files.exists(place)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(Files::isRegularFile).count();
        }
    }
}
