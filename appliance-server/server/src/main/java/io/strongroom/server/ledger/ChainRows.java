package io.strongroom.server.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** What a group's transaction says about days, besides its entries; in SQL that both engines speak. */
final class ChainRows {
    private ChainRows() {}

    static void store(Connection connection, String tenant, Group group) throws SQLException {
        SealedChain seal = group.seal();
        if (seal != null) {
            insertSeal(connection, tenant, seal);
        }
        byte[] state = group.chain();
        if (state != null) {
            replaceState(connection, tenant, state);
        }
    }

    private static void insertSeal(Connection connection, String tenant, SealedChain seal) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO ledger_seal (seal_seq, chain, first_seq,"
                        + " last_seq, record, sources, sources_object, published, tenant_id)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, FALSE, ?)")) {
            insert.setLong(1, seal.sealSeq());
            insert.setString(2, seal.chain());
            insert.setLong(3, seal.firstSeq());
            insert.setLong(4, seal.lastSeq());
            insert.setBytes(5, seal.record().bytes());
            insert.setBytes(6, seal.sources().bytes());
            insert.setBytes(7, seal.sourcesObject());
            insert.setString(8, tenant);
            insert.executeUpdate();
        }
    }

    private static void replaceState(Connection connection, String tenant, byte[] state) throws SQLException {
        try (Statement delete = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO ledger_chain_state (tenant_id, state) VALUES (?, ?)")) {
            delete.executeUpdate("DELETE FROM ledger_chain_state");
            insert.setString(1, tenant);
            insert.setBytes(2, state);
            insert.executeUpdate();
        }
    }
}
