package io.strongroom.server;

import static java.util.Objects.requireNonNull;

import io.micronaut.context.ApplicationContext;
import io.micronaut.http.server.exceptions.ServerStartupException;
import io.micronaut.http.server.netty.NettyEmbeddedServer;
import io.micronaut.runtime.graceful.GracefulShutdownManager;
import io.micronaut.runtime.server.EmbeddedServer;
import io.strongroom.server.FirstStart.Identity;
import io.strongroom.server.access.DevicesAddress;
import io.strongroom.server.access.SecondFactors;
import io.strongroom.server.access.Setup;
import io.strongroom.server.database.BundledPostgres;
import io.strongroom.server.database.DatabaseLocation;
import io.strongroom.server.database.DatabaseLocation.Credentials;
import io.strongroom.server.database.JdbcDatabase;
import io.strongroom.server.devices.Authorities;
import io.strongroom.server.gateway.Quarantine;
import io.strongroom.server.keys.DatabaseBinding;
import io.strongroom.server.keys.Rewrapping;
import io.strongroom.server.keys.WrappedRows;
import io.strongroom.server.ledger.LedgerClosedException;
import io.strongroom.server.ledger.ProcessHalt;
import io.strongroom.server.ledger.QueueFullException;
import io.strongroom.server.mqtt.MqttBroker;
import io.strongroom.server.packs.Exports;
import io.strongroom.server.privacy.DataKeys;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.settings.CommandLine;
import io.strongroom.server.settings.DataDirectory;
import io.strongroom.server.settings.Setting;
import io.strongroom.server.settings.Settings;
import io.strongroom.server.settings.StartRefusedException;
import io.strongroom.server.settings.StartRefusedException.Reason;
import io.strongroom.server.uploads.Uploads;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole appliance in one process. Opened in this order, and closed in the other: data directory, identity and keys,
 * database, everything else (the ledger recovers there), HTTP. Requests come last and go first.
 */
public final class Appliance implements AutoCloseable {
    /** A file that `strongroom setup-code` makes, in the data directory; whoever may write there has the keys as well. */
    private static final String SETUP_CODE_WANTED = "setup-code-wanted";

    private static final Logger LOG = LoggerFactory.getLogger(Appliance.class);
    private static final Duration IN_FLIGHT = Duration.ofSeconds(10);

    // What has been opened so far, the newest first. Touched by the thread that starts or closes.
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final CommandLine line;
    private final Clock clock;
    private @Nullable ApplicationContext context;
    private @Nullable ReadyNotice notice;

    private Appliance(CommandLine line, Clock clock) {
        this.line = line;
        this.clock = clock;
    }

    /**
     * Starts; returns once requests are answered.
     *
     * @param overrides more properties for the HTTP framework, or other values for some; for tests
     * @param parts parts that stand in for the appliance's own of the same kind; for tests
     * @throws StartRefusedException if it must not or cannot start; then nothing is left open
     */
    public static Appliance start(CommandLine line, Map<String, Object> overrides, Object... parts) {
        return start(line, Clock.systemUTC(), overrides, parts);
    }

    /** As above, by another clock than the machine's. */
    static Appliance start(CommandLine line, Clock clock, Map<String, Object> overrides, Object... parts) {
        Appliance appliance = new Appliance(line, clock);
        try {
            appliance.open(overrides, parts);
            return appliance;
        } catch (IOException | RuntimeException | Error e) {
            try {
                appliance.close();
            } catch (RuntimeException closing) {
                e.addSuppressed(closing);
            }
            throw refusalIn(e);
        }
    }

    private void open(Map<String, Object> overrides, Object... parts) throws IOException {
        SecureRandom random = new SecureRandom();
        Settings settings = line.settings();
        DataDirectory data = push(DataDirectory.open(line.data()));
        Identity identity = new FirstStart(data, settings, clock, random).identify();
        JdbcDatabase database = push(JdbcDatabase.open(
                location(settings, data), identity.installation().tenant()));
        new DatabaseBinding(database)
                .bind(identity.installation(), identity.keys().checks());
        new Rewrapping(database, identity.keys()).finish(wrapped());

        Map<String, Object> properties = HttpSettings.of(settings);
        properties.putAll(overrides);
        ApplicationContext started = ApplicationContext.builder()
                .deduceEnvironment(false)
                .deduceCloudEnvironment(false)
                .bootstrapEnvironment(false)
                .environmentPropertySource(false)
                .banner(false)
                .properties(properties)
                .singletons(
                        clock,
                        random,
                        settings,
                        data,
                        identity.installation(),
                        identity.keys(),
                        identity.keys().wrapping(),
                        identity.authority(),
                        identity.server(),
                        database)
                .singletons(parts)
                .build();
        context = push(started);
        started.start();
        database.whenH2Closed(() -> started.getBean(ProcessHalt.class)
                .halt("H2 has closed its file, as after a write to a full disk; see to the disk", null));
        EmbeddedServer server = started.getBean(EmbeddedServer.class);
        push(() ->
                started.getBean(Connections.class).finish(started.getBean(GracefulShutdownManager.class), IN_FLIGHT));
        server.start();

        URI devices = url("https", settings, identity, devicesPort(server));
        started.getBean(DevicesAddress.class).tell(devices);
        OptionalInt mqtt = push(started.getBean(MqttBroker.class)).start();
        Path wanted = data.root().resolve(SETUP_CODE_WANTED);
        Optional<String> code = setupCode(started.getBean(Setup.class), Files.exists(wanted));
        ReadyNotice ready = new ReadyNotice(
                url("https", settings, identity, server.getPort()),
                devices,
                mqtt.isPresent() ? url("mqtts", settings, identity, mqtt.getAsInt()) : null,
                identity.authority().fingerprint(),
                code.orElse(null),
                identity.trustFile());
        ready.write(data.folder("run"));
        push(() -> ReadyNotice.remove(data.folder("run")));
        if (code.isPresent()) {
            Files.deleteIfExists(wanted);
        }
        notice = ready;
    }

