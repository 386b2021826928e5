package io.strongroom.server.objects;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Period;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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

    private static final String FORM = "s3:https://HOST[:PORT]/BUCKET[/PREFIX][?region=REGION&lock=P10Y]";

    /**
     * Reads the form that the command line and the configuration use:
     * {@code s3:https://HOST[:PORT]/BUCKET[/PREFIX][?region=REGION&lock=P10Y]}. Keys never stand in it.
     *
     * @throws IllegalArgumentException if it is not of that form
     */
    public static S3Settings parse(String location, String accessKey, String secretKey) {
        if (!location.startsWith("s3:")) {
            throw new IllegalArgumentException("not an S3 location: it begins with s3:, as in " + FORM);
        }
        URI uri = URI.create(location.substring("s3:".length()));
        String scheme = uri.getScheme();
        if (!("https".equals(scheme) || "http".equals(scheme)) || uri.getHost() == null || uri.getUserInfo() != null) {
            throw new IllegalArgumentException("not an S3 location: expected " + FORM + ", without keys in it");
        }
        String path = uri.getPath() == null ? "" : uri.getPath();
        String[] parts = path.replaceAll("^/+|/+$", "").split("/", 2);
        if (parts[0].isEmpty()) {
            throw new IllegalArgumentException("the S3 location names no bucket; expected " + FORM);
        }
        Map<String, String> options = options(uri.getRawQuery());
        return new S3Settings(
                URI.create(scheme + "://" + uri.getRawAuthority()),
                options.getOrDefault("region", "us-east-1"),
                parts[0],
                parts.length == 1 ? "" : parts[1] + "/",
                accessKey,
                secretKey,
                Optional.ofNullable(options.get("lock")).map(S3Settings::period));
    }

    private static Map<String, String> options(@Nullable String query) {
        Map<String, String> options = new TreeMap<>();
        if (query == null) {
            return options;
        }
        for (String option : query.split("&", -1)) {
            int equals = option.indexOf('=');
            String name = equals < 0 ? option : option.substring(0, equals);
            if (equals < 0 || !Set.of("region", "lock").contains(name)) {
                throw new IllegalArgumentException("unknown option " + name + " in the S3 location; expected " + FORM);
            }
            options.put(name, URLDecoder.decode(option.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return options;
    }

    private static Period period(String text) {
        try {
            Period period = Period.parse(text);
            if (period.isNegative() || period.isZero()) {
                throw new IllegalArgumentException("the lock of an S3 location must be longer than nothing");
            }
            return period;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("the lock of an S3 location is a period like P10Y, not " + text, e);
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "s3:" + endpoint + "/" + bucket + "/" + prefix + " (region " + region
                + lock.map(period -> ", locked for " + period).orElse(", no object lock") + ")";
    }
}
