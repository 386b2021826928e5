package io.strongroom.installer;

import io.strongroom.api.SessionTokens;
import io.strongroom.api.client.ApplianceTrust;
import io.strongroom.api.client.RetryPolicy;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.client.StrongroomException;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.api.officer.OfficerFolder;
import io.strongroom.api.officer.OfficerKeyFiles;
import io.strongroom.api.officer.PrivateFiles;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.key.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an officer keeps on their own machine, readable by them alone: the session with an appliance, and their keys
 * ({@link OfficerKeyFiles}). By default in {@code ~/.config/strongroom}.
 */
public final class OfficerHome {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Path folder;

    private OfficerHome(Path folder) {
        this.folder = folder;
    }

    /** The one of whoever runs this ({@link OfficerFolder}). */
    public static OfficerHome current() {
        return at(OfficerFolder.current());
    }

    /** The one in this folder, which is made when something is first kept in it. */
    public static OfficerHome at(Path folder) {
        return new OfficerHome(folder);
    }

    /**
     * A session with an appliance.
     *
     * @param fingerprint of the appliance's authority, by which it is known
     */
    public record Session(URI url, String fingerprint, String tenant, String officer, SessionTokens tokens) {

        /** A client that calls with the session's access token. */
        public StrongroomClient client() {
            return client(url, fingerprint, tenant, tokens.accessToken());
        }

        static StrongroomClient client(URI url, String fingerprint, @Nullable String tenant, @Nullable String token) {
            return StrongroomClient.at(url)
                    .trust(ApplianceTrust.pinned(Digest.parse(fingerprint)))
                    .token(token)
                    .tenant(tenant)
                    .retry(RetryPolicy.NONE)
                    .secondFactor(OfficerHome::code)
                    .build();
        }

        private Session with(SessionTokens next) {
            return new Session(url, fingerprint, tenant, officer, next);
        }
    }

    /** The officer's keys on this machine. */
    public OfficerKeyFiles keys() {
        return OfficerFolder.keys(folder);
    }

    /** Opens one of the keys, as {@link OfficerKeyFiles#one} finds it; asks for the passphrase where there is one. */
    public SigningKey key(String beginning) {
        OfficerKeyFiles.KeyFile key = keys().one(beginning);
        return keys().open(key, key.encrypted() ? Prompt.current().secret("Passphrase of the key") : "");
    }

    /** Keeps a session in the place of any before. */
    public void keep(Session session) {
        locked(() -> {
            write(session);
            return session;
        });
    }

    /** Forgets the session. */
    public void forget() {
        locked(() -> {
            Files.deleteIfExists(file());
            return folder;
        });
    }

    /** The session that is kept; empty if nobody has signed in. It may have ended meanwhile. */
    public Optional<Session> session() {
        return locked(this::read);
    }

    /**
     * The session with tokens that hold: renewed first if they are about to end, by one program at a time, since a refresh
     * token counts once.
     *
     * @throws LaunchException if nobody has signed in, or the session has ended
     */
    public Session signedIn() {
        return locked(() -> {
            Session session =
                    read().orElseThrow(() -> new LaunchException("nobody is signed in: `strongroom sign-in`"));
            Instant ends = Instant.parse(session.tokens().accessExpiresAt());
            if (Instant.now().isBefore(ends.minus(SOON))) {
                return session;
            }
            try (StrongroomClient client =
                    Session.client(session.url(), session.fingerprint(), session.tenant(), null)) {
                Session renewed =
                        session.with(client.auth().refresh(session.tokens().refreshToken()));
                write(renewed);
                return renewed;
            } catch (StrongroomException.Unauthenticated e) {
                throw new LaunchException("the session has ended: `strongroom sign-in`", e);
            }
        });
    }

    /**
     * Does something with the session; where a request needs the second factor, the officer is asked for it.
     */
    public <T> T call(Function<StrongroomClient, T> work) {
        try (StrongroomClient client = signedIn().client()) {
            return work.apply(client);
        }
    }

    private static String code(boolean wrong) {
        if (wrong) {
            throw new LaunchException("the code of your authenticator does not count: wait for the next one");
        }
        return Prompt.current().text("Code of your authenticator");
    }

    private Path file() {
        return folder.resolve("session.json");
    }

    private Optional<Session> read() throws IOException {
        if (!Files.exists(file())) {
            return Optional.empty();
        }
        Json.Obj json = Json.parseObject(Files.readAllBytes(file()));
        return Optional.of(new Session(
                URI.create(json.text("url")),
                json.text("fingerprint"),
                json.text("tenant"),
                json.text("officer"),
                SessionTokens.fromJson(json.object("tokens"))));
    }

    private void write(Session session) throws IOException {
        Json.Obj json = Json.object()
                .put("url", session.url().toString())
                .put("fingerprint", session.fingerprint())
                .put("tenant", session.tenant())
                .put("officer", session.officer())
                .put("tokens", session.tokens().toJson())
                .build();
        PrivateFiles.write(file(), json.bytes());
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T locked(Work<T> work) {
        try {
            PrivateFiles.folder(folder);
            try (FileChannel channel = FileChannel.open(
                            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                if (!held.isValid()) {
                    throw new IOException("it is in use");
                }
                return work.run();
            }
        } catch (IOException | JsonException | JsonShapeException | IllegalArgumentException e) {
            throw new LaunchException("the session in " + file() + " cannot be used: " + e.getMessage(), e);
        }
    }
}
