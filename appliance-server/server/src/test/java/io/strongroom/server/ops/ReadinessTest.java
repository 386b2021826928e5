package io.strongroom.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void stop() {
        end.countDown();
        threads.close();
    }

    @Test
    void allPartsWellMeansReady() throws InterruptedException {
        assertThat(new Readiness(List.of(new HealthCheck("a", () -> null)), threads).faults())
                .isEmpty();
    }

    @Test
    void onePartThatIsNotWellIsNamedAndNothingOfItsMessage() throws InterruptedException {
        Readiness readiness = new Readiness(
                List.of(
                        new HealthCheck("database", () -> {
                            throw new IllegalStateException("password authentication failed for strongroom_app");
                        }),
                        new HealthCheck("objectStore", () -> {
                            throw new IOException("https://minio.internal:9000 refused");
                        }),
                        new HealthCheck("ledger", () -> "clock-jump"),
                        new HealthCheck("readModels", () -> null)),
                threads);
        assertThat(readiness.faults())
                .isEqualTo(Map.of("database", "no-answer", "objectStore", "no-answer", "ledger", "clock-jump"));
    }

    @Test
    void aPartThatNeverAnswersCostsItsPatienceOnceAndIsNamed() throws InterruptedException {
        Readiness readiness = new Readiness(
                List.of(
                        new HealthCheck("objectStore", () -> {
                            end.await();
                            return null;
                        }),
                        new HealthCheck("ledger", () -> null)),
                threads);
        assertThat(readiness.faults()).isEqualTo(Map.of("objectStore", "no-answer"));
    }

    @Test
    void manyQuestionsWithinASecondAskThePartsOnce() throws InterruptedException {
        AtomicInteger asked = new AtomicInteger();
        AtomicLong nanos = new AtomicLong(-5);
        Readiness readiness = new Readiness(
                List.of(new HealthCheck("database", () -> {
                    asked.incrementAndGet();
                    return null;
                })),
                threads,
                nanos::get);
        for (int i = 0; i < 1_000; i++) {
            assertThat(readiness.faults()).isEmpty();
            nanos.addAndGet(1_000_000);
        }
        assertThat(asked).hasValue(1);
        assertThat(readiness.faults()).isEmpty();
        assertThat(asked).hasValue(2);
    }
}
