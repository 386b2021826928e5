package io.strongroom.server.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.minio.EnableObjectLegalHoldArgs;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.RemoveObjectArgs;
import io.minio.SetObjectRetentionArgs;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.errors.MinioException;
import io.minio.messages.Retention;
import io.minio.messages.RetentionMode;
import io.strongroom.server.objects.ObjectStore.Protection;
import java.io.IOException;
import java.time.Clock;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Object lock, on a server that keeps it: Ceph's gateway, which {@code src/test/s3/ceph-rgw.sh} starts. Runs in the
 * profile {@code ceph}; the contract runs there too.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3ObjectLockTest implements ObjectStoreContract {
    private static final String ENDPOINT = System.getProperty("strongroom.ceph", "");
    private static final String KEY = "strongroom";
    private static final String SECRET = "strongroom-secret";

    private final AtomicInteger names = new AtomicInteger();
    private final String bucket = "lock-" + UUID.randomUUID();
    private final MinioClient admin;
    private final S3ObjectStore store;

    S3ObjectLockTest() throws MinioException {
        assumeTrue(
                !ENDPOINT.isEmpty(),
                "object lock was not tested: start ceph-rgw.sh and run the profile ceph, see there");
        this.admin = MinioClient.builder()
                .endpoint(ENDPOINT)
                .region("us-east-1")
                .credentials(KEY, SECRET)
                .build();
        admin.makeBucket(
                MakeBucketArgs.builder().bucket(bucket).objectLock(true).build());
        this.store = open(bucket);
    }

    private static S3ObjectStore open(String bucket) {
        return new S3ObjectStore(
                S3Settings.of("s3:" + ENDPOINT + "/" + bucket, "us-east-1", KEY, SECRET, Optional.of(Period.ofDays(1))),
                Clock.systemUTC(),
                new Random(1));
    }

    @AfterAll
    void close() throws IOException {
        store.close();
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
    void aBucketWithoutObjectLockIsRefusedAtStart() throws Exception {
        String plain = "plain-" + UUID.randomUUID();
        admin.makeBucket(MakeBucketArgs.builder().bucket(plain).build());

        store.check();
        try (S3ObjectStore other = open(plain)) {
            assertThatThrownBy(other::check).isInstanceOf(IOException.class).hasMessageContaining("no object lock");
        }
    }

    @Test
    void aLockedObjectIsUnderComplianceAndCannotBeDeletedByItsOwner() throws Exception {
        String name = fresh("log/tile/0/000");
        store.put(name, "hashes".getBytes(UTF_8), Protection.LOCKED);
        StatObjectResponse found = stat(name);

        assertThat(found.lockMode()).isEqualTo(RetentionMode.COMPLIANCE);
        assertThat(found.lockRetainUntilDate()).isAfter(ZonedDateTime.now().plusHours(23));
        assertThatThrownBy(() -> store.delete(name))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("locked");
        // Nor past us, by whoever holds the bucket's keys; nor is the time shortened.
        assertThatThrownBy(() -> admin.removeObject(RemoveObjectArgs.builder()
                        .bucket(bucket)
                        .object(name)
                        .versionId(found.versionId())
                        .bypassGovernanceMode(true)
                        .build()))
                .isInstanceOf(MinioException.class);
        assertThatThrownBy(() -> admin.setObjectRetention(SetObjectRetentionArgs.builder()
                        .bucket(bucket)
                        .object(name)
                        .config(new Retention(
                                RetentionMode.COMPLIANCE, ZonedDateTime.now().plusMinutes(1)))
                        .bypassGovernanceMode(true)
                        .build()))
                .isInstanceOf(MinioException.class);
        assertThat(store.length(name)).contains(6L);
    }

    @Test
    void aLargeLockedObjectIsLockedToo() throws Exception {
        String name = fresh("seal/large");
        store.put(name, new byte[S3ObjectStore.PART + 1], Protection.LOCKED);

        assertThat(stat(name).lockMode()).isEqualTo(RetentionMode.COMPLIANCE);
    }

    @Test
    void anObjectUnderLegalHoldIsNotDeleted() throws Exception {
        String name = fresh("spool/held");
        store.put(name, new byte[1], Protection.NONE);
        admin.enableObjectLegalHold(
                EnableObjectLegalHoldArgs.builder().bucket(bucket).object(name).build());

        assertThatThrownBy(() -> store.delete(name))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("legal hold");
        assertThat(store.length(name)).contains(1L);
    }

    @Test
    void whatIsNotLockedIsDeletedWithAllItsVersions() throws Exception {
        String name = fresh("spool/personal");
        store.put(name, new byte[1], Protection.NONE);
        assertThat(stat(name).lockMode()).isNull();

        store.delete(name);

        assertThat(admin.listObjects(ListObjectsArgs.builder()
                        .bucket(bucket)
                        .prefix(name)
                        .includeVersions(true)
                        .build()))
                .isEmpty();
    }

    private StatObjectResponse stat(String name) throws MinioException {
        return admin.statObject(
                StatObjectArgs.builder().bucket(bucket).object(name).build());
    }
}
