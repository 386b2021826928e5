package io.strongroom.server.settings;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything that an operator may set. A key that is not here refuses the start. */
public enum Setting {
    TENANT("tenant", "local", "the one tenant of this installation; fixed at the first start"),

    SERVER_NAME("server.name", null, "the host name that clients use; fixed in the log's origin at the first start"),
    SERVER_ALSO_KNOWN_AS("server.also-known-as", "", "further names and addresses for the certificate, by commas"),
    SERVER_HOST("server.host", "127.0.0.1", "the address to listen on"),
    SERVER_PORT("server.port", "8443", "the port to listen on; 0 for any free one"),
    SERVER_STOP_SECONDS("server.stop-seconds", "25", "how long a stop takes at most"),

    DEVICES_PORT(
            "devices.port", null, "the port that devices call; 0 for any free one; else the one after server.port"),
    DEVICES_CERTIFICATE_DAYS("devices.certificate-days", "90", "how long a device's certificate holds, in days"),

    MQTT_PORT(
            "mqtt.port",
            null,
            "the port of the embedded MQTT broker, for devices; 0 for any free one; else there is none"),

    DATABASE_URL("database.url", null, "jdbc:postgresql://… ; without it, an H2 file in the data directory"),
    DATABASE_OWNER("database.owner", "strongroom_owner", "the role that owns the tables"),
    DATABASE_OWNER_PASSWORD("database.owner-password", null, "the owner's password"),
    DATABASE_APP_PASSWORD("database.app-password", null, "the password of the role strongroom_app"),
    DATABASE_BUNDLED("database.bundled", "false", "true starts a PostgreSQL of the appliance's own, for trying out"),

    OBJECTS_LOCATION("objects.location", "folder", "folder, or s3:https://host/bucket"),
    OBJECTS_REGION("objects.region", "us-east-1", "the S3 region"),
    OBJECTS_ACCESS_KEY("objects.access-key", null, "the S3 access key"),
    OBJECTS_SECRET_KEY("objects.secret-key", null, "the S3 secret key"),
    OBJECTS_LOCK("objects.lock", "false", "true puts tiles, checkpoints and seals under S3 object lock"),
    OBJECTS_LOCK_DAYS("objects.lock-days", "3650", "for how long, in days"),

    RESIDENCY("residency", "", "the region that this installation stands in; empty if it has none"),
    RATE_PER_SECOND("rate.per-second", "2000", "requests that one caller may make in a second, on average"),
    RATE_BURST("rate.burst", "4000", "requests that one caller may make at once"),
    RATE_ANONYMOUS_PER_SECOND(
            "rate.anonymous-per-second", "20", "requests without a token from one address in a second, on average"),
    RATE_ANONYMOUS_BURST("rate.anonymous-burst", "100", "requests without a token from one address at once"),

    UPLOADS_MOST_MIB("uploads.most-mib", "64", "the largest value that may be uploaded, in MiB"),
    UPLOADS_UNREFERRED_HOURS(
            "uploads.unreferred-hours", "24", "for how many hours an uploaded value is kept that no record refers to"),
    INCIDENTS_HEARTBEAT_MINUTES(
            "incidents.heartbeat-minutes",
            "15",
            "for how many minutes a device may be silent before that is an incident"),
    INCIDENTS_DISK_HOURS(
            "incidents.disk-hours",
            "24",
            "within how many hours a disk is full, as it fills, before that is an incident"),
    INCIDENTS_CRASHES_PER_HOUR(
            "incidents.crashes-per-hour", "5", "how many crashes on a device within an hour are an incident"),
    INCIDENTS_FAILED_DEPLOYMENTS(
            "incidents.failed-deployments",
            "2",
            "how many failures in a row of one package on a device are an incident"),
    INCIDENTS_OUTLIER(
            "incidents.outlier",
            "6",
            "how many times as far from its median as usual a measure of a device is when that is an incident"),
    INCIDENTS_CLOCK_SECONDS(
            "incidents.clock-seconds", "60", "by how many seconds a device's clock steps before that is an incident"),
    QUARANTINE_DAYS("quarantine.days", "0", "for how many days a document in quarantine is kept; 0 for ever"),
    IDEMPOTENCY_DAYS("idempotency.days", "30", "how long idempotency keys are kept"),
    TELEMETRY_INVENTORY_DAYS(
            "telemetry.inventory-days",
            "365",
            "for how many days it is kept what is known of devices that are not heard of, of their users, sessions and"
                    + " changes of software"),
    TELEMETRY_METRICS_DAYS("telemetry.metrics-days", "90", "for how many days what devices measured is kept as series"),
    TELEMETRY_INCIDENT_DAYS(
            "telemetry.incident-days", "365", "for how many days a closed incident is listed; its records stay"),
    TELEMETRY_METERED_DEVICES(
            "telemetry.metered-devices",
            "0",
            "how many devices have numbers of their own in the metrics; the fleet's are always there"),
    TELEMETRY_OTLP_ENDPOINT(
            "telemetry.otlp-endpoint",
            "",
            "where the fleet's numbers are pushed by OTLP/HTTP, e.g. http://127.0.0.1:4318/v1/metrics; empty for none"),
    TELEMETRY_OTLP_SECONDS("telemetry.otlp-seconds", "60", "how often they are pushed, in seconds"),
    PACKS_CONCURRENT("packs.concurrent", "2", "how many packs are made at once"),
    METRICS_OPEN("metrics.open", "false", "true lets anyone read /metrics; else it needs a token"),
    LOG_FORMAT("log.format", "auto", "json, text, or auto: text in a terminal, json elsewhere"),
    LOG_LEVEL("log.level", "info", "error, warn, info or debug"),
    LOG_FILE("log.file", null, "a file for the log, in the place of standard error"),
    LOG_FILE_MIB("log.file-mib", "16", "how long that file grows, in MiB, before it is put beside and another begun"),
    LOG_FILES("log.files", "4", "how many files of the log there are at most, with the one that is written"),
    TRACES_ENDPOINT(
            "traces.endpoint", "", "an OTLP/HTTP endpoint, e.g. http://127.0.0.1:4318/v1/traces; empty for none");

    private final String key;
    private final @Nullable String standard;
    private final String meaning;

    Setting(String key, @Nullable String standard, String meaning) {
        this.key = key;
        this.standard = standard;
        this.meaning = meaning;
    }

    /** The key in {@code strongroom.yml}, with dots for levels. */
    public String key() {
        return key;
    }

    /** What holds where nothing is set; null if nothing does. */
    public @Nullable String standard() {
        return standard;
    }

    public String meaning() {
        return meaning;
    }

    /** The environment variable that sets it, before any file does. */
    public String variable() {
        return "STRONGROOM_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    static Optional<Setting> ofKey(String key) {
        for (Setting setting : values()) {
            if (setting.key.equals(key)) {
                return Optional.of(setting);
            }
        }
        return Optional.empty();
    }

    /** The known key that {@code wrong} is most likely meant to be. */
    static String nearest(String wrong) {
        String best = "";
        int least = Integer.MAX_VALUE;
        for (Setting setting : values()) {
            int distance = distance(wrong, setting.key);
            if (distance < least) {
                least = distance;
                best = setting.key;
            }
        }
        return best;
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
