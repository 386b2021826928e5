package io.strongroom.policies.schema;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds what somebody who mistyped a name may have meant. */
public final class Nearest {
    private static final int MAX_CHARS = 64;

    private Nearest() {}

    /** The known name with the fewest edits, at most a third of its length; null if there is none so near. */
    public static @Nullable String of(String name, Collection<String> known) {
        String best = null;
        int least = Integer.MAX_VALUE;
        for (String candidate : known.stream().sorted().toList()) {
            int edits = edits(name.substring(0, Math.min(name.length(), MAX_CHARS)), candidate);
            if (edits < least && edits <= Math.max(1, candidate.length() / 3)) {
                best = candidate;
                least = edits;
            }
        }
        return best;
    }

    /** Levenshtein's distance, without regard to case. */
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
                int substituted = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
