package io.strongroom.console.workspace;

import io.strongroom.console.rules.RulesClone;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A draft as it was read: how the clone stands, and what is in its files then.
 *
 * @param files of the working folder, by path
 */
record Draft(RulesClone.State state, Map<String, String> files) {
    Draft {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
    }

    /** Reads what is there. */
    static Draft read(RulesClone clone) {
        return of(clone, clone.files().read());
    }

    static Draft of(RulesClone clone, Map<String, byte[]> content) {
        Map<String, String> files = new TreeMap<>();
        content.forEach((path, bytes) -> files.put(path, new String(bytes, StandardCharsets.UTF_8)));
        return new Draft(clone.state(), files);
    }
}
