package io.strongroom.server.policy;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.GitCommit;
import io.strongroom.evidence.TenantId;
import io.strongroom.server.database.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The proposals. What it writes is durable when it returns. */
final class ProposalTable {
    private static final String SELECT =
            "SELECT name, author, title, git_commit, bundle, state, created_at, changed_at" + " FROM policy_proposal ";

    private final Database database;
    private final String tenant;

    ProposalTable(Database database, TenantId tenant) {
        this.database = database;
        this.tenant = tenant.value();
    }

    Optional<Proposal> find(String name) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(SELECT + "WHERE name = ?")) {
                select.setString(1, name);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(proposal(row)) : Optional.empty();
                }
            }
        });
    }

    /** The newest first. */
    List<Proposal> newest(int most) {
        return database.read(connection -> {
            List<Proposal> proposals = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(
                    SELECT + "ORDER BY changed_at DESC, name FETCH FIRST " + most + " ROWS ONLY")) {
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        proposals.add(proposal(rows));
                    }
                }
            }
            return proposals;
        });
    }

    /** How many proposals of an author may still change. */
    int pending(String author) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT count(*) FROM policy_proposal WHERE author = ? AND state IN ('draft', 'open')")) {
                select.setString(1, author);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return row.getInt(1);
                }
            }
        });
    }

    private static Proposal proposal(ResultSet row) throws SQLException {
        return new Proposal(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                new GitCommit(row.getString(4)),
                Digest.ofBytes(row.getBytes(5)),
                ProposalState.ofWire(row.getString(6)),
                row.getLong(7),
                row.getLong(8));
    }

    void insert(Proposal proposal) {
        database.durable(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO policy_proposal"
                    + " (tenant_id, name, author, title, git_commit, bundle, state, created_at, changed_at)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
                insert.setString(1, tenant);
                insert.setString(2, proposal.name());
                insert.setString(3, proposal.author());
                insert.setString(4, proposal.title());
                insert.setString(5, proposal.commit().hex());
                insert.setBytes(6, proposal.bundle().bytes());
                insert.setString(7, proposal.state().wire());
                insert.setLong(8, proposal.createdAt());
                insert.setLong(9, proposal.changedAt());
                return insert.executeUpdate();
            }
        });
    }

    /** Another commit of a proposal that may still change. @return whether it may */
    boolean move(String name, GitCommit commit, Digest bundle, long now) {
        return database.durable(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE policy_proposal"
                            + " SET git_commit = ?, bundle = ?, changed_at = ? WHERE name = ? AND state IN ('draft', 'open')")) {
                update.setString(1, commit.hex());
                update.setBytes(2, bundle.bytes());
                update.setLong(3, now);
                update.setString(4, name);
                return update.executeUpdate() == 1;
            }
        });
    }

    /** Opens a draft, or gives an open one another title. @return whether it was one */
    boolean open(String name, String title, long now) {
        return database.durable(connection -> {
            try (PreparedStatement update = connection.prepareStatement("UPDATE policy_proposal"
                    + " SET title = ?, state = 'open', changed_at = ? WHERE name = ? AND state IN ('draft', 'open')")) {
                update.setString(1, title);
                update.setLong(2, now);
                update.setString(3, name);
                return update.executeUpdate() == 1;
            }
        });
    }

    /** Ends a proposal that may still change by the commit that came into force. @return whether it was one */
    boolean activated(String name, GitCommit commit, Digest bundle, long now) {
        return database.durable(connection -> {
            try (PreparedStatement update = connection.prepareStatement("UPDATE policy_proposal"
                    + " SET git_commit = ?, bundle = ?, state = ?, changed_at = ?"
                    + " WHERE name = ? AND state IN ('draft', 'open')")) {
                update.setString(1, commit.hex());
                update.setBytes(2, bundle.bytes());
                update.setString(3, ProposalState.ACTIVATED.wire());
                update.setLong(4, now);
                update.setString(5, name);
                return update.executeUpdate() == 1;
            }
        });
    }

    /** Ends a proposal that may still change. @return whether it was one */
    boolean end(String name, ProposalState state, long now) {
        return database.durable(connection -> {
            try (PreparedStatement update = connection.prepareStatement("UPDATE policy_proposal"
                    + " SET state = ?, changed_at = ? WHERE name = ? AND state IN ('draft', 'open')")) {
                update.setString(1, state.wire());
                update.setLong(2, now);
                update.setString(3, name);
                return update.executeUpdate() == 1;
            }
        });
    }
}
