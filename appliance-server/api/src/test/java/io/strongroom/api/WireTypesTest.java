package io.strongroom.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class WireTypesTest {
    private static Json.Obj again(Json.Obj json) {
        return Json.parseObject(json.bytes());
    }

    @ParameterizedTest
    @EnumSource
    void everyProblemTypeSaysWhatHappenedAndWhatToDo(ProblemType type) {
        assertThat(type.code()).matches("[a-z]+(-[a-z]+)*");
        assertThat(type.title()).isNotBlank().doesNotEndWith(".");
        assertThat(type.action()).isNotBlank().endsWith(".");
        assertThat(type.status()).isBetween(202, 599);
        assertThat(ProblemType.ofCode(type.code())).contains(type);
    }

    @Test
    void whatIsWrongInsideIsToldWithItsWholePointer() {
        Json.Obj request = Json.parseObject(
                "{\"purpose\":\"p\",\"selection\":{\"labels\":{\"a/b\":1}}}".getBytes(StandardCharsets.UTF_8));
        Json.Obj page = Json.parseObject("{\"points\":[{\"at\":\"a\"},{\"at\":1}]}".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> ExportRequest.fromJson(request))
                .isInstanceOfSatisfying(JsonShapeException.class, wrong -> assertThat(wrong.pointer())
                        .isEqualTo("/selection/labels/a~1b"));
        assertThatThrownBy(() -> page.objects("points", point -> point.text("at")))
                .isInstanceOfSatisfying(JsonShapeException.class, wrong -> assertThat(wrong.pointer())
                        .isEqualTo("/points/1/at"));
    }

    @Test
    void noTwoProblemTypesShareACode() {
        assertThat(Arrays.stream(ProblemType.values()).map(ProblemType::code)).doesNotHaveDuplicates();
    }

    @Test
    void aProblemComesBackAsItWent() {
        Problem problem = Problem.of(ProblemType.SCHEMA, "two places are wrong")
                .withErrors(List.of(new FieldError("/actor/id", "is missing")))
                .withRequestId("r-1")
                .with("evidenceRef", "q-9");

        assertThat(Problem.fromJson(again(problem.toJson()))).hasToString(problem.toString());
        assertThat(problem.toJson().text("type")).isEqualTo("/problems/schema");
    }

    @Test
    void aProblemOfANewerServerIsStillUnderstood() {
        Problem problem = Problem.fromJson(
                Json.parseObject("{\"code\":\"from-the-future\",\"status\":418}".getBytes(StandardCharsets.UTF_8)));

        assertThat(problem.type()).isEmpty();
        assertThat(problem.status()).isEqualTo(418);
    }

    @Test
    void lineResultsComeBackAsTheyWent() {
        LineResult good = LineResult.acknowledged(3, new Appended("01J", 9, "sha256:0", true));
        LineResult bad = LineResult.retry(4, Problem.of(ProblemType.OVERLOADED, ""), 5);

        assertThat(LineResult.fromJson(again(good.toJson()))).isEqualTo(good);
        assertThat(LineResult.fromJson(again(bad.toJson())).retryAfterSeconds()).isEqualTo(5);
    }

    @Test
    void selectionsComeBackAsTheyWent() {
        Selection selection = Selection.where().fromSeq(1L).toSeq(5L).stream("audit.x")
                .source("shop")
                .actor("u")
                .action("a")
                .resource("r")
                .outcome(Outcome.FAILURE)
                .labels(Map.of("env", "prod"))
                .text("words")
                .build();

        assertThat(Selection.fromJson(again(selection.toJson()))).isEqualTo(selection);
        assertThat(Selection.ALL.toJson().members()).isEmpty();
        Selection without = selection
                .without(Exclusions.NONE
                        .and("actor", "cron")
                        .and("actor", "backup")
                        .andLabel("env", "test"))
                .withRecords(List.of("01ARZ3NDEKTSV4RRFFQ69G5FAV"));
        assertThat(Selection.fromJson(again(without.toJson()))).isEqualTo(without);
        assertThat(without.toJson().object("not"))
                .hasToString("{\"actor\":[\"backup\",\"cron\"],\"labels\":{\"env\":[\"test\"]}}");
    }

    @Test
    void anExclusionIsByWhatCanBeAskedFor() {
        assertThatThrownBy(() -> Exclusions.NONE.and("text", "x")).hasMessageContaining("only by stream, source");
        assertThatThrownBy(() -> Exclusions.NONE.and("outcome", "fine")).hasMessageContaining("success, failure");
        assertThatThrownBy(() -> Exclusions.NONE.and("actor", "")).hasMessageContaining("actor");
        assertThatThrownBy(() -> Selection.ofRecords(IntStream.rangeClosed(0, Selection.MOST_RECORDS)
                        .mapToObj(Integer::toString)
                        .toList()))
                .hasMessageContaining("at most 1000");
    }

    @Test
    void aTokenRequestWithAnUnknownScopeIsRefused() {
        assertThatThrownBy(() -> TokenRequest.fromJson(
                        Json.parseObject("{\"name\":\"x\",\"scopes\":[\"root\"]}".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(JsonShapeException.class)
                .hasMessageContaining("scopes");
    }

    @Test
    void secretsAreNotInWhatIsPrinted() {
        assertThat(new SetupRequest("c0de", "alice").toString()).doesNotContain("c0de");
        assertThat(new SetupAnswer("srm_x", "alice", "r").toString()).doesNotContain("srm_x");
        assertThat(new ServiceToken("1", "srm_x", "n", Set.of(Scope.READ), List.of(), "2026", "ann").toString())
                .doesNotContain("srm_x");
    }

    @Test
    void secretsOfPeopleAreNotInWhatIsPrinted() {
        assertThat(new SignInRequest("ann", "s3cret", "123456").toString()).doesNotContain("s3cret", "123456");
        assertThat(new SessionTokens("srs_x", "srr_x", "2026", 600, "2026").toString())
                .doesNotContain("srs_", "srr_");
        assertThat(new Invitation("1", "sri_x", "ann", "Ann", Set.of(), "2026").toString())
                .doesNotContain("sri_x");
        assertThat(new NewAuthenticator("ann", "Ann", "ABC", "otpauth:").toString())
                .doesNotContain("ABC", "otpauth");
        assertThat(new Acceptance("sri_x", "s3cret", "123456").toString()).doesNotContain("sri_x", "s3cret", "123456");
    }

    @Test
    void peopleComeBackAsTheyWent() {
        Account account = new Account(
                "ann@example.com", "Ann", Set.of(Role.SRE_ADMIN, Role.AUDIT_READER), Map.of("team", "fraud"), true);
        assertThat(Account.fromJson(again(account.toJson()))).isEqualTo(account);
        SessionInfo session = new SessionInfo("s", account, "192.0.2.1", "2026", "2027", null);
        assertThat(SessionInfo.fromJson(again(session.toJson()))).isEqualTo(session);
        InvitationRequest request = new InvitationRequest("bob", "Bob", Set.of(Role.AUDIT_ADMIN), Map.of());
        assertThat(InvitationRequest.fromJson(again(request.toJson()))).isEqualTo(request);
        KeyInfo key = new KeyInfo("sha256:0", "ann", "AAAA", "2026", "2027");
        assertThat(KeyInfo.fromJson(again(key.toJson()))).isEqualTo(key);
    }

    @Test
    void aRoleThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> Role.of(Json.parseObject("{\"roles\":[\"Root\"]}".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(JsonShapeException.class)
                .hasMessageContaining("Security.Admin");
    }

    @Test
    void aKeysSignatureCountsForOneOriginOfficerChallengeAndKey() {
        SigningKey key = SigningKey.generate(SigningAlgorithm.ED25519, new SecureRandom());
        SigningKey other = SigningKey.generate(SigningAlgorithm.ED25519, new SecureRandom());
        KeyPossession possession = new KeyPossession("o/t/1", "ann", "c");
        byte[] signature = possession.sign(key);
        assertThat(possession.verify(key.verifyingKey(), signature)).isTrue();
        assertThat(possession.verify(other.verifyingKey(), signature)).isFalse();
        for (KeyPossession changed : List.of(
                new KeyPossession("o/t/2", "ann", "c"),
                new KeyPossession("o/t/1", "bob", "c"),
                new KeyPossession("o/t/1", "ann", "d"))) {
            assertThat(changed.verify(key.verifyingKey(), signature)).isFalse();
        }
    }

    @Test
    void aRecordHasTheFormOfItsStandard() {
        AuditRecord record = AuditRecord.of("order-service", "Appointment.Booked", Instant.ofEpochMilli(4)).stream(
                        "audit.security")
                .sequence(4711)
                .outcome(Outcome.SUCCESS)
                .actor("User", "00u1abc23")
                .resource("Appointment", "apt_123")
                .attribute("carrier", "DHL")
                .label("env", "prod")
                .idempotencyKey("k-1")
                .build();

        assertThat(record.toJson())
                .hasToString("{\"stream\":\"audit.security\",\"source\":{\"id\":\"order-service\",\"sequence\":4711},"
                        + "\"occurredAt\":\"1970-01-01T00:00:00.004Z\",\"action\":\"Appointment.Booked\","
                        + "\"outcome\":\"success\",\"actor\":{\"type\":\"User\",\"id\":\"00u1abc23\"},"
                        + "\"resource\":{\"type\":\"Appointment\",\"id\":\"apt_123\"},"
                        + "\"attributes\":{\"carrier\":\"DHL\"},\"labels\":{\"env\":\"prod\"}}");
        assertThat(record.toBatchLine().text("idempotencyKey")).isEqualTo("k-1");
    }

    @Test
    void aRecordWithoutActorIsNotBuilt() {
        assertThatThrownBy(() -> AuditRecord.of("s", "a", Instant.EPOCH).build())
                .isInstanceOf(IllegalStateException.class);
    }
}
