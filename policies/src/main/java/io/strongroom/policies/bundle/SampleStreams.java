package io.strongroom.policies.bundle;

import io.strongroom.policies.pattern.Glob;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * For each pattern of streams that bundles have, one stream that it fits, and one that none of them fits: what holds in
 * these holds in every stream but those that two patterns with stars fit together.
 */
public final class SampleStreams {
    /** All streams that no pattern fits. */
    public static final String OTHER = "(any other)";

    private static final String EVERY = "*";
    private static final String UNLISTED = "zz-unlisted";

    private SampleStreams() {}

    /** The streams by pattern; {@link #OTHER} comes last. */
    public static Map<String, String> of(Bundle... bundles) {
        Set<String> patterns = new TreeSet<>();
        for (Bundle bundle : bundles) {
            bundle.streamSelectors().forEach(selector -> {
                selector.globs().forEach(glob -> patterns.add(glob.text()));
                selector.except().forEach(glob -> patterns.add(glob.text()));
            });
        }
        patterns.remove(EVERY);
        Map<String, String> streams = new LinkedHashMap<>();
        patterns.forEach(pattern -> streams.put(pattern, sample(new Glob(pattern))));
        streams.put(OTHER, UNLISTED);
        return streams;
    }

    private static String sample(Glob glob) {
        return glob.isLiteral() ? glob.text() : glob.text().replace("*", "zz");
    }
}
