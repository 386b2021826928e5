package io.strongroom.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.web.router.Router;
import io.strongroom.api.Acceptance;
import io.strongroom.api.InvitationRequest;
import io.strongroom.api.NewAuthenticator;
import io.strongroom.api.Problem;
import io.strongroom.api.ProblemType;
import io.strongroom.api.Role;
import io.strongroom.api.SessionTokens;
import io.strongroom.api.SignInRequest;
import io.strongroom.api.client.RecordQuery;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.client.StrongroomException;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.server.ApplianceFixture;
import io.strongroom.server.TestAuthenticator;
import io.strongroom.server.ledger.LedgerReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People from outside: how they come in, what they may do, what is recorded of them. */
class PeopleOverHttpTest {
    private static final String PASSWORD = "four words of no sense";

    private static Path data;
    private static ApplianceFixture appliance;
    private static String admin;
    private static Person ann;
    private static Person bob;

    /** Somebody who is in. */
    private record Person(String officer, String secret, SessionTokens tokens) {
        StrongroomClient client() {
            return appliance.client(tokens.accessToken());
        }
    }

    @BeforeAll
    static void start(@TempDir Path folder) {
        data = folder.resolve("data");
        appliance = opened();
        admin = appliance.adminToken();
        try (StrongroomClient client = appliance.client(admin)) {
            ann = joined(client, "ann@example.com", Role.SECURITY_ADMIN);
        }
        try (StrongroomClient client = ann.client()) {
            bob = joined(client, "bob", Role.AUDIT_READER);
        }
    }

    private static ApplianceFixture opened() {
        // The tests ask without a token more often than an address may.
        return ApplianceFixture.start(data, "--set", "rate.anonymous-burst=10000");
    }

    @AfterAll
    static void stop() {
        appliance.close();
    }

    private static Person joined(StrongroomClient inviter, String officer, Role... roles) {
        String code = String.valueOf(inviter.users()
                .invite(new InvitationRequest(officer, "The one called " + officer, Set.of(roles), Map.of()))
                .code());
        try (StrongroomClient nobody = appliance.client("")) {
            NewAuthenticator authenticator = nobody.auth().openInvitation(code);
            String secret = authenticator.secret();
            assertThat(nobody.auth().accept(new Acceptance(code, PASSWORD, code(secret, -1))))
                    .hasSize(10);
            return new Person(
                    officer, secret, nobody.auth().signIn(new SignInRequest(officer, PASSWORD, code(secret, 0))));
        }
    }

    /** The code of a step near now; each is used once. */
    private static String code(String secret, int step) {
        return TestAuthenticator.code(secret, TestAuthenticator.step() + step);
    }

    @Test
    void peopleMayWhatPolicyAllowsTheirRolesAndNothingElse() {
        try (StrongroomClient hers = ann.client();
                StrongroomClient his = bob.client()) {
            assertThat(his.records().query(RecordQuery.ALL.limit(1)).items()).isNotEmpty();
            assertThat(hers.users().list())
                    .extracting(account -> account.officer())
                    .contains("ann@example.com", "bob");
            assertThat(hers.auth().operations())
                    .contains("users.manage", "devices.manage", "incidents.manage")
                    .doesNotContain("records.read");
            assertThat(his.auth().operations()).contains("records.read").doesNotContain("users.read");
            assertForbidden(() -> hers.records().query(RecordQuery.ALL), "records.read");
            assertForbidden(() -> his.users().list(), "users.read");
            assertForbidden(() -> his.users().disable("ann@example.com"), "users.manage");
            assertForbidden(() -> his.tokens().list(), "tokens.manage");
            // The first checkpoint may be a second away.
            Awaitility.await().until(() -> his.ledger().checkpoint().size() > 0);
        }
    }

