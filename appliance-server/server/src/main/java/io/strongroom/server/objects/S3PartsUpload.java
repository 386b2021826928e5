package io.strongroom.server.objects;

import io.minio.AbortMultipartUploadArgs;
import io.minio.CompleteMultipartUploadArgs;
import io.minio.CreateMultipartUploadArgs;
import io.minio.Http;
import io.minio.MinioAsyncClient;
import io.minio.UploadPartArgs;
import io.minio.messages.Part;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * An upload in parts: one part in memory at a time, each sent again by itself where that helps, and nothing to be seen
 * under the name before the last step.
 */
final class S3PartsUpload {
    private final MinioAsyncClient client;
    private final S3Calls calls;
    private final String bucket;
    private final int partLength;

    S3PartsUpload(MinioAsyncClient client, S3Calls calls, String bucket, int partLength) {
        this.client = client;
        this.calls = calls;
        this.bucket = bucket;
        this.partLength = partLength;
    }

    /**
     * Uploads all of {@code content}.
     *
     * @param headers of the object: its type and its retention
     * @param condition reads a failure of the last step, which is sent with {@code If-None-Match: *} where asked
     * @return false if the server says that the name is taken; then nothing was changed
     */
    boolean upload(String name, String key, InputStream content, Http.Headers headers, S3Condition condition)
            throws IOException {
        String id = calls.repeatable(
                        name,
                        () -> client.createMultipartUpload(CreateMultipartUploadArgs.builder()
                                .bucket(bucket)
                                .object(key)
                                .headers(headers)
                                .build()))
                .result()
                .uploadId();
        boolean stored = false;
        try {
            Part[] parts = send(name, key, id, content);
            stored = calls.repeatable(
                    name,
                    () -> client.completeMultipartUpload(CompleteMultipartUploadArgs.builder()
                                    .bucket(bucket)
                                    .object(key)
                                    .uploadId(id)
                                    .parts(parts)
                                    .extraHeaders(condition.headers())
                                    .build())
                            .thenApply(done -> true),
                    condition);
            return stored;
        } finally {
            if (!stored) {
                abort(key, id);
            }
        }
    }

    private Part[] send(String name, String key, String id, InputStream content) throws IOException {
        List<Part> parts = new ArrayList<>();
        byte[] buffer = new byte[partLength];
        int length = content.readNBytes(buffer, 0, partLength);
        while (length > 0) {
            int number = parts.size() + 1;
            byte[] part = Arrays.copyOf(buffer, length);
            parts.add(calls.repeatable(
                            name,
                            () -> client.uploadPart(UploadPartArgs.builder()
                                    .bucket(bucket)
                                    .object(key)
                                    .uploadId(id)
                                    .partNumber(number)
                                    .headers(new Http.Headers("Content-MD5", md5(part)))
                                    .data(part, part.length)
                                    .build()))
                    .part());
            length = content.readNBytes(buffer, 0, partLength);
        }
        return parts.toArray(Part[]::new);
    }

    /** Tells the server to drop what it has. If it does not listen, its own rule for unfinished uploads will. */
    private void abort(String key, String id) {
        var unused = client.abortMultipartUpload(AbortMultipartUploadArgs.builder()
                .bucket(bucket)
                .object(key)
                .uploadId(id)
                .build());
    }

    private static String md5(byte[] part) {
        try {
            // For the wire alone: S3 compares it with what arrived.
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(part));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform has no MD5", e);
        }
    }
}
