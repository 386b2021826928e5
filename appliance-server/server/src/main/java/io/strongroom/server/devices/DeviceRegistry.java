package io.strongroom.server.devices;

import io.micronaut.context.BeanProvider;
import io.strongroom.server.access.DeviceIdentity;
import io.strongroom.server.access.DeviceIdentity.Use;
import io.strongroom.server.access.DeviceShutOut;
import io.strongroom.server.access.DeviceState;
import io.strongroom.server.access.Held;
import io.strongroom.server.database.Database;
import io.strongroom.server.database.Sql;
import io.strongroom.server.devices.RevocationLists.Shut;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.x509.CRLReason;
import org.jspecify.annotations.Nullable;

/**
 * All devices, held in memory ({@link Held}), so that asking whose certificate it is costs no query. What changed is read
 * again after each change here, and every few seconds for those of other nodes.
 */
@Singleton
final class DeviceRegistry implements KnownDevices {
    private final Database database;
    private final InstantSource clock;
    private final Iterable<DeviceShutOut> watchers;
    private final Held<Known> held;

    @Inject
    DeviceRegistry(
            Database database, Authorities authorities, InstantSource clock, BeanProvider<DeviceShutOut> watchers) {
        this(database, authorities, clock, (Iterable<DeviceShutOut>) watchers);
    }

    DeviceRegistry(Database database, Authorities authorities, InstantSource clock, Iterable<DeviceShutOut> watchers) {
        this.database = database;
        this.clock = clock;
        this.watchers = watchers;
        authorities.makeFirst();
        Known known = new Known();
        this.held = new Held<>("devices", clock, () -> read(known));
    }

    /** Of a certificate no more than each request needs. */
    private record Brief(
            String device,
            int generation,
            int authority,
            PublicKey key,
            BigInteger serial,
            long endsAt,
            long renewAt,
            @Nullable Long usedAt,
            @Nullable Long droppedAt) {
        private boolean dropped() {
            return droppedAt != null;
        }
    }

    /** What is known. Written by one thread at a time, which reads the rows; a device's row comes before its certificates. */
    private static final class Known {
        private final Map<String, DeviceRow> devices = new ConcurrentHashMap<>();
        private final Map<String, Brief> certificates = new ConcurrentHashMap<>();
        private volatile List<Authority> authorities = List.of();
        private volatile long version = -1;
    }

    @PostConstruct
    void start() {
        held.start();
    }

    @PreDestroy
    void stop() {
        held.close();
    }

    void refresh() {
        var unused = held.refresh();
    }

    private Known read(Known known) {
        List<String> out = new ArrayList<>();
        var unused = database.read(connection -> {
            long version = Sql.first(
                            connection, "SELECT version FROM device_change WHERE id = 1", row -> row.getLong("version"))
                    .orElse(0L);
            if (version != known.version) {
                readSince(connection, known, out);
                known.version = version;
            }
            return version;
        });
        for (String device : out) {
            watchers.forEach(watcher -> watcher.shutOut(device));
        }
        return known;
    }

    private void readSince(Connection connection, Known known, List<String> out) throws SQLException {
        long now = clock.millis();
        for (DeviceRow device : DeviceRow.since(connection, known.version)) {
            DeviceRow before = known.devices.put(device.id(), device);
            if (before != null && before.state() == DeviceState.ACTIVE && device.state() != DeviceState.ACTIVE) {
                out.add(device.id());
            }
        }
        for (CertificateRow row : CertificateRow.since(connection, known.version, now)) {
            known.certificates.put(
                    row.fingerprint(),
                    new Brief(
                            row.device(),
                            row.generation(),
                            row.authority(),
                            row.certificate().getPublicKey(),
                            row.certificate().getSerialNumber(),
                            row.endsAt(),
                            row.renewAt(),
                            row.usedAt(),
                            row.droppedAt()));
        }
        known.certificates.values().removeIf(certificate -> certificate.endsAt() <= now);
        known.authorities = Authorities.all(connection);
    }

