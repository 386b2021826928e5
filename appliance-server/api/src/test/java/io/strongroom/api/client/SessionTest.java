package io.strongroom.api.client;

import static io.strongroom.api.client.FakeAppliance.json;
import static io.strongroom.api.client.FakeAppliance.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.api.ProblemType;
import io.strongroom.api.SignInRequest;
import io.strongroom.evidence.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SessionTest {
    private static final SignInRequest ANN = new SignInRequest("ann@example.com", "pw", "123456");
    private static final String STEPPED_UP = """
            {"id":"s1","account":{"officer":"ann@example.com","name":"Ann","roles":[],"attributes":{},"active":true},
             "address":"127.0.0.1","madeAt":"2026-11-21T08:00:00Z","endsAt":"2026-11-21T20:00:00Z"}""";
    private static final FakeAppliance.Reply WELL = json(200, "{\"items\":[]}");

    // Half an hour wrong: only how much time passes counts.
    private final AtomicReference<Instant> clock = new AtomicReference<>(Instant.parse("2026-11-21T12:30:00Z"));
    private FakeAppliance appliance;

    @BeforeEach
    void start() throws Exception {
        appliance = new FakeAppliance();
    }

    @AfterEach
    void stop() {
        appliance.close();
    }

    private static FakeAppliance.Reply tokens(int number) {
        return json(201, """
                {"accessToken":"access-%d","refreshToken":"refresh-%d","accessExpiresAt":"2026-11-21T12:10:00Z",
                 "accessSeconds":600,"endsAt":"2026-11-22T00:00:00Z"}""".formatted(number, number));
    }

    private Session signIn() {
        return StrongroomClient.at(appliance.address())
                .trust(ApplianceTrust.pinned(appliance.fingerprint()))
                .tenant("acme")
                .purpose(() -> "case 7")
                .retry(RetryPolicy.NONE)
                .clock(clock::get)
                .signIn(ANN);
    }

    private Session signIn(SecondFactor factor) {
        return StrongroomClient.at(appliance.address())
                .trust(ApplianceTrust.pinned(appliance.fingerprint()))
                .retry(RetryPolicy.NONE)
                .clock(clock::get)
                .secondFactor(factor)
                .signIn(ANN);
    }

    private static FakeAppliance.Reply stepUpRequired() {
        return problem(ProblemType.STEP_UP_REQUIRED);
    }

    /** Of a job that changes two things the first is not changed twice. */
    @Test
    void theSecondFactorIsShownForTheRequestThatNeedsItAndNoOtherIsRepeated() {
        appliance.answers(
                tokens(1),
                WELL,
                stepUpRequired(),
                problem(ProblemType.SECOND_FACTOR_REFUSED),
                json(200, STEPPED_UP),
                WELL);
        List<Boolean> asked = new ArrayList<>();

        try (Session session = signIn(wrong -> {
            asked.add(wrong);
            return wrong ? "654321" : "000000";
        })) {
            session.client().auth().end("ben");
            session.client().auth().end("cas");
        }

        assertThat(appliance.requests().stream().skip(1))
                .extracting(FakeAppliance.Request::path)
                .containsExactly(
                        "/api/v1/auth/sessions/ben",
                        "/api/v1/auth/sessions/cas",
                        "/api/v1/auth/step-up",
                        "/api/v1/auth/step-up",
                        "/api/v1/auth/sessions/cas");
        assertThat(asked).containsExactly(false, true);
    }

    @Test
    void whoWouldRatherNotShowItHasDoneNothing() {
        appliance.answers(tokens(1), stepUpRequired());

        try (Session session = signIn(wrong -> {
            throw new IllegalStateException("rather not");
        })) {
            assertThatThrownBy(() -> session.client().auth().end("ben")).hasMessage("rather not");
        }

        assertThat(appliance.requests()).hasSize(2);
    }

    @Test
    void aRequestThatIsRefusedAgainAfterItIsNotSentAThirdTime() {
        appliance.answers(tokens(1), stepUpRequired(), json(200, STEPPED_UP), stepUpRequired());

        try (Session session = signIn(wrong -> "123456")) {
            assertThatThrownBy(() -> session.client().auth().end("ben"))
                    .isInstanceOf(StrongroomException.Forbidden.class);
        }

        assertThat(appliance.requests()).hasSize(4);
    }

    private void pass(Duration time) {
        clock.updateAndGet(now -> now.plus(time));
    }

    private List<String> calls() {
        return appliance.requests().stream()
                .map(request -> request.path() + " " + request.authorization())
                .toList();
    }

    @Test
    void callsWithTheSameTokenUntilItIsAboutToEndAndThenWithTheNext() {
        appliance.answers(tokens(1), WELL, WELL, tokens(2), WELL, WELL);

        try (Session session = signIn()) {
            session.client().users().list();
            pass(Duration.ofMinutes(8));
            session.client().users().list();
            pass(Duration.ofMinutes(1));
            session.client().users().list();
            pass(Duration.ofMinutes(8));
            session.client().users().list();
            assertThat(session.endsAt()).isEqualTo("2026-11-22T00:00:00Z");
        }

        assertThat(calls())
                .containsExactly(
                        "/api/v1/auth/sign-in null",
                        "/api/v1/users Bearer access-1",
                        "/api/v1/users Bearer access-1",
                        "/api/v1/auth/refresh null",
                        "/api/v1/users Bearer access-2",
                        "/api/v1/users Bearer access-2");
        assertThat(appliance.requests().get(3).body()).contains("refresh-1");
    }

    @Test
    void manyThatNeedTheNextTokenAtOnceShowTheRefreshTokenOnce() throws Exception {
        appliance.answers(tokens(1), tokens(2), WELL);

        try (Session session = signIn();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            pass(Duration.ofMinutes(10));
            List<Future<?>> calls = IntStream.range(0, 20)
                    .<Future<?>>mapToObj(
                            i -> threads.submit(() -> session.client().users().list()))
                    .toList();
            for (Future<?> call : calls) {
                call.get();
            }
        }

        assertThat(calls()).filteredOn(call -> call.contains("refresh")).hasSize(1);
        assertThat(calls())
                .filteredOn(call -> call.contains("users"))
                .hasSize(20)
                .allMatch(call -> call.endsWith("access-2"));
    }

    @Test
    void aRefreshTokenWhoseAnswerWasLostIsShownAgain() {
        appliance.answers(tokens(1), (exchange, request) -> exchange.close(), tokens(3), WELL);

        try (Session session = signIn()) {
            pass(Duration.ofMinutes(9));
            assertThatThrownBy(() -> session.client().users().list())
                    .isInstanceOf(StrongroomException.Unreachable.class);
            assertThat(session.client().users().list()).isEmpty();
        }

        assertThat(appliance.requests().stream()
                        .filter(request -> request.path().endsWith("/refresh")))
                .hasSizeGreaterThan(1)
                .allMatch(request -> request.body().contains("refresh-1"));
        assertThat(calls()).last().isEqualTo("/api/v1/users Bearer access-3");
    }

    @Test
    void aSessionThatHasEndedIsNotAskedForAgain() {
        appliance.answers(tokens(1), problem(ProblemType.INVALID_TOKEN), WELL);

        try (Session session = signIn()) {
            pass(Duration.ofHours(13));
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> session.client().users().list())
                        .isInstanceOf(StrongroomException.Unauthenticated.class);
            }
        }

        assertThat(calls()).hasSize(2);
    }

    @Test
    void aRequestThatCameWithATokenReplacedMeanwhileIsSentAgainWithTheNewOne() {
        appliance.answers(
                tokens(1),
                (exchange, request) -> {
                    pass(Duration.ofMinutes(10));
                    problem(ProblemType.INVALID_TOKEN).write(exchange, request);
                },
                tokens(2),
                WELL);

        try (Session session = signIn()) {
            assertThat(session.client().users().list()).isEmpty();
        }

        assertThat(calls()).last().isEqualTo("/api/v1/users Bearer access-2");
    }

    @Test
    void whoIsNotLetInHasNoSession() {
        appliance.answers(problem(ProblemType.SIGN_IN_REFUSED));

        assertThatThrownBy(this::signIn).isInstanceOf(StrongroomException.Unauthenticated.class);
    }

    @Test
    void anotherFingerprintIsToldFromNoAnswer() {
        StrongroomClient.Builder wrong =
                StrongroomClient.at(appliance.address()).trust(ApplianceTrust.pinned(Digest.of(new byte[] {1})));

        try (StrongroomClient client = wrong.build()) {
            assertThatThrownBy(client::about)
                    .isInstanceOf(StrongroomException.AnotherAppliance.class)
                    .hasMessageContaining("fingerprint");
        }
        assertThat(appliance.requests()).isEmpty();
    }
}
