package io.strongroom.server.devices;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.api.json.Json;
import io.strongroom.server.ApplianceFixture;
import io.strongroom.server.devices.TestDevice.Enrolled;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The devices' authority is replaced, while devices know the one before, both, or the next. */
class RollOverTest {
    private static final String SELF = "/api/v1/device/self";

    @TempDir
    Path folder;

    private static HttpResponse<String> ask(ApplianceFixture appliance, String path, String body) {
        return appliance.post(
                path,
                body,
                "Authorization",
                "Bearer " + appliance.adminToken(),
                "X-Tenant-Id",
                ApplianceFixture.TENANT);
    }

    private static String end(ApplianceFixture appliance, boolean leaveBehind) {
        HttpResponse<String> answer = ask(
                appliance,
                "/api/v1/devices/authority/roll-over/end",
                Json.object().put("leaveBehind", leaveBehind).build().toString());
        return answer.statusCode() == 200
                ? "200"
                : answer.statusCode() + " "
                        + Json.parseObject(answer.body().getBytes(UTF_8)).text("code");
    }

    @Test
    void devicesGoOverToTheNextAuthorityOneByOneAndTheOldOneIsNeededNoMore() {
        try (ApplianceFixture appliance = ApplianceFixture.start(folder.resolve("data"));
                Enrolled slow = TestDevice.enrolled(appliance);
                Enrolled quick = TestDevice.enrolled(appliance)) {
            assertThat(slow.get(SELF).statusCode()).isEqualTo(200);
            assertThat(quick.get(SELF).statusCode()).isEqualTo(200);
            String early = TestDevice.code(appliance, "default");
            assertThat(ask(appliance, "/api/v1/devices/authority/roll-over", "").statusCode())
                    .isEqualTo(200);
            assertThat(ask(appliance, "/api/v1/devices/authority/roll-over", "").statusCode())
                    .isEqualTo(409);

            // Who knows the old one alone gets on, and learns of both.
            assertThat(TestDevice.certificates(
                            slow.device().get("/.well-known/est/cacerts").body()))
                    .hasSize(2);
            KeyPair next = TestDevice.newKey();
            X509Certificate renewed = TestDevice.certificate(quick.renew(next));
            assertThat(renewed.getIssuerX500Principal())
                    .isNotEqualTo(quick.certificate().getIssuerX500Principal());
            // Enrolled by now, it knows both.
            TestDevice both = TestDevice.at(appliance);
            try (Enrolled over = both.with(next, renewed)) {
                assertThat(over.get(SELF).statusCode()).isEqualTo(200);
                assertThat(slow.get(SELF).statusCode()).isEqualTo(200);

                assertThat(end(appliance, false)).isEqualTo("409 device-conflict");
                assertThat(end(appliance, true)).isEqualTo("200");
                assertThat(end(appliance, true)).isEqualTo("409 device-conflict");

                assertThat(over.get(SELF).statusCode()).isEqualTo(200);
                assertThat(slow.get(SELF).statusCode())
                        .as("its authority is trusted no more")
                        .isEqualTo(401);
                assertThat(both.enrol(early, TestDevice.newKey()).statusCode())
                        .as("a code for the old authority")
                        .isEqualTo(403);
                // The port shows the next one's certificate now, to those who come.
                assertThatThrownBy(() -> slow.device().get("/.well-known/est/cacerts"))
                        .isInstanceOf(UncheckedIOException.class);
                try (Enrolled fresh = TestDevice.enrolled(appliance)) {
                    assertThat(fresh.get(SELF).statusCode()).isEqualTo(200);
                }
            }
        }
    }

    @Test
    void devicesComeBackAfterARestart() {
        Path data = folder.resolve("data");
        KeyPair key = TestDevice.newKey();
        X509Certificate certificate;
        String admin;
        try (ApplianceFixture appliance = ApplianceFixture.start(data)) {
            admin = appliance.adminToken();
            TestDevice device = TestDevice.at(appliance);
            certificate = TestDevice.certificate(device.enrol(TestDevice.code(appliance, "default"), key));
        }
        try (ApplianceFixture appliance = ApplianceFixture.start(data).administeredBy(admin);
                Enrolled device = TestDevice.at(appliance).with(key, certificate)) {
            assertThat(device.get(SELF).statusCode()).isEqualTo(200);
        }
    }
}
