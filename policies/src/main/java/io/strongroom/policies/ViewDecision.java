package io.strongroom.policies;

import java.util.List;

/**
 * What somebody may see of a record.
 *
 * @param bundle the bundle that decided
 * @param access whether they may see it at all, and by which rule
 * @param profile the masking profile that applied; empty where none did
 * @param fields every field of the record, in canonical order; empty if they may not see it at all
 */
public record ViewDecision(PolicyBundle bundle, AccessDecision access, String profile, List<FieldView> fields) {
    public ViewDecision {
        fields = List.copyOf(fields);
    }

    /** Whether anything of the record may be shown. */
    public boolean isAllowed() {
        return access.isAllowed();
    }
}
