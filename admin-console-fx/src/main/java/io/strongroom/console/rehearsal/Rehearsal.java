package io.strongroom.console.rehearsal;

import javafx.application.Application;

/**
 * The console as a program that works by itself. How many rounds it goes, and how many milliseconds it rests after each thing
 * that it does, are {@code strongroom.rehearsal.rounds} and {@code strongroom.rehearsal.rest}. When it says {@code who} it
 * reads a line: the appliance's address and fingerprint, an officer, their password, and a code of their authenticator. It
 * says {@code resident ROUND MEGABYTES} and {@code heap ROUND MEGABYTES}, and at the end {@code waits VISIT SCREEN WORST P99
 * WORKED}
 * in milliseconds.
 */
public final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] arguments) {
        Application.launch(RehearsalWindow.class, arguments);
    }
}
