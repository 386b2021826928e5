package io.strongroom.server.ledger;

import io.strongroom.evidence.Digest;
import io.strongroom.server.settings.StartRefusedException;
import io.strongroom.server.settings.StartRefusedException.Reason;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the day's chain up to the head by reading again what was written since its state was stored. */
final class Recovery {
    private static final Logger log = LoggerFactory.getLogger(Recovery.class);

    private Recovery() {}

    /**
     * @param chain as of the head
     * @param storedAt the size at which its state was stored last; 0 if never
     */
    record Recovered(DayChain chain, long storedAt) {}

    static Recovered chain(LedgerStore store, LedgerReader reader, Head head) throws SQLException {
        DayChain chain = store.chain().map(DayChain::ofBytes).orElseGet(DayChain::new);
        if (chain.size() > head.size()) {
            throw new StartRefusedException(
                    Reason.LEDGER,
                    "The ledger has " + head.size() + " entries, and the state of the day's chain was stored at "
                            + chain.size() + ": entries are missing. Restore the database as a whole.");
        }
        long from = chain.size();
        Digest[] leaf = {Digest.ZERO};
        reader.read(from, head.size(), false, row -> {
            leaf[0] = row.leaf();
            chain.add(
                    row.entry().at(),
                    row.entry().source(),
                    row.entry().sourceSeq(),
                    row.entry().record());
            return true;
        });
        if (from < head.size() && !leaf[0].equals(head.leaf())) {
            throw new StartRefusedException(
                    Reason.LEDGER,
                    "The ledger's last entry does not match its head: expected " + head.leaf() + ", found " + leaf[0]
                            + ". Restore the database as a whole.");
        }
        log.info("the ledger has {} entries; {} of them were read again", head.size(), head.size() - from);
        return new Recovered(chain, from);
    }
}
