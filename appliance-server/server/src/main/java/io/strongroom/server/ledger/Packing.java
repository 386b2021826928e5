package io.strongroom.server.ledger;

import java.sql.SQLException;

/** Packs something of a group's records into blocks, each of which one row holds. Owned by one thread. */
interface Packing {
    /** Packs what there is of the records of one retention class. */
    void encode(Group group, String retain, BlockEncoder.Blocks blocks) throws SQLException;
}