    private static void assertForbidden(Runnable call, String about) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(StrongroomException.Forbidden.class, e -> {
            assertThat(e.type()).contains(ProblemType.FORBIDDEN);
            assertThat(e.problem().detail()).contains(about);
        });
    }

    @Test
    void noTokenGetsWhereOnlyPeopleMay() {
        try (StrongroomClient client = appliance.client(admin)) {
            assertForbidden(() -> client.auth().session(), "people");
            assertForbidden(() -> client.users().disable("bob"), "people");
            assertForbidden(() -> client.auth().keys(), "people");
        }
    }

    @Test
    void aKeyIsEnrolledListedAndRevoked() {
        SigningKey key = SigningKey.generate(SigningAlgorithm.ED25519, new SecureRandom());
        try (StrongroomClient client = ann.client()) {
            String id = client.auth().enrol(key).id();
            assertThat(id).isEqualTo(key.verifyingKey().id().toString());
            assertThat(client.users().keys("ANN@example.com"))
                    .anyMatch(each -> each.id().equals(id) && each.revokedAt() == null);
            client.auth().revokeKey(id);
            assertThat(client.auth().keys()).anyMatch(each -> each.id().equals(id) && each.revokedAt() != null);
        }
    }

    @Test
    void whatPeopleDoIsRecorded() {
        assertThat(actions("system.access")).contains("Session.SignedIn by ann@example.com");
        assertThat(actions("system.admin"))
                .contains("User.Joined by ann@example.com", "User.Invited by ann@example.com", "User.Joined by bob");
    }

    /** They were durable before their answers began. */
    private static List<String> actions(String stream) {
        LedgerReader ledger = appliance.appliance().context().getBean(LedgerReader.class);
        List<String> actions = new ArrayList<>();
        ledger.read(0, ledger.size(), true, row -> {
            byte[] body = row.body();
            if (row.entry().stream().equals(stream) && body != null) {
                Json.Obj record = Json.parseObject(body);
                actions.add(
                        record.text("action") + " by " + record.object("actor").text("id"));
            }
            return true;
        });
        return actions;
    }

    @Test
    void sessionsOutliveARestart() {
        appliance.close();
        appliance = opened().administeredBy(admin);
        try (StrongroomClient client = bob.client()) {
            assertThat(client.auth().session().account().officer()).isEqualTo("bob");
            assertThat(client.auth().sessions()).isNotEmpty();
        }
    }

    @Test
    void hostileInputIsRefusedWithAProblem() {
        String[] anyone = {"/auth/sign-in", "/auth/refresh", "/auth/invitations/open", "/auth/invitations/accept"};
        String[] bodies = {
            "",
            "{",
            "[]",
            "null",
            "{}",
            "{\"officer\":1,\"password\":[],\"code\":{}}",
            "{\"officer\":\"\",\"password\":\"\",\"code\":\"\"}",
            "{\"officer\":\"ann\\u0000\",\"password\":\"\\ud800\",\"code\":\"1\"}",
            "{\"officer\":\"" + "a".repeat(70_000) + "\",\"password\":\"x\",\"code\":\"000000\"}",
            "{\"officer\":\"a' OR 1=1 --\",\"password\":\"x\",\"code\":\"000000\"}",
            "{\"officer\":\"ann@example.com\",\"password\":\"" + "x".repeat(100_000) + "\",\"code\":\"000000\"}",
            "{\"refreshToken\":\"srr_\"}",
            "{\"refreshToken\":\"" + "é".repeat(58) + "\"}",
            "{\"invitation\":\"sri_" + "a".repeat(54) + "\"}",
            "{\"invitation\":\"\",\"password\":\"\",\"code\":\"\"}",
            "{\"invitation\":\"x\",\"password\":\"y\",\"code\":\"z\",\"roles\":[\"Security.Admin\"]}",
        };
        for (String path : anyone) {
            for (String body : bodies) {
                assertRefused(appliance.post("/api/v1" + path, body), path + " " + body);
            }
        }
        String[] known = {"/auth/step-up", "/auth/keys", "/auth/password", "/users/invitations", "/users/bob/roles"};
        String[] more = {
            "{\"code\":\"\"}",
            "{\"code\":\"" + "0".repeat(50_000) + "\"}",
            "{\"publicKey\":\"\",\"signature\":\"\"}",
            "{\"publicKey\":\"AAAA\",\"signature\":\"AAAA\"}",
            "{\"publicKey\":\"" + "A".repeat(90_000) + "\",\"signature\":\"\"}",
            "{\"current\":\"x\",\"new\":\"" + "y".repeat(100_000) + "\"}",
            "{\"officer\":\"../x\",\"name\":\"x\",\"roles\":[\"Audit.Reader\"]}",
            "{\"officer\":\"strongroom\",\"name\":\"x\",\"roles\":[\"Audit.Reader\"]}",
            "{\"officer\":\"abcdefghijklmnop\",\"name\":\"x\",\"roles\":[\"Audit.Reader\"]}",
            "{\"officer\":\"x\",\"name\":\"\",\"roles\":[\"Audit.Reader\"]}",
            "{\"officer\":\"x\",\"name\":\"x\",\"roles\":[]}",
            "{\"officer\":\"x\",\"name\":\"x\",\"roles\":[\"Root\"]}",
            "{\"officer\":\"x\",\"name\":\"x\",\"roles\":[\"Audit.Reader\"],\"attributes\":{\"a b\":\"c\"}}",
            "{\"officer\":\"x\",\"name\":\"x\",\"roles\":[\"Audit.Reader\"],\"attributes\":{\"a\":\"\\n\"}}",
            "{\"roles\":[]}",
            "{\"roles\":\"Audit.Reader\"}",
        };
        for (String path : known) {
            for (String body : more) {
                assertRefused(
                        appliance.post(
                                "/api/v1" + path,
                                body,
                                "Authorization",
                                "Bearer " + ann.tokens().accessToken(),
                                "X-Tenant-Id",
                                ApplianceFixture.TENANT),
                        path + " " + body);
            }
        }
        for (String token :
                List.of("srs_", "srs_" + "a".repeat(54), ann.tokens().refreshToken(), "sri_x", "é")) {
            String header = token.equals("é") ? "Bearer %C3%A9" : "Bearer " + token;
            assertThat(appliance
                            .get(
                                    "/api/v1/auth/session",
                                    "Authorization",
                                    header,
                                    "X-Tenant-Id",
                                    ApplianceFixture.TENANT)
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    private static void assertRefused(HttpResponse<String> answer, String what) {
        String shown = what.substring(0, Math.min(100, what.length()));
        assertThat(answer.statusCode()).as(shown).isBetween(400, 429);
        Problem problem = Problem.fromJson(Json.parseObject(answer.body().getBytes(UTF_8)));
        assertThat(problem.type()).as(shown).isPresent();
        assertThat(problem.action()).as(shown).isNotBlank();
    }

    @Test
    void theSecondFactorIsAskedForAgainWhereItMatters() {
        // The next step's code, which no other test uses.
        try (StrongroomClient client = bob.client()) {
            assertThatThrownBy(() -> client.auth().stepUp("000000"))
                    .isInstanceOfSatisfying(StrongroomException.Forbidden.class, e -> assertThat(e.type())
                            .contains(ProblemType.SECOND_FACTOR_REFUSED));
            assertThat(client.auth().stepUp(code(bob.secret(), 1)).stepUpUntil())
                    .isNotNull();
        }
    }

    /** Each of them, whatever it is about and whatever roles somebody has: a recovery code is no second factor. */
    @Test
    void whatAsksForTheSecondFactorIsRefusedToWhoHasNotShownIt() {
        String token = recovered("fay", Role.values());
        List<String> answers = new ArrayList<>();
        appliance
                .appliance()
                .context()
                .getBean(Router.class)
                .uriRoutes()
                .filter(route -> route.getAnnotationMetadata()
                        .booleanValue(AllowPeople.class, "stepUp")
                        .orElse(false))
                .forEach(route -> {
                    String path = route.getUriMatchTemplate().toString().replaceAll("\\{[^}]*}", "x");
                    HttpResponse<String> answer = appliance.send(
                            HttpRequest.newBuilder()
                                    .method(route.getHttpMethodName(), HttpRequest.BodyPublishers.ofString("{}")),
                            path,
                            "Authorization",
                            "Bearer " + token,
                            "X-Tenant-Id",
                            ApplianceFixture.TENANT,
                            "Content-Type",
                            "application/json");
                    answers.add(path + " " + answer.statusCode() + " "
                            + answer.body().contains(ProblemType.STEP_UP_REQUIRED.code()));
                });
        assertThat(answers).hasSizeGreaterThan(20).allSatisfy(answer -> assertThat(answer)
                .endsWith(" 403 true"));
    }

    /** The access token of somebody new, whose session was begun with a recovery code. */
    private static String recovered(String officer, Role... roles) {
        try (StrongroomClient inviter = ann.client();
                StrongroomClient nobody = appliance.client("")) {
            String code = String.valueOf(inviter.users()
                    .invite(new InvitationRequest(officer, "The one called " + officer, Set.of(roles), Map.of()))
                    .code());
            String secret = nobody.auth().openInvitation(code).secret();
            List<String> codes = nobody.auth().accept(new Acceptance(code, PASSWORD, code(secret, 0)));
            return nobody.auth()
                    .signIn(new SignInRequest(officer, PASSWORD, codes.getFirst()))
                    .accessToken();
        }
    }

    @Test
    void aSessionIsRenewedAndEnded() {
        try (StrongroomClient nobody = appliance.client("")) {
            Person eve;
            try (StrongroomClient client = ann.client()) {
                eve = joined(client, "eve", Role.AUDIT_READER);
            }
            SessionTokens next = nobody.auth().refresh(eve.tokens().refreshToken());
            try (StrongroomClient client = appliance.client(next.accessToken())) {
                client.auth().signOut();
                assertThatThrownBy(() -> client.auth().session())
                        .isInstanceOf(StrongroomException.Unauthenticated.class);
            }
        }
    }
}
