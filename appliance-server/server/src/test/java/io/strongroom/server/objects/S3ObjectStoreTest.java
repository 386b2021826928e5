package io.strongroom.server.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.server.objects.ObjectStore.Protection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The contract over the wire, in the protocol alone; object lock is proven by {@code S3ObjectLockTest}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3ObjectStoreTest implements ObjectStoreContract {
    private final AtomicInteger names = new AtomicInteger();
    private final S3MockServer server;
    private final S3ObjectStore store;

    S3ObjectStoreTest(@TempDir Path folder) throws IOException {
        this.server = S3MockServer.start(folder, "strongroom");
        this.store = open("s3:" + server.endpoint() + "/strongroom/some/prefix");
    }

    private static S3ObjectStore open(String location) {
        return new S3ObjectStore(
                S3Settings.of(location, "us-east-1", "key", "secret", Optional.empty()),
                Clock.systemUTC(),
                new Random(1),
                new RetryPolicy(2, 1, 1));
    }

    @AfterAll
    void stop() throws IOException {
        try (server) {
            store.close();
        }
    }

    @Override
    public ObjectStore store() {
        return store;
    }

    @Override
    public String fresh(String name) {
        return "t" + names.incrementAndGet() + "/" + name;
    }

    @Test
    void acceptsABucketThatIsThereAndNamesOneThatIsNot() throws IOException {
        store.check();

        try (S3ObjectStore other = open("s3:" + server.endpoint() + "/elsewhere")) {
            assertThatThrownBy(other::check)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("there is no bucket elsewhere");
        }
    }

    @Test
    void objectsUnderOtherPrefixesAreOthers() throws IOException {
        String name = fresh("a");
        store.put(name, new byte[1], Protection.NONE);

        try (S3ObjectStore other = open("s3:" + server.endpoint() + "/strongroom")) {
            assertThat(other.length(name)).isEmpty();
            assertThat(other.length("some/prefix/" + name)).contains(1L);
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsSoonAskedNoMore() throws IOException {
        String nobody = "s3:http://127.0.0.1:1/strongroom";
        try (S3ObjectStore dead = open(nobody)) {
            for (int i = 0; i < 4; i++) {
                assertThatThrownBy(() -> dead.length("a"))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("127.0.0.1:1");
            }
            assertThatThrownBy(() -> dead.length("a"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("was not tried");
        }
    }
}
