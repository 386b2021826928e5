package io.strongroom.console;

import io.strongroom.console.connection.Appliance;
import io.strongroom.console.look.Look;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javafx.application.Application;
import org.jspecify.annotations.Nullable;

/** The program {@code strongroom console}: where officers work with an appliance. */
public final class Console {
    private static final int WRONG_USE = 2;

    /**
     * What it is started with.
     *
     * @param appliance where to sign in; null for one that the officer names
     * @param officer who is likely to sign in; empty if that is not known
     */
    record Arguments(@Nullable Appliance appliance, String officer, Look.Theme theme) {
        private static final String USAGE =
                "\nusage: strongroom console [--server URI --fingerprint HEX] [--officer ID] [--theme light|dark|system]";

        /** @throws IllegalArgumentException with the way to use it */
        static Arguments parse(List<String> arguments) {
            String server = "";
            String fingerprint = "";
            String officer = "";
            Look.Theme theme = Look.Theme.SYSTEM;
            for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
                String argument = rest.next();
                if (!rest.hasNext()) {
                    throw new IllegalArgumentException("not understood: " + argument + USAGE);
                }
                String value = rest.next();
                switch (argument) {
                    case "--server" -> server = value;
                    case "--fingerprint" -> fingerprint = value;
                    case "--officer" -> officer = value;
                    case "--theme" -> theme = theme(value);
                    default -> throw new IllegalArgumentException("not understood: " + argument + USAGE);
                }
            }
            if (server.isEmpty() != fingerprint.isEmpty()) {
                throw new IllegalArgumentException("--server and --fingerprint belong together" + USAGE);
            }
            return new Arguments(server.isEmpty() ? null : Appliance.parse(server, fingerprint), officer, theme);
        }

        private static Look.Theme theme(String name) {
            try {
                return Look.Theme.valueOf(name.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("a theme is light, dark or system, not " + name + USAGE, e);
            }
        }
    }

    private Console() {}

    public static void main(String[] arguments) {
        try {
            Arguments.parse(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println("strongroom: " + e.getMessage());
            System.exit(WRONG_USE);
        }
        Application.launch(ConsoleWindow.class, arguments);
    }
}
