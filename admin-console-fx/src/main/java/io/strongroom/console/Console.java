package io.strongroom.console;

import io.strongroom.console.connection.Appliance;
import io.strongroom.console.look.Look;
import java.nio.file.Path;
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
     * @param timed whether to say how long starting took, and to end then
     */
    record Arguments(@Nullable Appliance appliance, String officer, Look.Theme theme, boolean timed) {
        private static final String USAGE = "\nusage: strongroom console [--url URL --fingerprint SHA256 | --data DIR]"
                + " [--officer ID] [--theme light|dark|system] [--time]";

        /** @throws IllegalArgumentException with the way to use it */
        static Arguments parse(List<String> arguments) {
            String url = "";
            String fingerprint = "";
            Path data = null;
            String officer = "";
            Look.Theme theme = Look.Theme.SYSTEM;
            boolean timed = false;
            for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
                String argument = rest.next();
                if (argument.equals("--time")) {
                    timed = true;
                    continue;
                }
                if (!rest.hasNext()) {
                    throw new IllegalArgumentException("not understood: " + argument + USAGE);
                }
                String value = rest.next();
                switch (argument) {
                    case "--url" -> url = value;
                    case "--fingerprint" -> fingerprint = value;
                    case "--data" -> data = Path.of(value);
                    case "--officer" -> officer = value;
                    case "--theme" -> theme = theme(value);
                    default -> throw new IllegalArgumentException("not understood: " + argument + USAGE);
                }
            }
            if (url.isEmpty() != fingerprint.isEmpty()) {
                throw new IllegalArgumentException("--url and --fingerprint belong together: whoever runs the appliance"
                        + " tells you its fingerprint" + USAGE);
            }
            if (data != null && !url.isEmpty()) {
                throw new IllegalArgumentException("--url and --data name two appliances" + USAGE);
            }
            Appliance appliance = url.isEmpty() ? OwnAppliance.in(data) : Appliance.parse(url, fingerprint);
            return new Arguments(appliance, officer, theme, timed);
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
