package io.strongroom.api.client;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.About;
import io.strongroom.api.SessionTokens;
import io.strongroom.api.SetupAnswer;
import io.strongroom.api.SetupRequest;
import io.strongroom.api.SignInRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * One appliance, as one caller sees it, over TLS 1.3 and HTTP/2.
 *
 * <pre>{@code
 * try (StrongroomClient client = StrongroomClient.at(URI.create("https://strongroom.example:8443"))
 *         .trust(ApplianceTrust.pinned(Digest.parse("sha256:…")))
 *         .token("srm_…")
 *         .tenant("acme")
 *         .build()) {
 *     Appended appended = client.records().append(record);
 * }
 * }</pre>
 *
 * <p>Calls block. They are repeated, with full jitter, only where that does no harm: reads, and appends, which carry an
 * idempotency key. Everything that goes wrong is a {@link StrongroomException}.
 */
public final class StrongroomClient implements AutoCloseable {
    private final HttpClient http;
    private final ExecutorService executor;
    private final ScheduledExecutorService watch;
    private final Transport transport;
    private final Records records;
    private final Uploads uploads;
    private final Ledger ledger;
    private final Exports exports;
    private final Policies policies;
    private final Tokens tokens;
    private final Auth auth;
    private final Users users;
    private final Devices devices;
    private final Telemetry telemetry;
    private final Incidents incidents;
    private final Log log;
    private final Quarantine quarantine;
    private final Ops ops;
    private final Health health;

    private StrongroomClient(Builder builder, ApplianceTrust trust) {
        executor = Executors.newVirtualThreadPerTaskExecutor();
        watch = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("strongroom-client-watch").factory());
        SSLParameters tls = new SSLParameters();
        tls.setProtocols(new String[] {"TLSv1.3"});
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(trust.context())
                .sslParameters(tls)
                .connectTimeout(builder.connectTimeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(executor)
                .build();
        transport = new Transport(
                builder.address,
                http,
                builder.token,
                builder.purpose,
                builder.tenantId,
                builder.timeout,
                builder.retry,
                builder.random,
                builder.clock,
                builder.pause,
                watch);
        IdempotencyKeys keys = new IdempotencyKeys(builder.clock, builder.random);
        records = new Records(transport, keys, executor);
        uploads = new Uploads(transport);
        ledger = new Ledger(transport);
        exports = new Exports(transport, records);
        policies = new Policies(transport);
        tokens = new Tokens(transport);
        auth = new Auth(transport);
        if (builder.secondFactor != null) {
            transport.steppingUp(new StepUp(builder.secondFactor, new Auth(transport.unasked())));
        }
        users = new Users(transport);
        devices = new Devices(transport);
        telemetry = new Telemetry(transport);
        incidents = new Incidents(transport);
        log = new Log(transport);
        quarantine = new Quarantine(transport);
        ops = new Ops(transport);
        health = new Health(transport);
    }

    /** Begins a client for the appliance at that address, such as {@code https://strongroom.example:8443}. */
    public static Builder at(URI address) {
        return new Builder(address);
    }

    /** Who the appliance is. */
    public About about() {
        return About.fromJson(transport.getJson("/api/v1/about"));
    }

    /** Makes the bootstrap administrator; works once. */
    public SetupAnswer setUp(SetupRequest request) {
        return SetupAnswer.fromJson(transport.postJson("/api/v1/setup", request.toJson()));
    }

    /** Appending and querying records. */
    public Records records() {
        return records;
    }

    /** Values that are too large for a record. */
    public Uploads uploads() {
        return uploads;
    }

    /** Checkpoints, proofs, keys, and the server's own verification. */
    public Ledger ledger() {
        return ledger;
    }

    /** Evidence packs. */
    public Exports exports() {
        return exports;
    }

    /** The policy: what is in force, proposals, approvals. */
    public Policies policies() {
        return policies;
    }

    /** Service tokens. */
    public Tokens tokens() {
        return tokens;
    }

    /** A person's own session, second factor and keys. */
    public Auth auth() {
        return auth;
    }

    /** The people of the appliance. */
    public Users users() {
        return users;
    }

    /** The devices of the appliance. */
    public Devices devices() {
        return devices;
    }

