package io.strongroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.inject.qualifiers.Qualifiers;
import io.micronaut.scheduling.TaskExecutors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpSettingsTest {
    private static final int MANY = 500;

    @TempDir
    Path folder;

    /** A request that waits for a commit must not keep others from joining its group. */
    @Test
    void asManyRequestsAsComeWaitAtTheSameTime() throws Exception {
        try (ApplianceFixture appliance = ApplianceFixture.start(folder.resolve("data"))) {
            ExecutorService requests = appliance
                    .appliance()
                    .context()
                    .getBean(ExecutorService.class, Qualifiers.byName(TaskExecutors.BLOCKING));
            CountDownLatch all = new CountDownLatch(MANY);
            List<Future<Boolean>> waiting = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                waiting.add(requests.submit(() -> {
                    all.countDown();
                    return all.await(1, TimeUnit.MINUTES)
                            && Thread.currentThread().isVirtual();
                }));
            }
            for (Future<Boolean> each : waiting) {
                assertThat(each.get()).isTrue();
            }
        }
    }
}
