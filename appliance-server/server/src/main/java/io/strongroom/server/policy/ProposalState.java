package io.strongroom.server.policy;

import java.util.Locale;

/** Where a proposal is on its way. */
enum ProposalState {
    /** Pushed; nobody is asked yet. */
    DRAFT,
    /** Officers are asked for approvals. */
    OPEN,
    /** Given up. */
    WITHDRAWN,
    /** In force, now or once. */
    ACTIVATED;

    /** The word in the table and on the wire. */
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ProposalState ofWire(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Whether it may still change. */
    boolean isPending() {
        return this == DRAFT || this == OPEN;
    }
}
