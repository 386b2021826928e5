package io.strongroom.server.objects;

import static java.util.Objects.requireNonNull;

import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectLockConfigurationArgs;
import io.minio.Http;
import io.minio.MinioAsyncClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.SetObjectRetentionArgs;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.messages.Retention;
import io.minio.messages.RetentionMode;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.server.objects.S3Calls.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import okhttp3.OkHttpClient;

/**
 * Objects in a bucket of a server that speaks plain S3.
 *
 * <p>A put first looks whether the name is taken, then writes under {@code If-None-Match: *}, so that of two that race
 * only one wins; an object longer than {@value #PART} bytes goes up in parts. Not every server knows that condition, or
 * keeps it exactly: so one put of a name runs at a time in this process, the only one that writes.
 *
 * <p>{@link Protection#LOCKED} objects are under COMPLIANCE retention where the settings say for how long: then not even
 * the bucket's owner deletes or changes them before its end.
 */
public final class S3ObjectStore implements ObjectStore, AutoCloseable {
    /** Bytes of a part; anything longer is uploaded in several. */
    static final int PART = 8 * 1024 * 1024;

    private static final int STRIPES = 64;
    private static final String CONTENT_TYPE = "application/octet-stream";
    /** Versions that one delete removes at most; put-once leaves one. */
    private static final int MAX_VERSIONS = 100;

    private final S3Settings settings;
    private final MinioAsyncClient client;
    private final Clock clock;
    private final S3Calls calls;
    private final S3PartsUpload parts;
    private final S3Condition condition = new S3Condition();
    /** By hash of the name: one put of a name at a time, whatever the server makes of two. */
    private final ReentrantLock[] puts = new ReentrantLock[STRIPES];

    public S3ObjectStore(S3Settings settings, Clock clock, RandomGenerator random) {
        this(settings, clock, random, RetryPolicy.DEFAULT);
    }