    /** What devices told of themselves. */
    public Telemetry telemetry() {
        return telemetry;
    }

    /** What is, or was, wrong with devices. */
    public Incidents incidents() {
        return incidents;
    }

    /** The log as it is published, to verify it here. */
    public Log log() {
        return log;
    }

    /** Documents that were not appended. */
    public Quarantine quarantine() {
        return quarantine;
    }

    /** How the appliance is, for whoever runs it. */
    public Ops ops() {
        return ops;
    }

    /** Whether the appliance is well. */
    public Health health() {
        return health;
    }

    /** Gives up calls under way and closes the connections. */
    @Override
    public void close() {
        http.shutdownNow();
        watch.shutdownNow();
        executor.shutdownNow();
    }

    /** What a client is made of. */
    public static final class Builder {
        private final URI address;
        private @Nullable ApplianceTrust trust;
        private Supplier<@Nullable String> token = () -> null;
        private Supplier<@Nullable String> purpose = () -> null;
        private @Nullable SecondFactor secondFactor;
        private @Nullable String tenantId;
        private Duration timeout = Duration.ofSeconds(30);
        private Duration connectTimeout = Duration.ofSeconds(10);
        private RetryPolicy retry = RetryPolicy.DEFAULT;
        private RandomGenerator random = new SecureRandom();
        private InstantSource clock = InstantSource.system();
        private Pause pause = Thread::sleep;

        private Builder(URI address) {
            if (!"https".equals(address.getScheme()) || address.getHost() == null) {
                throw new IllegalArgumentException("an appliance's address is https://host[:port], not " + address);
            }
            this.address = address.resolve("/");
        }

        /** Whom to believe to be the appliance. Required. */
        public Builder trust(ApplianceTrust believed) {
            this.trust = believed;
            return this;
        }

        /** The token to call with; without it only what is open to everybody can be called. */
        public Builder token(@Nullable String secret) {
            this.token = () -> secret;
            return this;
        }

        /** For what purpose records are read, asked before each call; what a reader sees may depend on it. */
        public Builder purpose(Supplier<@Nullable String> stated) {
            this.purpose = requireNonNull(stated, "stated is null");
            return this;
        }

        /**
         * Who is asked for the second factor where a call needs it; the request that was refused is sent again then, and no
         * other. Without it such a call throws {@link StrongroomException.Forbidden}.
         */
        public Builder secondFactor(SecondFactor asked) {
            this.secondFactor = requireNonNull(asked, "asked is null");
            return this;
        }

        /** The tenant to name in each call. */
        public Builder tenant(@Nullable String id) {
            this.tenantId = id;
            return this;
        }

        /** How long to wait for an answer, and for each next piece of it; 30 s unless told. */
        public Builder timeout(Duration limit) {
            this.timeout = requireNonNull(limit, "limit is null");
            return this;
        }

        /** How long to wait for a connection; 10 s unless told. */
        public Builder connectTimeout(Duration limit) {
            this.connectTimeout = requireNonNull(limit, "limit is null");
            return this;
        }

        /** How often to repeat what may be repeated. */
        public Builder retry(RetryPolicy policy) {
            this.retry = requireNonNull(policy, "policy is null");
            return this;
        }

        /**
         * Begins a person's session, in which the token is replaced before it ends.
         *
         * @throws StrongroomException.Answered if the appliance does not let them in
         */
        public Session signIn(SignInRequest request) {
            SessionTokens first;
            try (StrongroomClient anyone = token(null).build()) {
                first = anyone.auth().signIn(request);
            }
            CurrentToken current = new CurrentToken(first, clock);
            token = current;
            StrongroomClient client = build();
            current.renewBy(client.auth()::refresh);
            return new Session(client, current);
        }

        Builder random(RandomGenerator source) {
            this.random = source;
            return this;
        }

        Builder clock(InstantSource source) {
            this.clock = source;
            return this;
        }

        Builder pause(Pause how) {
            this.pause = how;
            return this;
        }

        /**
         * The client.
         *
         * @throws IllegalStateException if it was not told whom to trust
         */
        public StrongroomClient build() {
            if (trust == null) {
                throw new IllegalStateException("say whom to trust: the appliance's fingerprint or its CA");
            }
            return new StrongroomClient(this, trust);
        }
    }
}
