package io.strongroom.console.chain;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.tree.Frontier;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * How far a log was verified on this machine: what is needed to go on from there, and to notice another history.
 *
 * @param at when
 * @param frontier the edge of the tree of all entries that were read here
 * @param leaf of the last of them
 */
record Verified(String origin, Instant at, Frontier frontier, Digest leaf) {
    /** Nothing of this log yet. */
    static Verified nothing(String origin) {
        return new Verified(origin, Instant.EPOCH, new Frontier(), Digest.ZERO);
    }

    long size() {
        return frontier.size();
    }

    /** The checkpoint that this is the tree of. */
    Checkpoint checkpoint() {
        return new Checkpoint(origin, size(), frontier.root());
    }

    /** In one line, to be kept. */
    String line() {
        return String.join(
                " ", at.toString(), leaf.toString(), Base64.getEncoder().encodeToString(frontier.toBytes()), origin);
    }

    /** Reads that line; empty where it is none. */
    static Optional<Verified> ofLine(String line) {
        String[] parts = line.split(" ", 4);
        if (parts.length != 4) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Verified(
                    parts[3],
                    Instant.parse(parts[0]),
                    Frontier.ofBytes(Base64.getDecoder().decode(parts[2])),
                    Digest.parse(parts[1])));
        } catch (IllegalArgumentException | java.time.DateTimeException damaged) {
            return Optional.empty();
        }
    }
}
