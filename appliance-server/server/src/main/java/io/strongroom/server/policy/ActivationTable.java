package io.strongroom.server.policy;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.GitCommit;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.TenantId;
import io.strongroom.server.database.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The activations. What it writes is durable when it returns. */
final class ActivationTable {
    private static final String SELECT = "SELECT record_id, since, seq, bundle, base_bundle, git_commit, proposal,"
            + " requester, begun_at, approvals, archive FROM policy_activation ";

    private final Database database;
    private final String tenant;

    ActivationTable(Database database, TenantId tenant) {
        this.database = database;
        this.tenant = tenant.value();
    }

    /** The last that is in the ledger. */
    Optional<Activation> last() {
        return select("WHERE seq IS NOT NULL ORDER BY seq DESC FETCH FIRST 1 ROWS ONLY").stream()
                .findFirst();
    }

    /** Those of which it is not known whether the ledger took them; at most one but for bad luck. */
    List<Activation> begun() {
        return select("WHERE seq IS NULL");
    }

    /** The newest first. */
    List<Activation> newest(int most) {
        return select("WHERE seq IS NOT NULL ORDER BY seq DESC FETCH FIRST " + most + " ROWS ONLY");
    }

    /** Those in the ledger below {@code end}, in its order. */
    List<Activation> before(long end) {
        return select("WHERE seq < " + end + " ORDER BY seq");
    }

    /** At most so many of those in the ledger behind {@code seq}, in its order. */
    List<Activation> after(long seq, int most) {
        return select("WHERE seq > " + seq + " ORDER BY seq FETCH FIRST " + most + " ROWS ONLY");
    }

    /** The last of a bundle. */
    Optional<Activation> of(Digest bundle) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    SELECT + "WHERE bundle = ? AND seq IS NOT NULL ORDER BY seq DESC FETCH FIRST 1 ROWS ONLY")) {
                select.setBytes(1, bundle.bytes());
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(activation(row)) : Optional.empty();
                }
            }
        });
    }

    private List<Activation> select(String which) {
        return database.read(connection -> {
            List<Activation> activations = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(SELECT + which);
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    activations.add(activation(rows));
                }
            }
            return activations;
        });
    }

    private static Activation activation(ResultSet row) throws SQLException {
        long seq = row.getLong(3);
        boolean known = !row.wasNull();
        return new Activation(
                RecordId.parse(row.getString(1)),
                row.getLong(2),
                known ? Long.valueOf(seq) : null,
                Digest.ofBytes(row.getBytes(4)),
                Digest.ofBytes(row.getBytes(5)),
                new GitCommit(row.getString(6)),
                row.getString(7),
                row.getString(8),
                row.getLong(9),
                Arrays.stream(row.getString(10).split(" "))
                        .map(hex -> Digest.parse("sha256:" + hex))
                        .toList(),
                row.getBytes(11));
    }

    void begin(Activation activation) {
        database.durable(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO policy_activation"
                    + " (tenant_id, record_id, since, bundle, base_bundle, git_commit, proposal, requester, begun_at,"
                    + " approvals, archive) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
                insert.setString(1, tenant);
                insert.setString(2, activation.record().toString());
                insert.setLong(3, activation.since());
                insert.setBytes(4, activation.bundle().bytes());
                insert.setBytes(5, activation.baseBundle().bytes());
                insert.setString(6, activation.commit().hex());
                insert.setString(7, activation.proposal());
                insert.setString(8, activation.requester());
                insert.setLong(9, activation.begunAt());
                insert.setString(
                        10, activation.approvals().stream().map(Digest::hex).collect(Collectors.joining(" ")));
                insert.setBytes(11, activation.archive());
                return insert.executeUpdate();
            }
        });
    }

    /** Says where its record stands. */
    void settle(RecordId record, long seq) {
        database.durable(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE policy_activation SET seq = ? WHERE record_id = ?")) {
                update.setLong(1, seq);
                update.setString(2, record.toString());
                return update.executeUpdate();
            }
        });
    }

    /** Forgets one whose record the ledger does not have. */
    void undo(RecordId record) {
        database.durable(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM policy_activation WHERE record_id = ? AND seq IS NULL")) {
                delete.setString(1, record.toString());
                return delete.executeUpdate();
            }
        });
    }
}
