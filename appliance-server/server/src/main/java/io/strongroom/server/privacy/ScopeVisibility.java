package io.strongroom.server.privacy;

import io.strongroom.evidence.field.Disclosure;
import io.strongroom.policies.Classification;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;

/**
 * The rule while readers are tokens: each record is shown to each of them; of its committed fields, what is confidential
 * to those who may export, and what is restricted to nobody.
 */
final class ScopeVisibility implements Visibility {
    private static final Sight CLEAR = new Sight.Clear();
    private static final Sight CONFIDENTIAL =
            new Sight.Hidden("CONFIDENTIAL fields are shown to tokens with the scope export.");
    private static final Sight RESTRICTED = new Sight.Hidden("RESTRICTED fields are shown to no token.");

    @Override
    public boolean showsRecord(Caller reader, byte[] stored) {
        return true;
    }

    @Override
    public Sight of(Caller reader, Disclosure field, Classification classification) {
        return switch (classification) {
            case PUBLIC, INTERNAL -> CLEAR;
            case CONFIDENTIAL -> reader.may(Scope.EXPORT) ? CLEAR : CONFIDENTIAL;
            case RESTRICTED -> RESTRICTED;
        };
    }
}
