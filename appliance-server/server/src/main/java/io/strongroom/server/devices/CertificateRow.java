package io.strongroom.server.devices;

import io.strongroom.evidence.Digest;
import io.strongroom.server.database.Sql;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A device's certificate as it is kept. All times are epoch milliseconds.
 *
 * @param fingerprint SHA-256 of the certificate, in hex
 * @param generation from 1
 * @param authority the id of the authority that signed it
 * @param renewAt when the device had best ask for the next
 * @param usedAt when it began to count; null if it has not
 * @param droppedAt when another of the same generation took its place, unused; null if none did
 */
record CertificateRow(
        String fingerprint,
        String device,
        int generation,
        int authority,
        X509Certificate certificate,
        long issuedAt,
        long endsAt,
        long renewAt,
        @Nullable Long usedAt,
        @Nullable Long droppedAt) {
    private static final String SELECT =
            "SELECT fingerprint, device_id, generation, authority_id, certificate, issued_at,"
                    + " ends_at, renew_at, used_at, dropped_at FROM device_certificate";

    boolean isFor(byte[] spki) {
        return Arrays.equals(spki, certificate.getPublicKey().getEncoded());
    }

    /** Those that have changed since, and have not ended. */
    static List<CertificateRow> since(Connection connection, long version, long now) throws SQLException {
        return Sql.all(connection, SELECT + " WHERE version > ? AND ends_at > ?", CertificateRow::of, version, now);
    }

    /** All that a device ever had, the newest first. */
    static List<CertificateRow> ofDevice(Connection connection, String device) throws SQLException {
        return Sql.all(
                connection,
                SELECT + " WHERE device_id = ? ORDER BY generation DESC, issued_at DESC",
                CertificateRow::of,
                device);
    }

    /** The one of a generation that was not dropped. */
    static Optional<CertificateRow> find(Connection connection, String device, int generation) throws SQLException {
        return ofDevice(connection, device).stream()
                .filter(row -> row.generation() == generation && row.droppedAt() == null)
                .findFirst();
    }

    private static CertificateRow of(ResultSet row) throws SQLException {
        return new CertificateRow(
                row.getString("fingerprint"),
                row.getString("device_id"),
                row.getInt("generation"),
                row.getInt("authority_id"),
                parse(row.getBytes("certificate")),
                row.getLong("issued_at"),
                row.getLong("ends_at"),
                row.getLong("renew_at"),
                Sql.optionalLong(row, "used_at"),
                Sql.optionalLong(row, "dropped_at"));
    }

    static void insert(Change change, CertificateRow row) throws SQLException {
        Sql.update(
                change.connection(),
                "INSERT INTO device_certificate (tenant_id, fingerprint, device_id, generation, authority_id, certificate,"
                        + " issued_at, ends_at, renew_at, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                change.tenant(),
                row.fingerprint(),
                row.device(),
                row.generation(),
                row.authority(),
                encoded(row.certificate()),
                row.issuedAt(),
                row.endsAt(),
                row.renewAt(),
                change.version());
    }

    static void drop(Change change, String fingerprint) throws SQLException {
        Sql.update(
                change.connection(),
                "UPDATE device_certificate SET dropped_at = ?, version = ? WHERE fingerprint = ?",
                change.now(),
                change.version(),
                fingerprint);
    }

    static void use(Change change, String fingerprint) throws SQLException {
        Sql.update(
                change.connection(),
                "UPDATE device_certificate SET used_at = ?, version = ? WHERE fingerprint = ?",
                change.now(),
                change.version(),
                fingerprint);
    }

    static String fingerprint(X509Certificate certificate) {
        return Digest.of(encoded(certificate)).hex();
    }

    static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read has its bytes", e);
        }
    }

    static X509Certificate parse(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate in the database is damaged", e);
        }
    }
}
