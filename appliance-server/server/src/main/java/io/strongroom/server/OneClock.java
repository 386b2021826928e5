package io.strongroom.server;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.time.InstantSourceFactory;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.InstantSource;

/** Gives whoever asks for no more than instants the appliance's clock, where the framework would bring one of its own. */
@Factory
final class OneClock {
    @Singleton
    @Replaces(value = InstantSource.class, factory = InstantSourceFactory.class)
    InstantSource instants(Clock clock) {
        return clock;
    }
}
