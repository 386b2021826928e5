package io.strongroom.policies.pattern;

import io.strongroom.evidence.field.JsonPointer;
import java.util.List;

/**
 * Selects fields of a record; all of them if it names none.
 *
 * @param fields any of which must name the field, or a member that it is inside
 * @param except none of which may
 */
public record FieldSelector(List<FieldPattern> fields, List<FieldPattern> except) {
    /** Selects every field. */
    public static final FieldSelector ALL = new FieldSelector(List.of(), List.of());

    public FieldSelector {
        fields = List.copyOf(fields);
        except = List.copyOf(except);
    }

    /** Whether it selects the field at {@code pointer}. */
    public boolean selects(JsonPointer pointer) {
        return (fields.isEmpty() || fields.stream().anyMatch(field -> field.covers(pointer)))
                && except.stream().noneMatch(field -> field.covers(pointer));
    }

    /** Whether it selects every field. */
    public boolean isAll() {
        return fields.isEmpty() && except.isEmpty();
    }
}