    /** Whose certificate this is, as {@link io.strongroom.server.access.DeviceIdentities#find} says. */
    Optional<DeviceIdentity> find(X509Certificate certificate) {
        String fingerprint = CertificateRow.fingerprint(certificate);
        Known known = held.current();
        Brief brief = known.certificates.get(fingerprint);
        DeviceRow device = brief == null ? null : known.devices.get(brief.device());
        if (brief == null
                || device == null
                || brief.endsAt() <= clock.millis()
                || trusted(known).stream().noneMatch(authority -> authority.id() == brief.authority())) {
            return Optional.empty();
        }
        return Optional.of(new DeviceIdentity(
                device.id(),
                device.group(),
                device.state(),
                brief.generation(),
                use(brief, device),
                fingerprint,
                brief.key(),
                brief.endsAt(),
                brief.renewAt()));
    }

    private static Use use(Brief brief, DeviceRow device) {
        if (brief.dropped() || brief.generation() < device.generation()) {
            return Use.REPLACED;
        }
        return brief.generation() == device.generation() ? Use.CURRENT : Use.NEXT;
    }

    /** The device of that id, if there is one. */
    @Nullable
    DeviceRow device(String id) {
        return held.current().devices.get(id);
    }

    @Override
    public Optional<KnownDevice> find(String id) {
        return Optional.ofNullable(device(id)).map(DeviceRegistry::known);
    }

    @Override
    public List<KnownDevice> after(String id, int most) {
        return devices().stream()
                .filter(device -> device.id().compareTo(id) > 0)
                .sorted(Comparator.comparing(DeviceRow::id))
                .limit(most)
                .map(DeviceRegistry::known)
                .toList();
    }

    private static KnownDevice known(DeviceRow row) {
        return new KnownDevice(row.id(), row.label(), row.group(), row.state(), row.madeAt(), row.changedAt());
    }

    Collection<DeviceRow> devices() {
        return held.current().devices.values();
    }

    Map<DeviceState, Long> byState() {
        Map<DeviceState, Long> counts = new EnumMap<>(DeviceState.class);
        for (DeviceState state : DeviceState.values()) {
            counts.put(state, 0L);
        }
        devices().forEach(device -> counts.merge(device.state(), 1L, Long::sum));
        return counts;
    }

    /** How many devices that may be let in have their current certificate from this authority. */
    long holders(int authority) {
        Known known = held.current();
        return known.certificates.values().stream()
                .filter(brief -> brief.authority() == authority && !brief.dropped())
                .filter(brief -> {
                    DeviceRow device = known.devices.get(brief.device());
                    return device != null
                            && brief.generation() == Math.max(1, device.generation())
                            && (device.state() == DeviceState.ACTIVE || device.state() == DeviceState.LOCKED);
                })
                .count();
    }

    /** The certificates of this authority that let nobody in: of devices that are shut out, and those that were replaced. */
    List<Shut> shut(int authority) {
        Known known = held.current();
        Map<String, Long> used = new HashMap<>();
        for (Brief brief : known.certificates.values()) {
            Long usedAt = brief.usedAt();
            if (usedAt != null) {
                used.put(brief.device() + " " + brief.generation(), usedAt);
            }
        }
        List<Shut> all = new ArrayList<>();
        for (Brief brief : known.certificates.values()) {
            DeviceRow device = known.devices.get(brief.device());
            if (brief.authority() != authority || device == null) {
                continue;
            }
            Long droppedAt = brief.droppedAt();
            if (device.state() != DeviceState.ACTIVE) {
                boolean locked = device.state() == DeviceState.LOCKED;
                all.add(new Shut(
                        brief.serial(),
                        locked ? CRLReason.certificateHold : CRLReason.privilegeWithdrawn,
                        device.changedAt()));
            } else if (droppedAt != null) {
                all.add(new Shut(brief.serial(), CRLReason.superseded, droppedAt));
            } else if (brief.generation() < device.generation()) {
                long since = used.getOrDefault(brief.device() + " " + (brief.generation() + 1), device.changedAt());
                all.add(new Shut(brief.serial(), CRLReason.superseded, since));
            }
        }
        return all;
    }

    /** Grows with each change. */
    long version() {
        return held.current().version;
    }

    /** The authorities that are trusted now, the oldest first. */
    List<Authority> trusted() {
        return trusted(held.current());
    }

    private static List<Authority> trusted(Known known) {
        return known.authorities.stream().filter(Authority::trusted).toList();
    }
}