    /** Empty, too, while the ledger does not tell of one that was wanted: then it stays wanted, for the next start. */
    private static Optional<String> setupCode(Setup setup, boolean wanted) {
        try {
            return setup.newCode(wanted);
        } catch (ProblemException | LedgerClosedException | QueueFullException e) {
            LOG.warn(
                    "there is no setup code, since that cannot be recorded now; the next start tries: {}",
                    e.getMessage());
            return Optional.empty();
        }
    }

    /** Every place where something is kept under the wrapping keys. */
    private static List<WrappedRows> wrapped() {
        List<WrappedRows> all = new ArrayList<>(SecondFactors.WRAPPED);
        all.addAll(
                List.of(DataKeys.WRAPPED, Uploads.WRAPPED, Exports.WRAPPED, Quarantine.WRAPPED, Authorities.WRAPPED));
        return all;
    }

    private DatabaseLocation location(Settings settings, DataDirectory data) {
        String url = settings.find(Setting.DATABASE_URL).orElse(null);
        if (settings.flag(Setting.DATABASE_BUNDLED)) {
            if (url != null) {
                throw new StartRefusedException(
                        Reason.USAGE, "Give either database.url or database.bundled (--postgres), not both.");
            }
            try {
                return push(BundledPostgres.start(data.folder("postgres"))).database("strongroom");
            } catch (IOException | SQLException e) {
                throw new StartRefusedException(
                        Reason.DATABASE, "The appliance's own PostgreSQL does not start: " + e.getMessage() + ".", e);
            }
        }
        if (url == null) {
            return new DatabaseLocation.H2File(data.folder("database").resolve("strongroom"));
        }
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new StartRefusedException(
                    Reason.USAGE, "The setting database.url must begin with jdbc:postgresql://, but does not.");
        }
        return new DatabaseLocation.Postgres(
                url,
                new Credentials(
                        settings.text(Setting.DATABASE_OWNER),
                        settings.find(Setting.DATABASE_OWNER_PASSWORD).orElse(null)),
                settings.find(Setting.DATABASE_APP_PASSWORD).orElse(null));
    }

    private static int devicesPort(EmbeddedServer server) {
        return ((NettyEmbeddedServer) server)
                .getBoundPorts().stream()
                        .filter(port -> port != server.getPort())
                        .findFirst()
                        .orElseThrow();
    }

    private static URI url(String scheme, Settings settings, Identity identity, int port) {
        String host = settings.text(Setting.SERVER_HOST);
        if (host.equals("0.0.0.0") || host.equals("::")) {
            host = identity.installation().serverName();
        }
        return URI.create(scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }

    private <T extends AutoCloseable> T push(T part) {
        opened.push(part);
        return part;
    }

    /** The refusal that lies at the bottom of what went wrong, if there is one. */
    private static RuntimeException refusalIn(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartRefusedException refused) {
                return refused;
            }
            if (cause instanceof ServerStartupException startup) {
                return new StartRefusedException(
                        Reason.NETWORK,
                        "The server cannot listen: " + startup.getMessage()
                                + ". Choose another --port, --host or devices.port, or stop what holds it.",
                        startup);
            }
        }
        return thrown instanceof RuntimeException e ? e : new CompletionException(thrown);
    }

    /** What the starter and the person at the machine are told. */
    public ReadyNotice notice() {
        return requireNonNull(notice, "not started");
    }

    /** The beans, for tests. */
    public ApplicationContext context() {
        return requireNonNull(context, "not started");
    }

    /** Stops: requests first, then what serves them. A second call does nothing. */
    @Override
    public synchronized void close() {
        RuntimeException first = null;
        while (!opened.isEmpty()) {
            AutoCloseable part = opened.pop();
            try {
                part.close();
            } catch (Exception e) {
                // Every part gets its turn; the first failure is told, with the others.
                if (first == null) {
                    first = new IllegalStateException("a part of the appliance did not close", e);
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
