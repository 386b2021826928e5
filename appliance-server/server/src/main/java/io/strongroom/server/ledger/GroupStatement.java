package io.strongroom.server.ledger;

import io.strongroom.server.record.Draft;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Commits a group of few records in one statement, which is its own transaction: one round trip, where copying takes
 * nine. Nothing is inserted unless the head moves.
 *
 * <p>For the sequencer's thread, on a connection that commits by itself.
 */
final class GroupStatement {
    /** Up to how many records the round trips cost more than the rows. */
    private static final int MOST_RECORDS = 256;

    private static final String SQL = """
            WITH moved AS (%s RETURNING tenant_id),
            blocks AS (INSERT INTO ledger_block (first_seq, tenant_id, packed)
                SELECT new.first_seq, tenant_id, new.packed
                FROM moved, unnest(?::bigint[], ?::bytea[]) AS new(first_seq, packed)),
            bodies AS (INSERT INTO ledger_body (first_seq, on_day, retain, tenant_id, packed)
                SELECT new.first_seq, ?, new.retain, tenant_id, new.packed
                FROM moved, unnest(?::bigint[], ?::text[], ?::bytea[]) AS new(first_seq, retain, packed)),
            disclosures AS (INSERT INTO ledger_disclosure (first_seq, on_day, retain, tenant_id, packed)
                SELECT new.first_seq, ?, new.retain, tenant_id, new.packed
                FROM moved, unnest(?::bigint[], ?::text[], ?::bytea[]) AS new(first_seq, retain, packed)),
            keys AS (INSERT INTO ledger_key_run (key_high, key_low, on_day, packed, tenant_id)
                SELECT new.key_high, new.key_low, ?, new.packed, tenant_id
                FROM moved, unnest(?::bigint[], ?::bigint[], ?::bytea[]) AS new(key_high, key_low, packed))
            SELECT count(*) FROM moved""".formatted(HeadRow.MOVE);

    private final Connection connection;
    private final PreparedStatement statement;
    private final BlockEncoder blocks;
    private final BodyEncoder bodies;
    private final DisclosureEncoder disclosures;

    // The place of the next parameter.
    private int next;

    GroupStatement(Connection connection, BlockEncoder blocks, BodyEncoder bodies, DisclosureEncoder disclosures)
            throws SQLException {
        this.connection = connection;
        this.statement = connection.prepareStatement(SQL);
        this.blocks = blocks;
        this.bodies = bodies;
        this.disclosures = disclosures;
    }

    /** Whether the group is one for {@link #commit}: small, with nothing to say of days, no new data subject, no riders. */
    static boolean fits(Group group) {
        return group.count() <= MOST_RECORDS
                && group.seal() == null
                && group.chain() == null
                && group.newKeys().isEmpty()
                && group.rows().isEmpty();
    }

    /**
     * Commits the group; the partitions for its bodies and disclosures exist.
     *
     * @throws FencedException if the head is not where the group begins; nothing was written
     */
    void commit(Group group) throws SQLException {
        LocalDate day = LocalDate.ofEpochDay(DayChain.day(group.at()));
        next = HeadRow.set(statement, group);
        blocks(group);
        packed(group, day, bodies);
        packed(group, day, disclosures);
        keys(group, day);
        // From here until the reply the outcome is unknown.
        try (ResultSet moved = statement.executeQuery()) {
            if (!moved.next() || moved.getLong(1) != 1) {
                throw new FencedException(group.before());
            }
        }
    }

    private void blocks(Group group) throws SQLException {
        List<Long> firsts = new ArrayList<>();
        List<byte[]> packed = new ArrayList<>();
        blocks.encode(group, (first, block) -> {
            firsts.add(first);
            packed.add(block.toBytes());
        });
        numbers(firsts);
        bytes(packed);
    }

    private void packed(Group group, LocalDate day, Packing packing) throws SQLException {
        List<Long> firsts = new ArrayList<>();
        List<String> retains = new ArrayList<>();
        List<byte[]> packed = new ArrayList<>();
        Set<String> classes = new LinkedHashSet<>();
        for (Draft draft : group.drafts()) {
            classes.add(draft.retain());
        }
        for (String retain : classes) {
            packing.encode(group, retain, (first, block) -> {
                firsts.add(first);
                retains.add(retain);
                packed.add(block.toBytes());
            });
        }
        statement.setObject(next++, day);
        numbers(firsts);
        texts(retains);
        bytes(packed);
    }

    private void keys(Group group, LocalDate day) throws SQLException {
        List<Long> highs = new ArrayList<>();
        List<Long> lows = new ArrayList<>();
        List<byte[]> packed = new ArrayList<>();
        KeyRuns.encode(group, (high, low, run) -> {
            highs.add(high);
            lows.add(low);
            packed.add(run.toBytes());
        });
        statement.setObject(next++, day);
        numbers(highs);
        numbers(lows);
        bytes(packed);
    }

    private void numbers(List<Long> values) throws SQLException {
        statement.setArray(next++, connection.createArrayOf("bigint", values.toArray(Long[]::new)));
    }

    private void texts(List<String> values) throws SQLException {
        statement.setArray(next++, connection.createArrayOf("text", values.toArray(String[]::new)));
    }

    private void bytes(List<byte[]> values) throws SQLException {
        statement.setArray(next++, connection.createArrayOf("bytea", values.toArray(byte[][]::new)));
    }
}
