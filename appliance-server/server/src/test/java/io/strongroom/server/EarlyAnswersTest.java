package io.strongroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.Scope;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is refused for what they say at first gets the answer, though there is more to send, and can go on asking. */
class EarlyAnswersTest {
    /** More than the window of a stream, and of many such a connection's. */
    private static final byte[] LARGE = new byte[5 << 20];

    @TempDir
    Path folder;

    @Test
    void anAnswerThatComesBeforeTheRequestHasEndedIsReadAndTheConnectionGoesOn() throws Exception {
        try (ApplianceFixture appliance =
                ApplianceFixture.start(folder.resolve("data"), "--set", "uploads.most-mib=1")) {
            String token = appliance.token(Set.of(Scope.INGEST), "desk");
            for (int i = 0; i < 5; i++) {
                assertThat(upload(appliance, token, LARGE).statusCode()).isEqualTo(413);
                assertThat(upload(appliance, "srm_nobody", LARGE).statusCode()).isEqualTo(401);
                assertThat(upload(appliance, token, new byte[1 << 20]).statusCode())
                        .isEqualTo(201);
            }
        }
    }

    private static HttpResponse<String> upload(ApplianceFixture appliance, String token, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(appliance.url().resolve("/api/v1/audit/objects"))
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", "Bearer " + token)
                .header("X-Tenant-Id", ApplianceFixture.TENANT)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<String> answer = appliance.client().send(request, BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        return answer;
    }
}
