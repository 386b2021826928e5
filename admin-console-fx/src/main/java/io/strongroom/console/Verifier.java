package io.strongroom.console;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import javafx.application.Application;
import org.jspecify.annotations.Nullable;

/** The program {@code strongroom console --verify}: the viewer of packs alone. It opens no connection. */
public final class Verifier {
    private static final int WRONG_USE = 2;

    /**
     * What it is started with.
     *
     * @param timed whether to say how long starting took, and to end then
     */
    record Arguments(@Nullable Path pack, @Nullable Path trust, boolean timed) {
        /** @throws IllegalArgumentException with the way to use it */
        static Arguments parse(List<String> arguments) {
            Path pack = null;
            Path trust = null;
            boolean timed = false;
            for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
                String argument = rest.next();
                if (argument.equals("--trust") && rest.hasNext()) {
                    trust = Path.of(rest.next());
                } else if (argument.equals("--time")) {
                    timed = true;
                } else if (pack == null && !argument.startsWith("-")) {
                    pack = Path.of(argument);
                } else {
                    throw new IllegalArgumentException("not understood: " + argument
                            + "\nusage: strongroom console --verify [PACK] [--trust FILE] [--time]");
                }
            }
            return new Arguments(pack, trust, timed);
        }
    }

    private Verifier() {}

    public static void main(String[] arguments) {
        try {
            Arguments.parse(List.of(arguments));
        } catch (InvalidPathException e) {
            System.err.println("strongroom: not a file's name: " + e.getInput());
            System.exit(WRONG_USE);
        } catch (IllegalArgumentException e) {
            System.err.println("strongroom: " + e.getMessage());
            System.exit(WRONG_USE);
        }
        Application.launch(VerifierWindow.class, arguments);
    }
}
