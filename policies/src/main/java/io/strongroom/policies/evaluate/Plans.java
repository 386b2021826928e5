package io.strongroom.policies.evaluate;

import io.strongroom.policies.bundle.Bundle;
import io.strongroom.policies.pattern.NameSelector;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The plan of each stream, made when its first record comes. Streams that the same rules are about share one, so that a
 * producer who invents streams makes no plans; and of a bundle that tells very many apart, some are made again each time.
 */
final class Plans {
    private static final int MAX_STREAMS = 4_096;
    private static final int MAX_PLANS = 64;

    private final Bundle bundle;
    private final List<NameSelector> selectors;
    private final Map<String, Plan> byStream = new ConcurrentHashMap<>();
    private final Map<BitSet, Plan> bySelection = new ConcurrentHashMap<>();

    Plans(Bundle bundle) {
        this.bundle = bundle;
        this.selectors = bundle.streamSelectors().distinct().toList();
    }

    Plan of(String stream) {
        Plan known = byStream.get(stream);
        if (known != null) {
            return known;
        }
        return shared(stream);
    }

    private Plan shared(String stream) {
        BitSet selection = new BitSet();
        for (int i = 0; i < selectors.size(); i++) {
            selection.set(i, selectors.get(i).selects(stream));
        }
        Plan plan = bySelection.get(selection);
        if (plan == null) {
            plan = new Plan(bundle, stream);
            if (bySelection.size() >= MAX_PLANS) {
                return plan;
            }
            bySelection.put(selection, plan);
        }
        if (byStream.size() < MAX_STREAMS) {
            byStream.put(stream, plan);
        }
        return plan;
    }
}
