package io.strongroom.server;

import io.strongroom.evidence.Origin;
import io.strongroom.evidence.TenantId;
import io.strongroom.server.keys.CertificateAuthority;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.keys.LocalKeys;
import io.strongroom.server.keys.ServerCertificate;
import io.strongroom.server.keys.TrustCard;
import io.strongroom.server.settings.DataDirectory;
import io.strongroom.server.settings.DurableFile;
import io.strongroom.server.settings.Setting;
import io.strongroom.server.settings.Settings;
import io.strongroom.server.settings.StartRefusedException;
import io.strongroom.server.settings.StartRefusedException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Who the appliance is: made at the first start, read at every other. The file {@code installation} ends the first
 * start: without it the rest is made or gone on with, with it all of it must be there.
 */
final class FirstStart {
    private static final String LOCALHOST = "localhost";

    private final DataDirectory data;
    private final Settings settings;
    private final InstantSource clock;
    private final SecureRandom random;

    FirstStart(DataDirectory data, Settings settings, InstantSource clock, SecureRandom random) {
        this.data = data;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
    }

    /** What every start needs to know of itself. */
    record Identity(
            Installation installation,
            LocalKeys keys,
            CertificateAuthority authority,
            ServerCertificate server,
            Path trustFile) {}

    /**
     * Makes or reads the identity.
     *
     * @throws StartRefusedException if a part is missing or damaged, or the settings belong to another installation
     */
    Identity identify() {
        Path file = data.root().resolve("installation");
        Path keysFolder = data.folder("keys");
        Path tlsFolder = data.folder("tls");
        boolean first = !Files.exists(file);
        Installation installation = first
                ? draw(data.root().resolve("installation.new"), keysFolder)
                : Installation.read(file).orElseThrow();
        requireSameTenant(installation, first);
        LocalKeys keys = first
                ? LocalKeys.create(keysFolder, installation.origin(), clock, random)
                : LocalKeys.open(keysFolder, installation.origin(), clock, random);
        CertificateAuthority authority = first
                ? CertificateAuthority.create(tlsFolder, installation.serverName(), clock.instant(), random)
                : CertificateAuthority.open(tlsFolder, random);
        ServerCertificate server = new ServerCertificate(authority, tlsFolder, certificateNames(installation), clock);
        Path trustFile = data.root().resolve("trust.txt");
        try {
            DurableFile.write(trustFile, TrustCard.of(keys).render().getBytes(StandardCharsets.UTF_8));
            if (first) {
                installation.store(file);
                Files.deleteIfExists(data.root().resolve("installation.new"));
            }
        } catch (IOException e) {
            throw new StartRefusedException(
                    Reason.DATA_DIRECTORY, "The data directory " + data.root() + " cannot be written: " + e, e);
        }
        return new Identity(installation, keys, authority, server, trustFile);
    }

    /** Draws the identity, or goes on with the one that an interrupted first start drew: its keys name the origin. */
    private Installation draw(Path unfinished, Path keysFolder) {
        return Installation.read(unfinished).orElseGet(() -> {
            // The identity is drawn before there are keys: without it they are those of one that was lost.
            if (Files.exists(keysFolder.resolve("index"))) {
                throw new StartRefusedException(
                        Reason.DATA_DIRECTORY,
                        "The data directory " + data.root() + " has keys, and no file installation that says whose they"
                                + " are. Restore it from the backup.");
            }
            Installation drawn = Installation.draw(serverName(), tenant(), clock, random);
            try {
                drawn.store(unfinished);
            } catch (IOException e) {
                throw new StartRefusedException(
                        Reason.DATA_DIRECTORY, "The data directory " + data.root() + " cannot be written: " + e, e);
            }
            return drawn;
        });
    }

    private TenantId tenant() {
        String text = settings.text(Setting.TENANT);
        try {
            return new TenantId(text);
        } catch (IllegalArgumentException e) {
            throw new StartRefusedException(
                    Reason.USAGE, "The setting tenant is not usable: " + e.getMessage() + ".", e);
        }
    }

    private void requireSameTenant(Installation installation, boolean first) {
        if (!first && settings.isSet(Setting.TENANT) && !tenant().equals(installation.tenant())) {
            throw new StartRefusedException(
                    Reason.USAGE,
                    "This installation's tenant is " + installation.tenant() + " for ever, and the setting tenant says "
                            + tenant() + ". Leave the setting out, or give another --data.");
        }
    }

    private String serverName() {
        String name = settings.find(Setting.SERVER_NAME).orElseGet(FirstStart::hostName);
        try {
            Origin.of(name, tenant(), "00000000");
            return name.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw new StartRefusedException(
                    Reason.USAGE, "The setting server.name is no host name: " + e.getMessage() + ".", e);
        }
    }

    private static String hostName() {
        String variable = System.getenv("HOSTNAME");
        if (variable != null && isHostName(variable)) {
            return variable;
        }
        try {
            String file = Files.readString(Path.of("/etc/hostname")).strip();
            return isHostName(file) ? file : LOCALHOST;
        } catch (IOException e) {
            return LOCALHOST;
        }
    }

    private static boolean isHostName(String text) {
        return text.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,98}[A-Za-z0-9])?");
    }

    private List<String> certificateNames(Installation installation) {
        Set<String> names = new LinkedHashSet<>();
        names.add(settings.find(Setting.SERVER_NAME).orElse(installation.serverName()));
        names.add(LOCALHOST);
        names.add("127.0.0.1");
        names.add("::1");
        String host = settings.text(Setting.SERVER_HOST);
        if (!host.equals("0.0.0.0") && !host.equals("::")) {
            names.add(host);
        }
        Arrays.stream(settings.text(Setting.SERVER_ALSO_KNOWN_AS).split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .forEach(names::add);
        return new ArrayList<>(names);
    }
}
