package io.strongroom.server.objects;

import java.net.URI;
import java.time.Period;
import java.util.Optional;

/**
 * Where an S3 store is and how it is used.
 *
 * @param endpoint {@code https://host[:port]}; addressing is always path-style
 * @param region the region that requests are signed for
 * @param bucket the bucket, which must exist
 * @param prefix put before every name, with its {@code /}; empty for none
 * @param accessKey the access key's id
 * @param secretKey the secret
 * @param lock how long {@link ObjectStore.Protection#LOCKED} objects are kept under COMPLIANCE retention; empty where the
 *     bucket has no object lock
 */
public record S3Settings(
        URI endpoint,
        String region,
        String bucket,
        String prefix,
        String accessKey,
        String secretKey,
        Optional<Period> lock) {

    private static final String FORM = "s3:https://HOST[:PORT]/BUCKET[/PREFIX]";

    /**
     * Reads a location of the form {@code s3:https://HOST[:PORT]/BUCKET[/PREFIX]}. Keys never stand in it.
     *
     * @throws IllegalArgumentException if it is not of that form
     */
    public static S3Settings of(
            String location, String region, String accessKey, String secretKey, Optional<Period> lock) {
        URI uri = location.startsWith("s3:") ? URI.create(location.substring("s3:".length())) : URI.create("");
        String scheme = uri.getScheme();
        if (!("https".equals(scheme) || "http".equals(scheme))
                || uri.getHost() == null
                || uri.getUserInfo() != null
                || uri.getRawQuery() != null) {
            throw new IllegalArgumentException("not an S3 location: expected " + FORM + ", with no keys in it");
        }
        String path = uri.getPath() == null ? "" : uri.getPath();
        String[] parts = path.replaceAll("^/+|/+$", "").split("/", 2);
        if (parts[0].isEmpty()) {
            throw new IllegalArgumentException("the S3 location names no bucket: expected " + FORM);
        }
        return new S3Settings(
                URI.create(scheme + "://" + uri.getRawAuthority()),
                region,
                parts[0],
                parts.length == 1 ? "" : parts[1] + "/",
                accessKey,
                secretKey,
                lock);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "s3:" + endpoint + "/" + bucket + "/" + prefix + " (region " + region
                + lock.map(period -> ", locked for " + period).orElse(", no object lock") + ")";
    }
}