    S3ObjectStore(S3Settings settings, Clock clock, RandomGenerator random, RetryPolicy retry) {
        this.settings = requireNonNull(settings, "settings is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.calls = new S3Calls(settings, retry, requireNonNull(random, "random is null"), clock);
        for (int i = 0; i < STRIPES; i++) {
            puts[i] = new ReentrantLock();
        }
        OkHttpClient http = new OkHttpClient.Builder()
                .connectTimeout(5, TimeUnit.SECONDS)
                .readTimeout(30, TimeUnit.SECONDS)
                .writeTimeout(30, TimeUnit.SECONDS)
                .build();
        this.client = MinioAsyncClient.builder()
                .endpoint(settings.endpoint().toString())
                .region(settings.region())
                .credentials(settings.accessKey(), settings.secretKey())
                .httpClient(http, true)
                .build();
        this.parts = new S3PartsUpload(client, calls, settings.bucket(), PART);
    }

    /**
     * Finds out at start whether the bucket is there and locks as the settings say.
     *
     * @throws IOException that says what is missing
     */
    public void check() throws IOException {
        boolean exists = calls.repeatable(
                "the bucket " + settings.bucket(),
                () -> client.bucketExists(
                        BucketExistsArgs.builder().bucket(settings.bucket()).build()));
        if (!exists) {
            throw new IOException("there is no bucket " + settings.bucket() + " at " + settings.endpoint() + "; make it"
                    + (settings.lock().isPresent() ? ", with object lock enabled" : ""));
        }
        if (settings.lock().isPresent()) {
            try {
                calls.repeatable(
                        "the object lock of " + settings.bucket(),
                        () -> client.getObjectLockConfiguration(GetObjectLockConfigurationArgs.builder()
                                .bucket(settings.bucket())
                                .build()));
            } catch (IOException e) {
                throw new IOException(
                        "the bucket " + settings.bucket() + " has no object lock, though the location asks for one ("
                                + e.getMessage() + "); use a bucket that was made with it, or turn objects.lock off",
                        e);
            }
        }
    }

    @Override
    public void put(String name, byte[] content, Protection protection) throws IOException {
        put(name, new ByteArrayInputStream(content), content.length, protection);
    }

    @Override
    public void put(String name, InputStream content, long length, Protection protection) throws IOException {
        String key = key(name);
        ReentrantLock put = puts[Math.floorMod(key.hashCode(), STRIPES)];
        put.lock();
        try {
            InputStream exact = new ExactStream(name, content, length);
            if (length <= PART) {
                putWhole(name, key, length == 0 ? empty(name, content) : exact.readAllBytes(), protection);
            } else {
                putParts(name, key, exact, length, protection);
            }
        } finally {
            put.unlock();
        }
    }

    private void putWhole(String name, String key, byte[] content, Protection protection) throws IOException {
        // Safe to repeat, answer known or not: the same bytes under the same name change nothing.
        if (stat(name, key).isPresent() || !attempt(name, key, content, protection)) {
            confirm(name, new ByteArrayInputStream(content), content.length);
        }
    }

    private static byte[] empty(String name, InputStream content) throws IOException {
        if (content.read() >= 0) {
            throw new IOException("the content of " + name + " is longer than the 0 bytes announced");
        }
        return new byte[0];
    }

    /** @return false if the server says that the name is taken */
    private boolean attempt(String name, String key, byte[] content, Protection protection) throws IOException {
        PutObjectArgs.Builder args = PutObjectArgs.builder()
                .bucket(settings.bucket())
                .object(key)
                .contentType(CONTENT_TYPE)
                .data(content, content.length);
        retention(protection).ifPresent(args::retention);
        return calls.repeatable(
                name,
                () -> client.putObject(args.extraHeaders(condition.headers()).build())
                        .thenApply(done -> true),
                condition);
    }

    private void putParts(String name, String key, InputStream content, long length, Protection protection)
            throws IOException {
        if (stat(name, key).isPresent()) {
            confirm(name, content, length);
            return;
        }
        Http.Headers headers = new Http.Headers("Content-Type", CONTENT_TYPE);
        Optional<Retention> retention = retention(protection);
        retention.ifPresent(lock -> {
            headers.set("x-amz-object-lock-mode", lock.mode().name());
            headers.set(
                    "x-amz-object-lock-retain-until-date",
                    Rfc3339.format(lock.retainUntilDate().toInstant().toEpochMilli()));
        });
        if (!parts.upload(name, key, content, headers, condition)) {
            // Lost a race, and the stream is spent: the winner's bytes cannot be compared with ours any more.
            throw new ObjectExistsException(name);
        }
        if (retention.isPresent()) {
            requireLock(name, key, retention.get());
        }
    }

    /** Ceph's gateway passes over the lock of an upload in parts, and takes it afterwards. */
    private void requireLock(String name, String key, Retention retention) throws IOException {
        if (isLocked(name, key)) {
            return;
        }
        calls.repeatable(name, () -> client.setObjectRetention(SetObjectRetentionArgs.builder()
                        .bucket(settings.bucket())
                        .object(key)
                        .config(retention)
                        .build())
                .thenApply(done -> true));
        if (!isLocked(name, key)) {
            throw new IOException("the object store does not lock " + name + ", which must not be deleted");
        }
    }

    private boolean isLocked(String name, String key) throws IOException {
        return stat(name, key)
                .map(found -> found.lockMode() == RetentionMode.COMPLIANCE)
                .orElse(false);
    }

    private Optional<Retention> retention(Protection protection) {
        return protection == Protection.LOCKED
                ? settings.lock()
                        .map(period -> new Retention(
                                RetentionMode.COMPLIANCE,
                                ZonedDateTime.now(clock).plus(period)))
                : Optional.empty();
    }

    private void confirm(String name, InputStream content, long length) throws IOException {
        if (length(name).orElse(-1L) != length) {
            throw new ObjectExistsException(name);
        }
        try (InputStream stored =
                get(name, 0).orElseThrow(() -> new IOException("the object " + name + " vanished; try again"))) {
            if (!SameBytes.in(stored, content)) {
                throw new ObjectExistsException(name);
            }
        }
    }

    @Override
    public Optional<InputStream> get(String name, long offset) throws IOException {
        String key = key(name);
        return calls.repeatable(
                name,
                () -> {
                    GetObjectArgs.Builder args =
                            GetObjectArgs.builder().bucket(settings.bucket()).object(key);
                    if (offset > 0) {
                        args.offset(offset);
                    }
                    return client.getObject(args.build()).thenApply(Optional::of);
                },
                failure -> switch (failure) {
                    case ABSENT -> Answer.of(Optional.empty());
                    case BEYOND_END -> Answer.of(Optional.of(InputStream.nullInputStream()));
                    default -> Answer.none();
                });
    }

    @Override
    public Optional<Long> length(String name) throws IOException {
        return stat(name, key(name)).map(StatObjectResponse::size);
    }

    @Override
    public void delete(String name) throws IOException {
        String key = key(name);
        // In a bucket with versions a plain delete only hides the object; what may hold personal data must go.
        for (int i = 0; i < MAX_VERSIONS; i++) {
            Optional<StatObjectResponse> found = stat(name, key);
            if (found.isEmpty()) {
                return;
            }
            refuseLocked(name, found.get());
            String version = found.get().versionId();
            calls.repeatable(name, () -> {
                RemoveObjectArgs.Builder args =
                        RemoveObjectArgs.builder().bucket(settings.bucket()).object(key);
                if (version != null && !version.equals("null")) {
                    args.versionId(version);
                }
                return client.removeObject(args.build()).thenApply(done -> true);
            });
        }
        throw new IOException("the object " + name + " has more than " + MAX_VERSIONS
                + " versions, which put-once never " + "makes; look who else writes to bucket " + settings.bucket());
    }

    private void refuseLocked(String name, StatObjectResponse found) throws IOException {
        boolean retained = found.lockRetainUntilDate() != null
                && found.lockRetainUntilDate().toInstant().isAfter(clock.instant());
        boolean held = found.lockLegalHold() != null && found.lockLegalHold().status();
        if (retained || held) {
            throw new IOException("the object " + name + " is locked "
                    + (held ? "by a legal hold" : "until " + found.lockRetainUntilDate()) + " and is not deleted");
        }
    }

    private Optional<StatObjectResponse> stat(String name, String key) throws IOException {
        return calls.repeatable(
                name,
                () -> client.statObject(StatObjectArgs.builder()
                                .bucket(settings.bucket())
                                .object(key)
                                .build())
                        .thenApply(Optional::of),
                failure -> failure == S3Failure.ABSENT ? Answer.of(Optional.empty()) : Answer.none());
    }

    private String key(String name) throws IOException {
        return settings.prefix() + ObjectName.check(name);
    }

    @Override
    public void close() throws IOException {
        try {
            client.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the client of the object store could not be closed", e);
        }
    }
}
