package io.strongroom.server.devices;

import io.strongroom.server.database.Database;
import io.strongroom.server.database.Sql;
import io.strongroom.server.devices.CertificateForm.Signer;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.keys.KeyUnavailableException;
import io.strongroom.server.keys.WrappedRows;
import io.strongroom.server.keys.WrappingKeys;
import io.strongroom.server.keys.WrappingKeys.Wrapped;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;

/**
 * The authorities for devices' certificates. There is one, and while it is being replaced a second: the newer signs what
 * devices get from then on, the older what the port shows, until every device has what it needs of the newer. Their keys
 * are wrapped, each bound to its number, and open only while they sign.
 */
@Singleton
public final class Authorities {
    /** What of them is wrapped. */
    public static final WrappedRows WRAPPED = new WrappedRows(
            "device_authority", "id", "generation", "wrapped", List.of(), row -> belongsTo(row.getInt("id")));

    private static final int INSTALLATION_CHARS = 8;

    private final Database database;
    private final WrappingKeys wrapping;
    private final CertificateForm form;
    private final InstantSource clock;
    private final Installation installation;

    Authorities(
            Database database,
            WrappingKeys wrapping,
            InstantSource clock,
            SecureRandom random,
            Installation installation) {
        this.database = database;
        this.wrapping = wrapping;
        this.form = new CertificateForm(random);
        this.clock = clock;
        this.installation = installation;
    }

    /** Makes the first, at the first start, as all keys of the installation are made then. */
    void makeFirst() {
        if (database.read(Authorities::all).isEmpty()) {
            int made = database.durable(connection -> {
                // Whoever else starts at the same moment waits here, and finds what this one made.
                Sql.update(connection, "UPDATE device_change SET version = version + 1 WHERE id = 1");
                if (all(connection).isEmpty()) {
                    insert(connection, "strongroom");
                }
                return 1;
            });
            assert made == 1;
        }
    }

    /** Makes the next, which signs from now on. In a transaction of the caller's. */
    Authority add(Change change, String by) throws SQLException {
        insert(change.connection(), by);
        return all(change.connection()).getLast();
    }

    /** Trusts one no more, and destroys its key. In a transaction of the caller's. */
    void retire(Change change, Authority old) throws SQLException {
        Sql.update(
                change.connection(),
                "UPDATE device_authority SET retired_at = ?, generation = NULL, wrapped = NULL WHERE id = ?",
                change.now(),
                old.id());
    }

    private void insert(Connection connection, String by) throws SQLException {
        int id = all(connection).size() + 1;
        KeyPair pair = form.newKey();
        byte[] key = pair.getPrivate().getEncoded();
        Wrapped wrapped = wrapping.wrap(key, belongsTo(id));
        Arrays.fill(key, (byte) 0);
        String name = "Strongroom devices " + installation.id().substring(0, INSTALLATION_CHARS) + " " + id;
        Sql.update(
                connection,
                "INSERT INTO device_authority (tenant_id, id, certificate, generation, wrapped, made_by, made_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                installation.tenant().value(),
                id,
                CertificateRow.encoded(form.authority(name, pair, clock.instant())),
                wrapped.generation(),
                wrapped.key(),
                by,
                clock.millis());
    }

    /** All that there ever were, the oldest first. */
    static List<Authority> all(Connection connection) throws SQLException {
        return Sql.all(
                connection,
                "SELECT id, certificate, generation, wrapped, made_by, made_at, retired_at FROM device_authority ORDER BY id",
                Authorities::row);
    }

    /** Those that are trusted, the oldest first: one, or two. */
    static List<Authority> trusted(Connection connection) throws SQLException {
        return all(connection).stream().filter(Authority::trusted).toList();
    }

    private static Authority row(ResultSet row) throws SQLException {
        byte[] wrapped = row.getBytes("wrapped");
        return new Authority(
                row.getInt("id"),
                CertificateRow.parse(row.getBytes("certificate")),
                wrapped == null ? null : new Wrapped(row.getInt("generation"), wrapped),
                row.getString("made_by"),
                row.getLong("made_at"),
                Sql.optionalLong(row, "retired_at"));
    }

    /**
     * The key of an authority, to sign with.
     *
     * @throws KeyUnavailableException if it does not open
     */
    Signer signer(Authority authority) {
        Wrapped wrapped = authority.wrapped();
        if (wrapped == null) {
            throw new KeyUnavailableException("the device authority " + authority.id() + " is retired");
        }
        byte[] key = wrapping.unwrap(wrapped.generation(), wrapped.key(), belongsTo(authority.id()));
        try {
            return new Signer(
                    authority.certificate(),
                    KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("what was wrapped as a key is none", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] belongsTo(int id) {
        return ("strongroom device authority " + id).getBytes(StandardCharsets.UTF_8);
    }
}
