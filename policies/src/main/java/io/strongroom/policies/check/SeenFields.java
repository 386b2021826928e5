package io.strongroom.policies.check;

import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.policies.FieldView;
import io.strongroom.policies.RecordFields;
import io.strongroom.policies.ViewDecision;
import io.strongroom.policies.check.TestCase.Seen;
import io.strongroom.policies.pattern.FieldPattern;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a reader sees with what a case lists. Of several listed patterns that cover a field, the longest counts,
 * and of equally long ones masks before hides before shows. What is not listed must be hidden.
 */
final class SeenFields {
    private final String prefix;
    private final Seen expected;
    private final ViewDecision view;
    private final List<String> failures;

    SeenFields(String prefix, Seen expected, ViewDecision view, List<String> failures) {
        this.prefix = prefix;
        this.expected = expected;
        this.view = view;
        this.failures = failures;
    }

    void compare() {
        view.fields().forEach(this::compare);
        missing(expected.shows().stream()
                .filter(field -> !RecordFields.ALWAYS_CLEAR.contains(field.first()))
                .toList());
        missing(expected.masks().keySet());
        missing(expected.hides() == null ? List.of() : expected.hides());
    }

    private void compare(FieldView field) {
        JsonPointer pointer = JsonPointer.parse(field.pointer());
        FieldPattern masked = longest(expected.masks().keySet(), pointer);
        FieldPattern hidden = longest(expected.hides() == null ? List.of() : expected.hides(), pointer);
        FieldPattern shown = longest(expected.shows(), pointer);
        if (isLonger(masked, hidden) && isLonger(masked, shown)) {
            requireMasked(field, masked);
        } else if (shown != null && !isLonger(hidden, shown)) {
            if (!(field instanceof FieldView.Present)) {
                failures.add(prefix + "does not see " + field.pointer() + " as it is: " + how(field));
            }
        } else if (!(field instanceof FieldView.Hidden)) {
            failures.add(prefix + "must not see " + field.pointer()
                    + (hidden == null ? ", which is not listed: " : ", which hides lists: ") + how(field));
        } else if (hidden == null && expected.hides() != null) {
            failures.add(prefix + "has " + field.pointer() + " hidden, which hides does not list: " + how(field));
        }
    }

    private void requireMasked(FieldView field, @Nullable FieldPattern pattern) {
        String rendering = expected.masks().get(pattern);
        if (!(field instanceof FieldView.Masked masked) || !masked.value().equals(rendering)) {
            failures.add(prefix + "must see " + field.pointer() + " as " + rendering + ": " + how(field));
        }
    }

    private static @Nullable FieldPattern longest(Collection<FieldPattern> patterns, JsonPointer pointer) {
        FieldPattern longest = null;
        for (FieldPattern pattern : patterns) {
            if (pattern.covers(pointer)
                    && (longest == null
                            || pattern.toString().length() > longest.toString().length())) {
                longest = pattern;
            }
        }
        return longest;
    }

    /** Whether there is {@code one}, and {@code other} is not longer. */
    private static boolean isLonger(@Nullable FieldPattern one, @Nullable FieldPattern other) {
        return one != null
                && (other == null || one.toString().length() >= other.toString().length());
    }

    private static String how(FieldView field) {
        return switch (field) {
            case FieldView.Present present -> "it is shown, as " + present.classification();
            case FieldView.Masked masked -> "it is shown as " + masked.value() + " by " + masked.rule();
            case FieldView.Hidden hidden -> "it is hidden, " + hidden.reason();
        };
    }

    /** A field that is listed without stars, and that the record does not have, was mistyped. */
    private void missing(Collection<FieldPattern> listed) {
        for (FieldPattern pattern : listed) {
            boolean there =
                    view.fields().stream().anyMatch(field -> pattern.covers(JsonPointer.parse(field.pointer())));
            if (pattern.isLiteral() && !there) {
                failures.add(prefix + "is to see or miss " + pattern + ", which the record does not have");
            }
        }
    }
}
