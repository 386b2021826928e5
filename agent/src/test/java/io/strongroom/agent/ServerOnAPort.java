package io.strongroom.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.Scope;
import io.strongroom.api.SetupRequest;
import io.strongroom.api.TokenRequest;
import io.strongroom.api.client.ApplianceTrust;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.batch.BatchLayout;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** An appliance as an operator runs it, on ports that stay the same, so that it can be killed and started again. */
final class ServerOnAPort implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(3);
    static final String TENANT = "acme";

    private final Path data;
    private final Path log;
    private final int port = freePort();
    private final int devicesPort = freePort();
    private final int mqttPort = freePort();
    private @Nullable Process process;
    private String admin = "";

    ServerOnAPort(Path folder) {
        this.data = folder.resolve("appliance");
        this.log = folder.resolve("appliance.log");
    }

    /** Below those that the system hands out, so that nobody is given it while the appliance is down. */
    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(16_384, 32_768);
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Somebody has it: another one, then.
            }
        }
    }

    /** The command of a Java program on this test's class path. */
    static ProcessBuilder java(String main, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // What the compiler wrote a minute ago needs no verifier: a quarter of a start.
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-BytecodeVerificationRemote",
                "-Dkeystore.pkcs12.keyPbeIterationCount=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main);
        builder.command().addAll(List.of(arguments));
        return builder;
    }

    ServerOnAPort start() throws IOException {
        Path ready = data.resolve("run/ready.json");
        Files.deleteIfExists(ready);
        ProcessBuilder builder = java(
                "io.strongroom.server.Strongroom",
                "--data",
                data.toString(),
                "--port",
                Integer.toString(port),
                "--tenant",
                TENANT);
        builder.environment().put("STRONGROOM_DEVICES_PORT", Integer.toString(devicesPort));
        builder.environment().put("STRONGROOM_MQTT_PORT", Integer.toString(mqttPort));
        Process started =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        process = started;
        await().atMost(PATIENCE).until(() -> Files.exists(ready) || !started.isAlive());
        assertThat(started.isAlive()).as(Files.readString(log)).isTrue();
        if (admin.isEmpty()) {
            try (StrongroomClient anyone = client(null)) {
                String code = Json.parseObject(Files.readAllBytes(ready)).text("setupCode");
                admin = anyone.setUp(new SetupRequest(code, "root")).token();
            }
        }
        return this;
    }

    /** As kill -9 does. */
    void kill() throws InterruptedException {
        Process killed = process;
        if (killed != null) {
            killed.destroyForcibly().waitFor();
        }
    }

    URI devices() {
        return URI.create("https://localhost:" + devicesPort);
    }

    int devicesPort() {
        return devicesPort;
    }

    int mqttPort() {
        return mqttPort;
    }

    URI url() {
        return URI.create("https://localhost:" + port);
    }

    /** The certificate of whoever signs what it shows, as git takes it. */
    Path authority() {
        return data.resolve("tls/ca.crt");
    }

    /** What the setup code gave. */
    String administrator() {
        return admin;
    }

    StrongroomClient client(@Nullable String token) throws IOException {
        return builder(token).build();
    }

    StrongroomClient.Builder builder(@Nullable String token) throws IOException {
        return StrongroomClient.at(url()).trust(trust()).token(token).tenant(TENANT);
    }

    private ApplianceTrust trust() throws IOException {
        return ApplianceTrust.authorities(Files.readAllBytes(authority()));
    }

    String readerToken() throws IOException {
        return token(Scope.READ);
    }

    String token(Scope scope) throws IOException {
        try (StrongroomClient root = client(admin)) {
            return String.valueOf(root.tokens()
                    .create(new TokenRequest("test", Set.of(scope), List.of(), 1))
                    .token());
        }
    }

    /** A post by the administrator. */
    Json.Obj post(String path, Json.Obj body) throws Exception {
        return send(
                path,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    /** A post of a device's batch by the administrator. */
    Json.Obj bring(String path, byte[] batch) throws Exception {
        return send(
                path,
                HttpRequest.newBuilder()
                        .header("Content-Type", BatchLayout.MEDIA_TYPE)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(batch)));
    }

    /** What the administrator sees there. */
    Json.Obj get(String path) throws Exception {
        return send(path, HttpRequest.newBuilder().GET());
    }

    private Json.Obj send(String path, HttpRequest.Builder request) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(trust().context()).build()) {
            HttpResponse<String> answer = client.send(
                    request.uri(url().resolve(path))
                            .header("Authorization", "Bearer " + admin)
                            .header("X-Tenant-Id", TENANT)
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
            return answer.body().isEmpty()
                    ? Json.Obj.EMPTY
                    : Json.parseObject(answer.body().getBytes(UTF_8));
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
