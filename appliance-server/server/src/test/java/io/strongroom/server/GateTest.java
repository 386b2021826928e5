package io.strongroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.Problem;
import io.strongroom.api.ProblemType;
import io.strongroom.api.Scope;
import io.strongroom.api.json.Json;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every request meets, seen from outside over TLS. */
class GateTest {
    private static final String TENANT = "X-Tenant-Id";
    private static final String AUTHORIZATION = "Authorization";

    private static ApplianceFixture appliance;
    private static String admin;

    @BeforeAll
    static void start(@TempDir Path folder) {
        // The tests ask without a token more often than an address may.
        appliance = ApplianceFixture.start(folder.resolve("data"), "--set", "rate.anonymous-burst=10000");
        admin = "Bearer " + appliance.adminToken();
    }

    @AfterAll
    static void stop() {
        appliance.close();
    }

    @Test
    void withoutATokenTheAnswerIs401AndSaysHow() {
        HttpResponse<String> answer = appliance.get("/api/v1/tokens", TENANT, "acme");
        assertProblem(answer, ProblemType.INVALID_TOKEN);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("Bearer"));
    }

    @Test
    void aTokenOfNoUseIsTheSame401() {
        for (String token : new String[] {"Bearer srm_x", "Bearer ", "Basic YTpi", admin + "x", "bearer"}) {
            assertProblem(
                    appliance.get("/api/v1/tokens", AUTHORIZATION, token, TENANT, "acme"), ProblemType.INVALID_TOKEN);
        }
    }

    @Test
    void aTokenWithoutTheScopeIs403AndTheScopeIsNamed() {
        String reader = "Bearer " + appliance.token(Set.of(Scope.READ));
        HttpResponse<String> answer = appliance.get("/api/v1/tokens", AUTHORIZATION, reader, TENANT, "acme");
        assertThat(assertProblem(answer, ProblemType.FORBIDDEN).detail()).contains("admin");
    }

    @Test
    void aMissingTenantIs400() {
        assertProblem(appliance.get("/api/v1/tokens", AUTHORIZATION, admin), ProblemType.MISSING_TENANT);
    }

    @Test
    void aMalformedTenantIs400() {
        assertProblem(appliance.get("/api/v1/tokens", AUTHORIZATION, admin, TENANT, "a b"), ProblemType.INVALID_TENANT);
    }

    @Test
    void anotherTenantIs403WhereSomethingIsRead() {
        assertProblem(appliance.get("/api/v1/tokens", AUTHORIZATION, admin, TENANT, "other"), ProblemType.CROSS_TENANT);
    }

    @Test
    void whereNoTenantNeedBeNamedAnotherIsRefusedAllTheSame() {
        assertThat(appliance.get("/api/v1/ops/status", AUTHORIZATION, admin).statusCode())
                .isEqualTo(200);
        assertProblem(
                appliance.get("/api/v1/ops/status", AUTHORIZATION, admin, TENANT, "other"), ProblemType.CROSS_TENANT);
    }

    @Test
    void theTenantIsComparedWithoutCase() {
        assertThat(appliance
                        .get("/api/v1/tokens", AUTHORIZATION, admin, TENANT, "ACME")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aForeignResidencyIs409() {
        assertProblem(
                appliance.get("/api/v1/tokens", AUTHORIZATION, admin, TENANT, "acme", "X-Data-Silo", "mars"),
                ProblemType.RESIDENCY_CONFLICT);
    }

    @Test
    void anAddressWithoutARouteIs404() {
        assertProblem(appliance.get("/api/v1/nothing", AUTHORIZATION, admin), ProblemType.NOT_FOUND);
        assertProblem(appliance.get("/", AUTHORIZATION, admin), ProblemType.NOT_FOUND);
    }

    @Test
    void aMethodThatDoesNotFitIs405() {
        HttpResponse<String> answer = appliance.send(
                HttpRequest.newBuilder().DELETE(), "/api/v1/tokens", AUTHORIZATION, admin, TENANT, "acme");
        assertProblem(answer, ProblemType.METHOD_NOT_ALLOWED);
        assertThat(answer.headers().firstValue("Allow")).isPresent();
    }

    @Test
    void aContentTypeThatIsNotTakenIs415() {
        HttpResponse<String> answer = appliance.send(
                HttpRequest.newBuilder()
                        .POST(HttpRequest.BodyPublishers.ofString("a: b"))
                        .header("Content-Type", "application/yaml"),
                "/api/v1/tokens",
                AUTHORIZATION,
                admin,
                TENANT,
                "acme");
        assertProblem(answer, ProblemType.UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    void aBodyThatIsTooLargeIs413() {
        assertProblem(postToken("\"" + "x".repeat(2 << 20) + "\""), ProblemType.BODY_TOO_LARGE);
    }

    @Test
    void whatIsNotJsonIs400WithThePlace() {
        Problem problem = assertProblem(postToken("{\"name\":\"a\",}"), ProblemType.MALFORMED_JSON);
        assertThat(problem.detail()).contains("byte 12");
    }

    @Test
    void anEmptyBodyIs400() {
        assertThat(postToken("").statusCode()).isEqualTo(400);
    }

    @Test
    void anUnknownMemberIs400WithItsPointer() {
        Problem problem = assertProblem(
                postToken("{\"name\":\"a\",\"scopes\":[\"read\"],\"sources\":[],\"colour\":1}"), ProblemType.SCHEMA);
        assertThat(problem.errors()).extracting(error -> error.pointer()).containsExactly("/colour");
    }

    @Test
    void aScopeThatThereIsNotIsAnsweredWithThoseThatThereAre() {
        Problem problem =
                assertProblem(postToken("{\"name\":\"a\",\"scopes\":[\"god\"],\"sources\":[]}"), ProblemType.SCHEMA);
        assertThat(problem.detail()).contains("ingest, read, export, policy, admin");
    }

    @Test
    void aHostileDocumentHasTwentyOfItsPlacesNamed() {
        StringBuilder members = new StringBuilder("{\"name\":\"a\"");
        for (int i = 0; i < 1_000; i++) {
            members.append(",\"x").append(i).append("\":1");
        }
        Problem problem = assertProblem(postToken(members.append('}').toString()), ProblemType.SCHEMA);
        assertThat(problem.errors()).hasSize(20);
    }

    @Test
    void aTokenForTheAppliancesOwnSourceIsRefused() {
        Problem problem = assertProblem(
                postToken("{\"name\":\"a\",\"scopes\":[\"ingest\"],\"sources\":[\"strongroom\",\"UP\"]}"),
                ProblemType.SCHEMA);
        assertThat(problem.errors()).extracting(error -> error.pointer()).containsExactly("/sources/0", "/sources/1");
    }

    @Test
    void aWrongSetupCodeIsRefusedLikeAnyOther() {
        assertProblem(appliance.post("/api/v1/setup", "{\"code\":\"x\",\"name\":\"me\"}"), ProblemType.ALREADY_SET_UP);
    }

    @Test
    void everyProblemTypeHasItsPage() {
        for (ProblemType type : ProblemType.values()) {
            HttpResponse<String> page = appliance.get(type.type());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(value -> assertThat(value).startsWith("text/html"));
            assertThat(page.body()).contains(type.code()).contains("What to do");
        }
        assertProblem(appliance.get("/problems/none"), ProblemType.NOT_FOUND);
    }

    @Test
    void everyAnswerHasItsIdItsLimitAndTheSecurityHeaders() {
        HttpResponse<String> answer = appliance.get("/api/v1/tokens", AUTHORIZATION, admin, TENANT, "acme");
        assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
        assertThat(answer.headers().firstValue("RateLimit-Policy")).contains("\"caller\";q=4000;w=2");
        assertThat(answer.headers().firstValue("RateLimit"))
                .hasValueSatisfying(value -> assertThat(value).matches("\"caller\";r=\\d+;t=\\d+"));
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
        assertThat(answer.headers().firstValue("Server")).isEmpty();
    }

    @Test
    void aRevokedTokenIsRefusedFromTheNextRequestOn() {
        HttpResponse<String> made = postToken("{\"name\":\"short\",\"scopes\":[\"admin\"],\"sources\":[]}");
        assertThat(made.statusCode()).isEqualTo(201);
        Json.Obj token = Json.parseObject(made.body().getBytes(StandardCharsets.UTF_8));
        String bearer = "Bearer " + token.text("token");
        assertThat(appliance
                        .get("/api/v1/tokens", AUTHORIZATION, bearer, TENANT, "acme")
                        .statusCode())
                .isEqualTo(200);
        assertThat(appliance
                        .send(
                                HttpRequest.newBuilder().DELETE(),
                                "/api/v1/tokens/" + token.text("id"),
                                AUTHORIZATION,
                                admin,
                                TENANT,
                                "acme")
                        .statusCode())
                .isEqualTo(204);
        assertProblem(
                appliance.get("/api/v1/tokens", AUTHORIZATION, bearer, TENANT, "acme"), ProblemType.INVALID_TOKEN);
    }

    @Test
    void aListOfTokensTellsNoSecret() {
        String list = appliance
                .get("/api/v1/tokens", AUTHORIZATION, admin, TENANT, "acme")
                .body();
        assertThat(list).contains("root").doesNotContain("srm_");
    }

    @Test
    void whatIsNotHttpIsRefusedWithoutATraceOfUs() throws IOException {
        for (String request : new String[] {
            "GET / HTTP/1.1\r\nHost: a\r\nX-Big: " + "x".repeat(40_000) + "\r\n\r\n",
            "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /api/%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
            "NONSENSE\r\n\r\n"
        }) {
            assertThat(raw(request))
                    .matches("(?s)HTTP/1.[01] 4\\d\\d .*")
                    .doesNotContain("io.")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void anAddressThatIsNoUriIs400WhoeverAsks() throws IOException {
        for (String address : new String[] {"/health/live?x=50%", "/%zz", "/api/v1/query/records?q=a|b"}) {
            assertThat(raw("GET " + address + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("\"code\":\"invalid-parameter\"")
                    .contains("not a URI");
        }
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = appliance
                .tls()
                .getSocketFactory()
                .createSocket("127.0.0.1", appliance.url().getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            byte[] answer = new byte[2_000];
            int read = socket.getInputStream().readNBytes(answer, 0, 12);
            if (read == 12) {
                read += Math.max(0, socket.getInputStream().read(answer, 12, answer.length - 12));
            }
            return new String(answer, 0, read, StandardCharsets.US_ASCII);
        }
    }

    private static HttpResponse<String> postToken(String body) {
        return appliance.post("/api/v1/tokens", body, AUTHORIZATION, admin, TENANT, "acme");
    }

    private static Problem assertProblem(HttpResponse<String> answer, ProblemType type) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(type.status());
        assertThat(answer.headers().firstValue("Content-Type")).contains(Problem.MEDIA_TYPE);
        Problem problem = Problem.fromJson(Json.parseObject(answer.body().getBytes(StandardCharsets.UTF_8)));
        assertThat(problem.code()).isEqualTo(type.code());
        assertThat(problem.requestId())
                .isEqualTo(answer.headers().firstValue("X-Request-Id").orElse("none"));
        return problem;
    }
}
