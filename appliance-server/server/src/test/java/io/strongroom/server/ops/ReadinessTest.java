package io.strongroom.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
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

    private interface Probe {
        @Nullable
        String fault() throws IOException, InterruptedException;
    }

    private static HealthCheck part(String name, Probe probe) {
        return new HealthCheck() {
            @Override
            public String part() {
                return name;
            }

            @Override
            public @Nullable String fault() throws IOException, InterruptedException {
                return probe.fault();
            }
        };
    }

    @Test
    void allPartsWellMeansReady() throws InterruptedException {
        assertThat(new Readiness(List.of(part("a", () -> null)), threads).faults())
                .isEmpty();
    }

    @Test
    void onePartThatIsNotWellIsNamedAndNothingOfItsMessage() throws InterruptedException {
        Readiness readiness = new Readiness(
                List.of(
                        part("database", () -> {
                            throw new IllegalStateException("password authentication failed for strongroom_app");
                        }),
                        part("objectStore", () -> {
                            throw new IOException("https://minio.internal:9000 refused");
                        }),
                        part("ledger", () -> "clock-jump"),
                        part("readModels", () -> null)),
                threads);
        assertThat(readiness.faults())
                .isEqualTo(Map.of("database", "no-answer", "objectStore", "no-answer", "ledger", "clock-jump"));
    }

    @Test
    void aPartThatNeverAnswersCostsItsPatienceOnceAndIsNamed() throws InterruptedException {
        Readiness readiness = new Readiness(
                List.of(
                        part("objectStore", () -> {
                            end.await();
                            return null;
                        }),
                        part("ledger", () -> null)),
                threads);
        assertThat(readiness.faults()).isEqualTo(Map.of("objectStore", "no-answer"));
    }

    @Test
    void manyQuestionsAtOnceAskThePartsOnce() throws InterruptedException {
        AtomicInteger asked = new AtomicInteger();
        Readiness readiness = new Readiness(
                List.of(part("database", () -> {
                    asked.incrementAndGet();
                    return null;
                })),
                threads);
        long began = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            assertThat(readiness.faults()).isEmpty();
        }
        // Once a second, however long the machine took for them.
        assertThat(asked.get()).isLessThanOrEqualTo(2 + (int) ((System.nanoTime() - began) / 1_000_000_000L));
    }
}
