package io.strongroom.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.api.About;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.settings.StartRefusedException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstStartTest {
    @TempDir
    Path folder;

    @Test
    void anotherStartKeepsIdentityKeysAndFingerprint() throws IOException {
        Path data = folder.resolve("data");
        String trust;
        Digest fingerprint;
        About about;
        String installation;
        try (ApplianceFixture first = ApplianceFixture.start(data)) {
            trust = Files.readString(data.resolve("trust.txt"));
            installation = Files.readString(data.resolve("installation"));
            fingerprint = first.appliance().notice().fingerprint();
            about = about(first);
            assertThat(about.devices()).isEqualTo(first.devicesUrl().toString());
        }
        try (ApplianceFixture second = ApplianceFixture.start(data)) {
            assertThat(Files.readString(data.resolve("trust.txt"))).isEqualTo(trust);
            assertThat(Files.readString(data.resolve("installation"))).isEqualTo(installation);
            assertThat(second.appliance().notice().fingerprint()).isEqualTo(fingerprint);
            assertThat(about(second))
                    .usingRecursiveComparison()
                    .ignoringFields("devices")
                    .isEqualTo(about);
        }
    }

    private static About about(ApplianceFixture appliance) {
        return About.fromJson(
                Json.parseObject(appliance.get("/api/v1/about").body().getBytes(UTF_8)));
    }

    @Test
    void peopleSpeakHttp2OverTls13AndNothingOlder() throws IOException {
        try (ApplianceFixture appliance = ApplianceFixture.start(folder.resolve("data"))) {
            HttpResponse<String> answer = appliance.get("/api/v1/about");
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
            try (SSLSocket socket = (SSLSocket) appliance
                    .tls()
                    .getSocketFactory()
                    .createSocket("127.0.0.1", appliance.url().getPort())) {
                socket.setEnabledProtocols(new String[] {"TLSv1.2"});
                assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
            }
        }
    }

    @Test
    void theDataDirectoryIsHeldByOneApplianceAtATime() {
        try (ApplianceFixture appliance = ApplianceFixture.start(folder.resolve("data"))) {
            assertThatThrownBy(() -> ApplianceFixture.start(appliance.data()))
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void anotherTenantRefusesTheStart() {
        ApplianceFixture.start(folder.resolve("data")).close();
        assertThatThrownBy(() -> ApplianceFixture.start(folder.resolve("data"), "--tenant", "other"))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("acme")
                .hasMessageContaining("other");
    }

    @Test
    void keysWithoutTheirInstallationRefuseTheStartAndNoOtherIsMade() throws IOException {
        Path data = folder.resolve("data");
        ApplianceFixture.start(data).close();
        Files.delete(data.resolve("installation"));
        assertThatThrownBy(() -> ApplianceFixture.start(data))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("has keys, and no file installation");
        assertThat(data.resolve("installation")).doesNotExist();
    }

    @Test
    void keysOfAnotherInstallationRefuseTheStart() throws IOException {
        ApplianceFixture.start(folder.resolve("one")).close();
        ApplianceFixture.start(folder.resolve("two")).close();
        Files.move(folder.resolve("one/database"), folder.resolve("gone"));
        Files.move(folder.resolve("two/database"), folder.resolve("one/database"));
        assertThatThrownBy(() -> ApplianceFixture.start(folder.resolve("one")))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("The database belongs to the installation");
    }

    @Test
    void aPortThatIsTakenRefusesTheStartInASentence() {
        try (ApplianceFixture appliance = ApplianceFixture.start(folder.resolve("one"))) {
            String port = Integer.toString(appliance.url().getPort());
            assertThatThrownBy(() -> ApplianceFixture.start(folder.resolve("two"), "--port", port))
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessageContaining("cannot listen");
        }
    }

    @Test
    void whereNoPortIsLeftForDevicesTheStartIsRefusedInASentence() {
        assertThatThrownBy(() -> ApplianceFixture.start(folder, "--port", "65535"))
                .isInstanceOf(StartRefusedException.class)
                .hasMessage("There is no port after server.port for devices: set devices.port.");
    }

    @Test
    void theReadyNoticeIsThereWhileTheApplianceIs() {
        Path data = folder.resolve("data");
        try (ApplianceFixture appliance = ApplianceFixture.start(data)) {
            assertThat(data.resolve("run/ready.json"))
                    .content()
                    .contains(appliance.url().toString())
                    .contains(String.valueOf(appliance.appliance().notice().setupCode()))
                    .contains("\"pid\":");
        }
        assertThat(data.resolve("run/ready.json")).doesNotExist();
    }

    /** Whoever has the host asks by a file. While the ledger takes nothing there is no code, and an appliance all the same. */
    @Test
    void aSetupCodeThatTheHostAsksForIsRecordedBeforeItIsGiven() throws IOException {
        Path data = folder.resolve("data");
        try (ApplianceFixture first = ApplianceFixture.start(data)) {
            assertThat(first.adminToken()).isNotEmpty();
            assertThat(setupCodesMade(first)).isZero();
        }
        Path wanted = Files.createFile(data.resolve("setup-code-wanted"));
        Clock setBack = Clock.offset(Clock.systemUTC(), Duration.ofHours(-1));
        try (ApplianceFixture second = ApplianceFixture.start(data, setBack, List.of())) {
            assertThat(second.appliance().notice().setupCode()).isNull();
            assertThat(setupCodesMade(second)).isZero();
            assertThat(wanted).exists();
        }
        try (ApplianceFixture third = ApplianceFixture.start(data)) {
            assertThat(third.appliance().notice().setupCode()).isNotNull();
            assertThat(setupCodesMade(third)).isEqualTo(1);
            assertThat(wanted).doesNotExist();
        }
    }

    private static int setupCodesMade(ApplianceFixture appliance) {
        LedgerReader ledger = appliance.appliance().context().getBean(LedgerReader.class);
        AtomicInteger made = new AtomicInteger();
        ledger.read(0, ledger.size(), true, row -> {
            Json.Obj record = Json.parseObject(requireNonNull(row.body()));
            if (record.text("action").equals("SetupCode.Made")) {
                assertThat(row.entry().stream()).isEqualTo("system.admin");
                assertThat(record.object("attributes").text("expiresAt")).isNotEmpty();
                made.incrementAndGet();
            }
            return true;
        });
        return made.get();
    }
}
