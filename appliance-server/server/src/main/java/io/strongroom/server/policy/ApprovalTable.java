package io.strongroom.server.policy;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.TenantId;
import io.strongroom.evidence.approval.Approval;
import io.strongroom.evidence.approval.Officer;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.evidence.approval.SignedApproval;
import io.strongroom.evidence.key.VerifyingKey;
import io.strongroom.server.database.Database;
import io.strongroom.server.database.DatabaseException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The approvals that were taken. What it writes is durable when it returns. */
final class ApprovalTable {
    private static final String UNIQUE_VIOLATION = "23505";

    private final Database database;
    private final String tenant;

    ApprovalTable(Database database, TenantId tenant) {
        this.database = database;
        this.tenant = tenant.value();
    }

    /** Those of a proposal, in the order in which they came. */
    List<GivenApproval> of(String proposal) {
        return database.read(connection -> {
            List<GivenApproval> approvals = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("SELECT envelope, officer, officer_key,"
                    + " received_at, withdrawn FROM policy_approval WHERE proposal = ? ORDER BY received_at, digest")) {
                select.setString(1, proposal);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        approvals.add(approval(rows));
                    }
                }
            }
            return approvals;
        });
    }

    /** Those that brought a bundle into force. */
    List<GivenApproval> of(Activation activation) {
        return of(activation.proposal()).stream()
                .filter(given -> activation.approvals().contains(given.digest()))
                .toList();
    }

    private static GivenApproval approval(ResultSet row) throws SQLException {
        return new GivenApproval(
                SignedApproval.parse(row.getBytes(1)),
                new Officer(new PersonId(row.getString(2)), VerifyingKey.ofSpki(row.getBytes(3))),
                row.getLong(4),
                row.getBoolean(5));
    }

    /**
     * Keeps one, and a comment that gives its reason, where there is one: both or neither.
     *
     * @return false if its nonce was seen before
     */
    boolean insert(GivenApproval given, @Nullable Comment reason) {
        try {
            return database.durable(connection -> {
                int rows = insert(connection, given);
                return rows + (reason == null ? 0 : CommentTable.insert(connection, tenant, reason)) > 0;
            });
        } catch (DatabaseException e) {
            if (e.sqlState().equals(UNIQUE_VIOLATION)) {
                return false;
            }
            throw e;
        }
    }

    private int insert(Connection connection, GivenApproval given) throws SQLException {
        Approval approval = given.signed().approval();
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO policy_approval"
                + " (tenant_id, digest, nonce, proposal, officer, received_at, envelope, officer_key)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, tenant);
            insert.setBytes(2, given.digest().bytes());
            insert.setString(3, approval.nonce());
            insert.setString(4, approval.change().proposal());
            insert.setString(5, given.officer().id().value());
            insert.setLong(6, given.receivedAt());
            insert.setBytes(7, given.signed().toJson());
            insert.setBytes(8, given.officer().key().spki());
            return insert.executeUpdate();
        }
    }

    /** Whether a nonce was used before, in whichever approval. */
    boolean knows(String nonce) {
        return database.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT 1 FROM policy_approval WHERE nonce = ?")) {
                select.setString(1, nonce);
                try (ResultSet row = select.executeQuery()) {
                    return row.next();
                }
            }
        });
    }

    /** Takes one back, for good. */
    void withdraw(Digest digest) {
        database.durable(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE policy_approval SET withdrawn = TRUE WHERE digest = ?")) {
                update.setBytes(1, digest.bytes());
                return update.executeUpdate();
            }
        });
    }
}
