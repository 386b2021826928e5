package io.strongroom.server;

import io.micronaut.runtime.Micronaut;

/** Starts the appliance. */
public final class Strongroom {
    private Strongroom() {}

    public static void main(String[] args) {
        Micronaut.build(args).mainClass(Strongroom.class).banner(false).start();
    }
}
