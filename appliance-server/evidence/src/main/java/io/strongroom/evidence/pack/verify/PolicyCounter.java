package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.ledger.EntryLine;
import io.strongroom.evidence.ledger.EntryMember;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts the entries that each bundle decided over, in the order in which entries name them first. */
final class PolicyCounter {
    private final Map<Digest, Decisions> policies = new LinkedHashMap<>();
    private final byte[] last = new byte[Digest.BYTES];
    private Decisions deciding = new Decisions(0);

    /** What one bundle decided. */
    private static final class Decisions {
        private final long first;
        private long entries;

        Decisions(long first) {
            this.first = first;
        }
    }

    /** Takes the entry at {@code seq}; most name the same bundle as the one before them. */
    void add(long seq, EntryLine entry) {
        if (policies.isEmpty() || !entry.isPolicy(last, 0)) {
            Digest policy = Digest.parse(entry.text(EntryMember.POLICY));
            policy.copyTo(last, 0);
            deciding = policies.computeIfAbsent(policy, found -> new Decisions(seq));
        }
        deciding.entries++;
    }

    List<PackFacts.Decided> policies() {
        return policies.entrySet().stream()
                .map(bundle ->
                        new PackFacts.Decided(bundle.getKey(), bundle.getValue().first, bundle.getValue().entries))
                .toList();
    }
}
