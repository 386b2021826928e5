package io.strongroom.server.policy.repository;

import io.strongroom.server.access.Caller;

/** Tells who stands behind a request. */
@FunctionalInterface
public interface Actors {
    /** The person, whatever they call with. */
    Actor of(Caller caller);
}
