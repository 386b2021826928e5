package io.strongroom.installer;

import io.strongroom.api.About;
import io.strongroom.api.SetupAnswer;
import io.strongroom.api.SetupRequest;
import io.strongroom.api.client.ApplianceTrust;
import io.strongroom.api.client.RetryPolicy;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.evidence.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** A running appliance on this machine, found by its data directory. */
final class Installation {
    /** Where an installation keeps its data unless it is told. */
    static final Path DEFAULT_DATA = Path.of(System.getProperty("user.home"), ".strongroom");

    private static final String TOKEN_FILE = "admin-token";
    private static final String WANTED_FILE = "setup-code-wanted";

    private final Path data;
    private final ReadyNotice notice;

    private Installation(Path data, ReadyNotice notice) {
        this.data = data;
        this.notice = notice;
    }

    /**
     * The appliance that runs on this data directory.
     *
     * @throws LaunchException if none does
     */
    static Installation at(Path data) {
        Path whole = data.toAbsolutePath().normalize();
        ReadyNotice notice = ReadyNotice.read(whole)
                .orElseThrow(() -> new LaunchException("no appliance runs on " + whole
                        + ": start one with `strongroom up --data " + whole + "`, or name another --data"));
        return new Installation(whole, notice);
    }

    /**
     * Asks the next start on this data directory for a setup code, and forgets the administrator's token that is kept here.
     *
     * @throws LaunchException if it is no data directory, or cannot be written
     */
    static void wantSetupCode(Path data) {
        if (!Files.exists(data.resolve("installation"))) {
            throw new LaunchException("no appliance was ever started on " + data + ": name another --data");
        }
        try {
            Files.write(data.resolve(WANTED_FILE), new byte[0]);
            Files.deleteIfExists(data.resolve(TOKEN_FILE));
        } catch (IOException e) {
            throw new LaunchException("the data directory " + data + " cannot be written: " + e, e);
        }
    }

    ReadyNotice notice() {
        return notice;
    }

    /** Whether the administrator's token is kept here. */
    boolean hasAdministrator() {
        return storedToken() != null;
    }

    /** A client without a token. */
    StrongroomClient anonymous() {
        return client(null, null);
    }

    /**
     * A client with the administrator's token: the one that was stored here, or a new one by the setup code, which is then
     * stored so that only this user can read it.
     *
     * @param setupCode the code; null for the one in the server's notice
     */
    StrongroomClient administrator(@Nullable String setupCode) {
        About about;
        try (StrongroomClient client = anonymous()) {
            about = client.about();
        }
        String stored = storedToken();
        if (stored != null) {
            return client(stored, about.tenantId());
        }
        String code = setupCode != null ? setupCode : notice.setupCode();
        if (code == null) {
            throw new LaunchException("there is an administrator, but no token of theirs in " + data.resolve(TOKEN_FILE)
                    + ": ask them for a service token, or have the next start give a setup code"
                    + " (`strongroom setup-code`)");
        }
        SetupAnswer answer;
        try (StrongroomClient client = client(null, about.tenantId())) {
            answer = client.setUp(new SetupRequest(code, System.getProperty("user.name", "administrator")));
        }
        store(answer.token());
        return client(answer.token(), about.tenantId());
    }

    private StrongroomClient client(@Nullable String token, @Nullable String tenant) {
        return StrongroomClient.at(notice.url())
                .trust(ApplianceTrust.pinned(Digest.parse(notice.fingerprint())))
                .token(token)
                .tenant(tenant)
                .retry(RetryPolicy.NONE)
                .build();
    }

    private @Nullable String storedToken() {
        Path file = data.resolve(TOKEN_FILE);
        try {
            return Files.exists(file) ? Files.readString(file).strip() : null;
        } catch (IOException e) {
            throw new LaunchException("the administrator's token in " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void store(String token) {
        Path file = data.resolve(TOKEN_FILE);
        try {
            // Made with its rights, not given them afterwards: at no moment can anybody else open it.
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(file, (token + "\n").getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new LaunchException(file + " was made by another command meanwhile: run this one again", e);
        } catch (IOException e) {
            throw new LaunchException(
                    "the administrator's token cannot be kept in " + file + ": " + e.getMessage()
                            + ". It is told only once:" + " keep it yourself: " + token,
                    e);
        }
    }
}
