package io.strongroom.policies.diff;

import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.policies.Roles;
import io.strongroom.policies.bundle.Bundle;
import io.strongroom.policies.bundle.Bundle.FieldRule;
import io.strongroom.policies.bundle.SampleStreams;
import io.strongroom.policies.pattern.FieldPattern;
import io.strongroom.policies.pattern.Glob;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What two bundles are asked about to find where they differ: for each pattern that either of them has, one name that it
 * fits, and one name that none of them fits. A name that two patterns with stars both fit is asked about only where a
 * bundle spells it out; the files beside each other show such a case.
 *
 * @param streams a stream for each pattern of streams, by pattern
 * @param fields a field for each pattern of fields, by how people write it
 * @param roles the roles that either bundle names, and those that the product knows
 */
record Universe(Map<String, String> streams, Map<String, JsonPointer> fields, Set<String> roles) {
    static final String EVERY_STREAM = "*";
    static final String OTHER_FIELDS = "attributes.(any other)";

    private static final String UNLISTED = "zz-unlisted";

    static Universe of(Bundle before, Bundle after) {
        return new Universe(SampleStreams.of(before, after), fields(before, after), roles(before, after));
    }

    private static Map<String, JsonPointer> fields(Bundle... bundles) {
        Set<String> patterns = new TreeSet<>();
        for (Bundle bundle : bundles) {
            bundle.fieldRules().map(FieldRule::fields).forEach(selector -> {
                selector.fields().forEach(field -> patterns.add(field.toString()));
                selector.except().forEach(field -> patterns.add(field.toString()));
            });
        }
        Map<String, JsonPointer> fields = new LinkedHashMap<>();
        for (String pattern : patterns) {
            JsonPointer sample = sample(FieldPattern.parse(pattern));
            fields.putIfAbsent(dotted(pattern), sample);
        }
        fields.put(OTHER_FIELDS, JsonPointer.of("attributes", UNLISTED));
        return fields;
    }

    /** As people write it: {@code actor.email} for {@code /actor/email}. */
    private static String dotted(String pattern) {
        return pattern.substring(1).replace('/', '.').replace("~1", "/").replace("~0", "~");
    }

    /** A field that the pattern fits: its stars filled with what no other pattern is likely to fit. */
    private static JsonPointer sample(FieldPattern pattern) {
        List<String> names = new ArrayList<>();
        List<String> tokens = JsonPointer.parse(pattern.toString()).tokens();
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            if (!token.equals("**")) {
                names.add(i == 0 && token.equals("*") ? "attributes" : token.replace("*", UNLISTED));
            } else if (i == 0) {
                names.add("attributes");
            } else if (i == tokens.size() - 1) {
                names.add(UNLISTED);
            }
        }
        if (names.equals(List.of("attributes"))) {
            names.add(UNLISTED);
        }
        return JsonPointer.of(names.toArray(String[]::new));
    }

    static Set<String> roles(Bundle... bundles) {
        Set<String> roles = new TreeSet<>(Roles.ALL);
        for (Bundle bundle : bundles) {
            Stream.of(
                            bundle.masking().stream().map(Bundle.MaskingProfile::roles),
                            bundle.exports().stream().map(Bundle.ExportRule::roles),
                            bundle.access().stream().map(Bundle.AccessRule::roles))
                    .flatMap(selectors -> selectors)
                    .flatMap(selector -> selector.globs().stream())
                    .filter(Glob::isLiteral)
                    .forEach(glob -> roles.add(glob.text()));
        }
        return roles;
    }
}
