package io.strongroom.policies.schema;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a schema says about a value; each component is the keyword of its name.
 *
 * @param allowed {@code enum} and {@code const}; empty where any value is
 * @param names {@code propertyNames}, for members that {@code properties} does not name
 * @param otherProperties {@code additionalProperties} where it is a schema
 * @param closed whether {@code additionalProperties} is false
 * @param patternWords {@code description} beside a pattern, which tells people what it means
 */
record Constraints(
        Set<Type> types,
        Set<String> allowed,
        Map<String, Constraints> properties,
        List<String> required,
        @Nullable Constraints names,
        @Nullable Constraints otherProperties,
        boolean closed,
        long minProperties,
        long maxProperties,
        @Nullable Constraints items,
        long minItems,
        long maxItems,
        boolean uniqueItems,
        long minLength,
        long maxLength,
        @Nullable Pattern pattern,
        @Nullable String patternWords,
        double minimum,
        double maximum) {}
